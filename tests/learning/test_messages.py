"""The words of messages: a closed list of fields, never a program; the original comes back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import UserFactory
from learning.factories import RegistrationFactory, SessionFactory
from learning.messages.fields import FIELDS, fields_of, fill, unknown_fields
from learning.messages.originals import original
from learning.messages.preview import example
from learning.messages.templates import as_kept, back_to_original, ensure
from learning.messages.writing import Wording
from learning.models import MessageKind, MessageTemplate
from learning.services.registrations import register
from learning.services.sessions import cancel_session

from .calendar_mails import sent_to

pytestmark = pytest.mark.django_db
NAMES = st.sampled_from([field.name for field in FIELDS])


def template(kind="confirmation", language="fr"):
    return MessageTemplate.objects.get(kind=kind, language=language)


def rewrite(kind="confirmation", language="fr", subject="Objet", body="Texte"):
    found = template(kind, language)
    found.subject, found.body = subject, body
    found.full_clean()
    found.save()
    return found


# -- Fields ---------------------------------------------------------------------------------------


def test_a_field_gives_its_value_with_or_without_spaces():
    assert fill("{{prenom}}, {{  module }} !", {"prenom": "Ada", "module": "M"}) == "Ada, M !"


def test_what_a_value_holds_is_never_read_as_a_field():
    assert fill("{{ nom }}", {"nom": "{{ motif }}", "motif": "secret"}) == "{{ motif }}"


@given(st.dictionaries(NAMES, st.text(max_size=20)), st.text(max_size=60))
def test_filling_never_fails_and_text_without_fields_stays(values, text):
    fill("{{ prenom }} " + text, values)
    plain = " ".join(text.replace("{", "").replace("}", "").split())
    assert fill(plain, values) == plain


def test_django_tags_are_words_like_any_other():
    text = "{% load static %} {% include 'x' %} {# note #}"
    assert fill(text, {}) == text and unknown_fields("confirmation", text) == ""


@pytest.mark.parametrize("name", ["user.password", "prenom|safe", "inconnu", "motif", ""])
def test_an_unknown_field_is_refused_with_its_name_and_the_list(name):
    told = unknown_fields("confirmation", f"Bonjour {{{{ {name} }}}}")
    assert name in told and "{{ prenom }}" in told and "{{ lien }}" in told


@pytest.mark.parametrize("text", ["Bonjour {{ prenom", "prenom }}", "{{ prenom }} }}"])
def test_a_field_left_open_is_refused(text):
    assert unknown_fields("confirmation", text)


def test_a_line_of_which_nothing_is_left_is_left_out():
    text = "Accès : {{ acces }}\nLieu : {{ lieu }}\n\n{{ consignes }}\n\nFin"
    assert fill(text, {"acces": "", "lieu": "Ici"}) == "Lieu : Ici\n\nFin"


# -- Original words -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", MessageKind.values)
def test_every_message_comes_in_both_languages_with_fields_that_exist(kind, language):
    words = original(kind, language)
    assert words != original(kind, "en" if language == "fr" else "fr")
    for text in (words.subject, words.body):
        assert text and unknown_fields(kind, text) == ""


@pytest.mark.parametrize("kind", MessageKind.values)
def test_the_original_leads_somewhere(kind):
    body = original(kind, "fr").body
    assert "{{ lien }}" in body or "{{ formations }}" in body


def test_a_language_without_words_reads_french():
    assert original("offer", "br") == original("offer", "fr")
    rewrite("offer", "fr", "Réécrit", "Texte réécrit")
    assert Wording("offer").words("br").subject == "Réécrit"


def test_rewriting_french_leaves_english_as_it_was():
    rewrite("offer", "fr", "Réécrit", "Texte réécrit")
    assert Wording("offer").words("en") == original("offer", "en")


def test_the_list_is_whole_after_each_migration():
    ensure()
    assert MessageTemplate.objects.count() == 2 * len(MessageKind.values)


# -- What is kept ---------------------------------------------------------------------------------


def test_both_or_neither_are_written():
    with pytest.raises(ValidationError) as caught:
        rewrite(body="")
    assert "body" in caught.value.message_dict


def test_an_unknown_field_is_not_saved():
    with pytest.raises(ValidationError) as caught:
        rewrite(subject="{{ motdepasse }}")
    assert "motdepasse" in str(caught.value)


def test_the_same_words_as_the_original_are_not_kept():
    words = original("confirmation", "fr")
    row = MessageTemplate(
        kind="confirmation",
        language="fr",
        subject=words.subject,
        body=words.body.replace("\n", "\r\n"),
    )
    assert as_kept(row).subject == ""


def test_back_to_the_original_can_be_undone():
    row, editor = rewrite(), UserFactory()
    row.save_revision(user=editor)
    back_to_original(row, by=editor)
    assert template().subject == ""
    earlier = row.revisions.order_by("created_at").first().as_object()
    assert earlier.subject == "Objet"


# -- Mails ----------------------------------------------------------------------------------------


def test_the_mail_is_made_of_the_words_of_the_team():
    rewrite(subject="Venez, {{ prenom }}", body="À {{ lieu }}.\n{{ dates }}\n{{ lien }}")
    person = UserFactory(first_name="Ada")
    session = SessionFactory(venue="La Halle")
    row = register(session, person, by=person)
    [mail] = sent_to(person)
    assert mail.sent.subject == "Venez, Ada"
    assert "La Halle" in mail.sent.body and row.get_absolute_url() in mail.sent.body
    assert "09:00 – 17:00" in mail.sent.body


def test_what_people_write_is_escaped_in_the_html():
    person = UserFactory()
    session = SessionFactory()
    register(session, person, by=person)
    sent_to(person)
    cancel_session(session, by=person, reason="<script>alert(1)</script>")
    [mail] = sent_to(person)
    [html] = [part for part in mail.message.walk() if part.get_content_type() == "text/html"]
    text = html.get_payload(decode=True).decode()
    assert "<script>" not in text and "&lt;script&gt;" in text
    assert '<html lang="fr">' in text


def test_the_remote_room_is_told_to_whoever_has_a_place_alone():
    session = SessionFactory(
        mode="remote", meeting_url="https://visio.example.org/x", commune=None, capacity=1
    )
    first, second = UserFactory(), UserFactory()
    register(session, first, by=first)
    register(session, second, by=second)
    [mail] = sent_to(first)
    assert "visio.example.org" in mail.sent.body
    [mail] = sent_to(second)
    assert "visio.example.org" not in mail.sent.body


# -- The admin ------------------------------------------------------------------------------------


@pytest.fixture
def team(client, settings):
    settings.REQUIRE_MFA = False
    client.force_login(UserFactory(role="national-team"))
    return client


def edit_url(row):
    return f"/admin/formation/messages/edit/{row.pk}/"


def test_the_list_and_the_form_show_the_original_and_the_fields(team):
    assert "Texte d’origine" in team.get("/admin/formation/messages/").content.decode()
    page = team.get(edit_url(template())).content.decode()
    assert "Inscription confirmée" in page and "{{ consignes }}" in page


def test_the_team_rewrites_and_comes_back(team):
    row = template()
    team.post(edit_url(row), {"subject": "Objet", "body": "Texte {{ lien }}"})
    row.refresh_from_db()
    assert row.subject == "Objet" and row.revisions.count() == 1
    url = reverse("learning_original_text", args=[row.pk])
    assert url in team.get(edit_url(row)).content.decode()
    assert "Inscription confirmée" in team.get(url).content.decode()
    team.post(url)
    row.refresh_from_db()
    assert row.subject == ""


def test_an_unknown_field_is_said_on_the_form(team):
    row = template()
    response = team.post(edit_url(row), {"subject": "{{ motdepasse }}", "body": "x"})
    assert "motdepasse" in response.content.decode()
    row.refresh_from_db()
    assert row.subject == ""


def test_the_preview_answers_in_the_admin(team):
    row = template("offer")
    url = f"/admin/formation/messages/preview/{row.pk}/"
    team.post(url, {"subject": "Objet", "body": "Bonjour {{ prenom }}"})
    assert "Bonjour Camille" in team.get(url).content.decode()


def test_messages_are_neither_added_nor_deleted_nor_shown_to_editors(team, client):
    assert team.get(f"/admin/formation/messages/delete/{template().pk}/").status_code in {302, 404}
    assert team.get("/admin/formation/messages/add/").status_code in {302, 404}
    client.force_login(UserFactory(role="editor"))
    assert client.get("/admin/formation/messages/").status_code in {302, 403}
    url = reverse("learning_original_text", args=[template().pk])
    assert client.post(url).status_code in {302, 403} and template().subject == ""


def test_the_preview_shows_a_fictitious_example_in_its_language():
    letter = example(template("reminder", "en"))
    assert letter["subject"].startswith("In 7 days") and "Camille" in letter["body"]
    for kind in MessageKind.values:
        shown = example(template(kind))
        assert "{{" not in shown["subject"] + shown["body"]


def test_fields_of_a_message_are_those_that_it_knows():
    assert "motif" in [field.name for field in fields_of("refusal")]
    assert "motif" not in [field.name for field in fields_of("confirmation")]
    assert reverse("learning_original_text", args=[template().pk]).endswith("/original/")


def test_registrations_of_the_factory_send_nothing():
    row = RegistrationFactory()
    assert sent_to(row.user) == []
