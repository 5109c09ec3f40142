"""Writing, handing in, taking back: nothing lost, nothing twice, nobody else reads a draft."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.factories import UserFactory
from learning import drafts
from learning.assignments import files, marking, services, terms
from learning.assignments.factories import (
    criteria,
    hand_in,
    make_assignment,
    make_cohort,
    make_learner,
)
from learning.assignments.kinds import Level, Outcome
from learning.enrolling import overrides
from learning.models import Submission, SubmissionEvent, SubmissionFile, UnitProgress
from learning.paths import structure
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def work(trainer):
    """(path, unit, enrolment) of a learner whose cohort has a trainer."""
    path, unit = make_assignment(days=14, attempts=2)
    return path, unit, make_learner(path, make_cohort(path, trainer))


def step(path, unit, word):
    return f"{path.get_absolute_url()}etapes/{unit.uuid}/devoir/{word}/"


def save(enrolment, unit, text, revision=0, key=None):
    return services.save_draft(enrolment, unit, text, revision=revision, key=key or uuid.uuid4())


def mark(row, trainer, outcome=Outcome.REWORK, level=Level.MET, feedback="À préciser."):
    levels = dict.fromkeys(criteria(row.unit), level)
    marking.mark(row, marking.Mark(outcome, feedback, levels), by=trainer)
    return marking.tell(row)


def test_the_same_change_sent_twice_is_one(work):
    _path, unit, enrolment = work
    key = uuid.uuid4()
    first = save(enrolment, unit, "Un", key=key)
    again = save(enrolment, unit, "Un", key=key)
    assert (first.revision, again.revision, Submission.objects.count()) == (1, 1, 1)


def test_a_tab_that_holds_an_older_text_overwrites_nothing(work):
    _path, unit, enrolment = work
    save(enrolment, unit, "Le premier onglet")
    with pytest.raises(drafts.Stale) as error:
        save(enrolment, unit, "Le second onglet", revision=0)
    assert error.value.held.text == "Le premier onglet"
    assert Submission.objects.get().text == "Le premier onglet"


def test_both_texts_are_shown_without_javascript(client, work):
    path, unit, enrolment = work
    save(enrolment, unit, "Le premier onglet")
    client.force_login(enrolment.user)
    sent = {"text": "Le second onglet", "revision": 0, "key": uuid.uuid4()}
    answer = client.post(step(path, unit, "brouillon"), sent)
    assert answer.status_code == 409
    assert "Le premier onglet" in answer.content.decode()
    assert "Le second onglet" in answer.content.decode()


def test_the_page_saves_a_draft_and_says_so(client, work):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    sent = {"text": "Bonjour", "revision": 0, "key": uuid.uuid4()}
    answer = client.post(
        step(path, unit, "brouillon"), sent, headers={"accept": "application/json"}
    )
    assert answer.json()["revision"] == 1
    assert "Bonjour" in client.get(f"{path.get_absolute_url()}etapes/{unit.uuid}/").content.decode()


def test_a_double_click_hands_in_once(client, work):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    sent = {"text": "Venez mardi.", "revision": 0, "key": uuid.uuid4()}
    for _ in range(2):
        assert client.post(step(path, unit, "remettre"), sent).status_code == 302
    assert SubmissionEvent.objects.filter(act="submitted").count() == 1


def test_nothing_is_not_handed_in(work):
    _path, unit, enrolment = work
    with pytest.raises(services.CannotHandIn):
        hand_in(enrolment, unit, "  \n ")
    assert not Submission.objects.exclude(state="draft").exists()


def test_a_work_is_taken_back_until_it_is_marked(work, trainer):
    _path, unit, enrolment = work
    row = hand_in(enrolment, unit)
    services.withdraw(row, by=enrolment.user)
    row.refresh_from_db()
    assert row.is_draft
    row = hand_in(enrolment, unit)
    mark(row, trainer)
    with pytest.raises(services.CannotHandIn):
        services.withdraw(row, by=enrolment.user)


def test_to_rework_one_goes_on_from_what_one_wrote_until_no_attempt_is_left(work, trainer):
    _path, unit, enrolment = work
    mark(hand_in(enrolment, unit, "Un"), trainer)
    second = services.open_draft(enrolment, unit)
    assert (second.number, second.text) == (2, "Un")
    row = hand_in(enrolment, unit, "Deux")
    with pytest.raises(marking.CannotMark):
        mark(row, trainer)
    overrides.grant(enrolment, unit=unit, by=trainer, reason="Malade", attempts=3)
    mark(row, trainer)
    assert services.open_draft(enrolment, unit).number == 3


def test_attempts_granted_for_the_whole_path_limit_no_work_that_has_no_limit(trainer):
    path, unit = make_assignment()
    enrolment = make_learner(path, make_cohort(path, trainer))
    overrides.grant(enrolment, by=trainer, reason="Quiz difficile", attempts=1)
    place = structure.read(path.version).find(str(unit.uuid))
    assert terms.terms_for(enrolment, unit, place).attempts == 0


def test_the_dates_are_those_of_the_version_and_of_the_person(work, trainer):
    _path, unit, enrolment = work
    row = hand_in(enrolment, unit)
    assert row.due_on == timezone.localdate(enrolment.created_at) + dt.timedelta(days=14)
    assert row.mark_by == timezone.localdate(row.submitted_at) + dt.timedelta(days=7)
    services.withdraw(row, by=enrolment.user)
    later = timezone.localdate() + dt.timedelta(days=90)
    overrides.grant(enrolment, unit=unit, by=trainer, reason="Congé", due_on=later)
    enrolment.__dict__.pop("_terms", None)
    assert hand_in(enrolment, unit).due_on == later


def test_accepted_the_unit_is_done_and_passed_closed_it_is_done_alone(work, trainer):
    _path, unit, enrolment = work
    row = hand_in(enrolment, unit)
    assert UnitProgress.objects.get().completed_at is None
    mark(row, trainer, Outcome.ACCEPTED)
    held = UnitProgress.objects.get()
    assert (held.completed_at is not None, held.success, held.score) == (True, True, 1.0)
    other = make_learner(enrolment.path, enrolment.cohort)
    mark(hand_in(other, unit), trainer, Outcome.CLOSED, Level.PARTLY)
    held = UnitProgress.objects.get(enrolment=other)
    assert (held.completed_at is not None, held.success, held.score) == (True, False, 0.5)


def test_saying_done_does_not_do_an_assignment(client, work):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/fait/"
    client.post(address, {"event": uuid.uuid4()})
    assert not UnitProgress.objects.filter(completed_at__isnull=False).exists()


def given(row, name="a.txt", content=b"Bonjour", **more):
    file = SimpleUploadedFile(name, content)
    return files.add(row, file, key=uuid.uuid4(), most=3, **more)


def test_a_file_is_read_by_its_author_and_those_who_mark_alone(client, work, trainer):
    path, unit, enrolment = work
    file = given(services.open_draft(enrolment, unit))
    manager, elsewhere = UserFactory(), UserFactory(role="trainer")
    maison = MembershipFactory(user=enrolment.user).maison
    MembershipFactory(user=manager, maison=maison, role="manager")
    make_cohort(path, elsewhere)
    readers = [enrolment.user, trainer, UserFactory(role="national-team")]

    def answers(people):
        found = []
        for person in people:
            client.force_login(person)
            found.append(client.get(file.url).status_code)
        return found

    # A draft is its author's alone.
    assert answers([*readers, manager, elsewhere]) == [200, 404, 404, 404, 404]
    hand_in(enrolment, unit)
    assert answers([*readers, manager, elsewhere]) == [200, 200, 200, 404, 404]


def test_a_file_that_lies_about_its_content_is_refused(client, work):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    sent = {"file": SimpleUploadedFile("a.pdf", b"MZ\x90 not a pdf"), "key": uuid.uuid4()}
    client.post(step(path, unit, "fichiers"), sent)
    assert not SubmissionFile.objects.exists()


def test_a_file_taken_away_comes_back_and_a_new_attempt_keeps_it(client, work, trainer):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    file = given(services.open_draft(enrolment, unit))
    client.post(step(path, unit, f"fichiers/{file.uuid}/retirer"))
    file.refresh_from_db()
    assert file.removed_at
    client.post(step(path, unit, f"fichiers/{file.uuid}/remettre"))
    mark(hand_in(enrolment, unit), trainer)
    second = services.open_draft(enrolment, unit)
    carried = second.files.get()
    assert client.get(carried.url).status_code == 200
    # The stored file stays while an attempt holds it.
    files.forget(SubmissionFile.objects.filter(pk=carried.pk))
    assert client.get(file.url).status_code == 200


def test_the_page_of_an_assignment_keeps_its_place_after_a_mark(client, work, trainer):
    path, unit, enrolment = work
    client.force_login(enrolment.user)
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/"
    row = hand_in(enrolment, unit)
    assert "Reprendre mon travail" in client.get(address).content.decode()
    levels = dict.fromkeys(criteria(unit), Level.PARTLY)
    marking.mark(row, marking.Mark(Outcome.REWORK, "Dites où venir.", levels), by=trainer)
    assert "Dites où venir." not in client.get(address).content.decode()
    marking.tell(row)
    text = client.get(address).content.decode()
    assert "Dites où venir." in text
    assert "Rendre mon travail" in text
