"""Editions and prizes in the admin: rows within rows are edited, kept by revisions and translated."""

import pytest
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from accounts.factories import UserFactory
from newsroom import factories_meetings as make
from newsroom.models import AwardEditionPage, MeetingEditionPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(settings):
    settings.REQUIRE_MFA = False
    client = Client()
    client.force_login(UserFactory(role="editor"))
    return client


def test_every_page_type_opens_in_the_editor(editor):
    edition = make.edition()
    make.session(edition, projects=[("Un projet", None, None)])
    award = make.award()
    make.laureate(award)
    consultation = make.consultation()
    make.scenario(consultation)
    for page in (edition, award, consultation):
        page.save_revision()  # what the editor opens is the latest
    for page in (edition, award, consultation, edition.get_parent(), make.award_index()):
        response = editor.get(f"/admin/pages/{page.pk}/edit/")
        assert response.status_code == 200, page
    html = editor.get(f"/admin/pages/{edition.pk}/edit/").content.decode()
    assert 'name="sessions-0-speakers-0-role"' in html
    assert 'name="sessions-0-projects-0-name"' in html


def test_a_revision_holds_the_rows_within_the_rows_and_brings_them_back():
    page = make.edition()
    make.session(page, "Un atelier")
    revision = page.save_revision()
    session = page.sessions.get()
    session.speakers.all().delete()
    revision.publish()
    kept = MeetingEditionPage.objects.get(pk=page.pk).sessions.get()
    assert [speaker.role for speaker in kept.speakers.all()] == ["Élue locale"]


@pytest.mark.parametrize("kind", ["meeting", "prize"])
def test_a_translation_has_its_own_rows_at_both_levels(kind):
    english = Locale.objects.get_or_create(language_code="en")[0]
    if kind == "meeting":
        page = make.edition()
        make.session(page, "Un atelier")
    else:
        page = make.award()
        make.laureate(page, "Un projet")
    home = page.get_ancestors().filter(depth=2).first()
    above = [*page.get_ancestors().filter(depth__gte=home.depth), page]
    for one in above:
        source, _ = TranslationSource.update_or_create_from_instance(one.specific)
        Translation.objects.get_or_create(source=source, target_locale=english)[0].save_target(
            publish=True
        )
    translated = type(page).objects.get(translation_key=page.translation_key, locale=english)
    assert translated.pk != page.pk
    outer = translated.sessions if isinstance(page, MeetingEditionPage) else translated.categories
    row = outer.get()
    inner = row.speakers.get() if isinstance(page, MeetingEditionPage) else row.laureates.get()
    assert (row.locale, inner.locale) == (english, english)
    assert AwardEditionPage.objects.filter(locale=english).count() == (kind == "prize")
