"""Files of a session: given, read by those who come, taken away, brought back; documents for members."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from cms import bin
from cms.factories import SiteDocumentFactory
from cms.models import BinEntry
from cms.storages import private_storage
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.files import services
from learning.files.factories import session_file
from learning.kinds import RegistrationState as S
from learning.models import ModuleDocument, SessionFile
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainer=trainer)


def signed_in(person):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def address(session):
    return reverse("learning:session-documents", args=[session.uuid])


def give(client, session, name="programme.txt", content=b"Le programme.", **data):
    file = SimpleUploadedFile(name, content)
    return client.post(
        address(session), {"file": file, "submission": uuid.uuid4(), **data}, follow=True
    )


# -- Who reads ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [S.REQUESTED, S.CONFIRMED, S.WAITING, S.OFFERED])
def test_those_registered_read_a_file(session, state):
    row = RegistrationFactory(session=session, state=state)
    file = session_file(session)
    assert signed_in(row.user).get(file.url).status_code == 200
    page = signed_in(row.user).get(row.get_absolute_url()).content.decode()
    assert file.title in page and file.url in page


@pytest.mark.parametrize("state", [S.REFUSED, S.LAPSED, S.CANCELLED])
def test_those_who_do_not_come_any_more_do_not(session, state):
    row = RegistrationFactory(session=session, state=state)
    file = session_file(session)
    assert signed_in(row.user).get(file.url).status_code == 404
    assert file.title not in signed_in(row.user).get(row.get_absolute_url()).content.decode()


def test_a_file_is_read_by_its_trainers_and_the_national_team_and_nobody_else(session, trainer):
    file = session_file(session)
    manager = MembershipFactory(user=UserFactory(), role="manager")
    agent = MembershipFactory(maison=manager.maison, user=UserFactory())
    RegistrationFactory(session=session, user=agent.user)
    elsewhere = RegistrationFactory(session=SessionFactory()).user
    for person in (trainer, UserFactory(role="national-team")):
        assert signed_in(person).get(file.url).status_code == 200
    others = [None, UserFactory(), elsewhere, manager.user]
    others += [UserFactory(role=role) for role in ("trainer", "editor", "chief-editor")]
    for person in others:
        assert signed_in(person).get(file.url).status_code == 404, person


def test_the_public_page_of_a_session_names_none_of_its_files(session):
    file = session_file(session, title="Diaporama zorglub")
    for url in (session.get_absolute_url(), session.module.get_url(), "/recherche/?q=diaporama"):
        page = signed_in(UserFactory()).get(url).content.decode()
        assert "zorglub" not in page and file.url not in page


# -- Giving ---------------------------------------------------------------------------------------


def test_a_trainer_gives_a_file_and_those_who_hold_a_place_are_told_once(session, trainer):
    coming = RegistrationFactory(session=session).user
    waiting = RegistrationFactory(session=session, state=S.WAITING).user
    client = signed_in(trainer)
    give(client, session, title="Programme")
    give(client, session)
    assert [file.title for file in session.files.all()] == ["Programme", "programme"]
    assert Notification.objects.filter(user=coming, kind="learning.file").count() == 1
    assert not Notification.objects.filter(user=waiting, kind="learning.file").exists()


def test_the_same_form_sent_twice_is_one_file(session, trainer):
    client, submission = signed_in(trainer), uuid.uuid4()
    for _ in range(2):
        give(client, session, submission=submission)
    assert session.files.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("virus.exe", b"MZ"), ("page.html", b"<p>"), ("faux.pdf", b"not a pdf"), ("vide.txt", b"")],
)
def test_a_file_is_what_its_name_says_or_is_refused(session, trainer, name, content):
    page = give(signed_in(trainer), session, name, content)
    assert "error-summary" in page.content.decode()
    assert not SessionFile.objects.exists()


def test_a_session_has_so_many_files_and_no_more(session, trainer, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    session_file(session)
    stored = len(private_storage().listdir("seances")[1])
    assert give(signed_in(trainer), session).status_code == 409
    assert session.files.count() == 1
    assert len(private_storage().listdir("seances")[1]) == stored


def test_only_those_who_run_the_session_give_files(session):
    for person in (UserFactory(role="trainer"), RegistrationFactory(session=session).user):
        assert give(signed_in(person), session).status_code == 404
    assert not SessionFile.objects.exists()


# -- Taking away ----------------------------------------------------------------------------------


def test_what_is_taken_away_is_read_by_nobody_and_comes_back(session, trainer):
    file = session_file(session, by=trainer)
    row, client = RegistrationFactory(session=session), signed_in(trainer)
    client.post(reverse("learning:session-document", args=[session.uuid, file.uuid, "retirer"]))
    assert signed_in(row.user).get(file.url).status_code == 404
    entry = BinEntry.objects.get()
    assert file.title in client.get(address(session)).content.decode()
    client.post(reverse("learning:session-document", args=[session.uuid, entry.uuid, "remettre"]))
    assert signed_in(row.user).get(file.url).status_code == 200


def test_a_file_leaves_the_storage_with_the_bin(
    session, trainer, django_capture_on_commit_callbacks
):
    file = session_file(session)
    services.remove(file, by=trainer)
    assert private_storage().exists(file.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        bin.purge(timezone.now() + dt.timedelta(days=31))
    assert not private_storage().exists(file.file.name)


def test_what_is_taken_from_one_session_does_not_come_back_through_another(session, trainer):
    entry = services.remove(session_file(SessionFactory()), by=trainer)
    url = reverse("learning:session-document", args=[session.uuid, entry.uuid, "remettre"])
    assert signed_in(trainer).post(url).status_code == 404
    assert BinEntry.objects.exists()


def test_erasing_an_account_leaves_the_file_without_its_name(session, trainer):
    from accounts import personal_data

    file = session_file(session, by=trainer)
    personal_data.erase(trainer)
    file.refresh_from_db()
    assert file.added_by is None


# -- Documents of a module ------------------------------------------------------------------------


def test_a_document_for_members_is_on_the_page_for_them_alone():
    module = ModuleFactory()
    document = SiteDocumentFactory(title="Guide zorglub")
    module.member_documents.add(ModuleDocument(document=document))
    module.save_revision().publish()
    member = MembershipFactory(user=UserFactory()).user
    assert "zorglub" in signed_in(member).get(module.get_url()).content.decode()
    assert signed_in(member).get(document.url).status_code == 200
    for person in (None, UserFactory()):
        assert "zorglub" not in signed_in(person).get(module.get_url()).content.decode()
        assert signed_in(person).get(document.url).status_code == 404


def test_a_document_for_members_of_a_draft_is_read_by_none_of_them():
    module = ModuleFactory(live=False)
    document = SiteDocumentFactory()
    ModuleDocument.objects.create(page=module, document=document)
    member = MembershipFactory(user=UserFactory()).user
    assert signed_in(member).get(document.url).status_code == 404
