"""A note is its author's alone: saved by itself, found, written out, deleted and brought back."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import personal_data
from accounts.factories import UserFactory
from cms import registry
from learning import drafts
from learning.assignments.factories import make_cohort, make_learner
from learning.models import Unit, UnitNote
from learning.notes import services
from learning.paths.factories import make_path, units_of
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/espace-pro/mes-notes/"


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def learner(trainer, client):
    path = make_path()
    row = make_learner(path, make_cohort(path, trainer))
    client.force_login(row.user)
    return row


def note(row, text="Demander la pièce d’identité", number=0):
    unit = units_of(row.path)[number]
    return services.save(row.user, unit, text, revision=0, key=uuid.uuid4())


def address(row, number=0, word=""):
    return f"{row.path.get_absolute_url()}etapes/{units_of(row.path)[number].uuid}/{word}"


def test_two_tabs_do_not_overwrite_each_other_silently(learner):
    note(learner, "Le premier onglet")
    with pytest.raises(drafts.Stale):
        note(learner, "Le second onglet")
    key = uuid.uuid4()
    unit = units_of(learner.path)[0]
    for _ in range(2):
        services.save(learner.user, unit, "Les deux", revision=1, key=key)
    assert (UnitNote.objects.get().text, UnitNote.objects.get().revision) == ("Les deux", 2)


def test_the_page_of_a_unit_keeps_the_note_with_and_without_javascript(client, learner):
    sent = {"text": "Un", "revision": 0, "key": uuid.uuid4()}
    assert client.post(address(learner, word="note/"), sent).status_code == 302
    assert "Un</textarea>" in client.get(address(learner)).content.decode()
    sent = {"text": "Deux", "revision": 0, "key": uuid.uuid4()}
    answer = client.post(
        address(learner, word="note/"), sent, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (409, {"text": "Un", "revision": 1})


def test_words_are_found_whatever_their_case_and_accents_in_text_and_unit(client, learner):
    note(learner)
    note(learner, "Autre chose", number=1)

    def found(words):
        return [line.note.text for line in client.get(PAGE, {"q": words}).context["lines"]]

    assert found("PIECE identite") == ["Demander la pièce d’identité"]
    assert found("etape 2") == ["Autre chose"]
    assert found("introuvable") == []
    assert client.get(PAGE, {"page": "x", "q": "y" * 500}).status_code == 200


def test_a_deleted_note_comes_back(client, learner):
    row = note(learner)
    client.post(f"{PAGE}{row.uuid}/supprimer/")
    assert client.get(PAGE).context["lines"] == []
    assert "Demander" not in client.get(address(learner)).content.decode()
    client.post(f"{PAGE}{row.uuid}/remettre/")
    assert len(client.get(PAGE).context["lines"]) == 1


def test_notes_are_written_out_as_text_and_with_the_account(client, learner):
    note(learner)
    text = client.get(f"{PAGE}texte/").content.decode()
    assert "Parcours" in text
    assert "Étape 1" in text
    assert "Demander la pièce d’identité" in text
    held = personal_data.export(learner.user)
    assert "Demander la pièce d’identité" in str(held)
    registry.personal_data.get("learning.notes").erase(learner.user)
    assert not UnitNote.objects.exists()


def test_nobody_else_reads_a_note_whatever_their_role(client, learner, trainer):
    secret = note(learner, "Xylophone secret")
    manager = UserFactory()
    maison = MembershipFactory(user=learner.user).maison
    MembershipFactory(user=manager, maison=maison, role="manager")
    national = UserFactory(role="national-team")
    admin = UserFactory(is_superuser=True, is_staff=True)
    for person in (trainer, manager, national, admin):
        client.force_login(person)
        assert not UnitNote.objects.visible_to(person).exists()
        assert client.post(f"{PAGE}{secret.uuid}/supprimer/").status_code == 404
        for url in (PAGE, f"{PAGE}texte/", address(learner), "/recherche/?q=Xylophone"):
            assert "Xylophone secret" not in client.get(url).content.decode(), (person, url)
        assert "Xylophone secret" not in str(personal_data.export(person))
    assert not any(
        getattr(source, "model", None) is UnitNote for source in registry.search_documents
    )
    assert not any("note" in key for key, _export in registry.export_kinds.items())


def test_whoever_never_followed_the_path_writes_no_note(client, learner):
    client.force_login(UserFactory(role="trainer"))
    sent = {"text": "Un", "revision": 0, "key": uuid.uuid4()}
    assert client.post(address(learner, word="note/"), sent).status_code == 404


def test_a_thousand_notes_cost_no_more_than_ten(client, learner, settings):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    for number in range(3):
        note(learner, number=number)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost(f"{PAGE}?q=piece")
    units = Unit.objects.bulk_create(
        Unit(uuid=uuid.uuid4(), path=learner.path) for _ in range(1000)
    )
    UnitNote.objects.bulk_create(
        UnitNote(user=learner.user, unit=unit, text="La pièce", folded="la piece", revision=1)
        for unit in units
    )
    assert cost(f"{PAGE}?q=piece") <= few
    assert few - cost("/page-vide/") <= 15
