"""What a unit reports is kept once, never lowers anything, and completes a path for good."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from learning.models import ActiveSpan, AppendOnly, Enrolment, ProgressEvent
from learning.paths import record as recording
from learning.paths import services, structure
from learning.paths.factories import add_unit, make_enrolment, make_path, units_of
from learning.paths.record import CannotRecord, Report, record

pytestmark = pytest.mark.django_db


def say(enrolment, unit, now=None, event=None, **said):
    return record(enrolment, unit, event or uuid.uuid4(), Report(**said), now=now)


@pytest.fixture
def path(db):
    return make_path()


@pytest.fixture
def enrolment(path):
    return make_enrolment(path)


def test_the_same_report_twice_counts_once(path, enrolment):
    unit = units_of(path)[0]
    now = timezone.now()
    event = uuid.uuid4()
    active = (now - dt.timedelta(seconds=30), now)
    first = say(enrolment, unit, now, event, active=active, score=0.5)
    again = say(enrolment, unit, now, event, active=active, score=0.9)
    assert (first.again, again.again) == (False, True)
    assert again.progress.score == 0.5
    assert Enrolment.objects.get(pk=enrolment.pk).seconds == 30
    assert ProgressEvent.objects.count() == 1


def test_an_identifier_is_not_taken_for_another_unit(path, enrolment):
    one, other, _ = units_of(path)
    event = uuid.uuid4()
    say(enrolment, one, event=event, marked=True)
    with pytest.raises(CannotRecord):
        say(enrolment, other, event=event, marked=True)


def test_a_lower_report_lowers_nothing(path, enrolment):
    unit = units_of(path)[0]
    say(enrolment, unit, score=0.8, seconds=120, success=True, marked=True)
    progress = say(enrolment, unit, score=0.2, seconds=5, success=False).progress
    assert (progress.score, progress.seconds, progress.success) == (0.8, 120, True)
    assert progress.completed_at is not None


def test_two_tabs_at_the_same_time_are_one_time(path, enrolment):
    one, other, _ = units_of(path)
    now = timezone.now()
    say(enrolment, one, now, active=(now - dt.timedelta(seconds=60), now))
    say(enrolment, other, now, active=(now - dt.timedelta(seconds=60), now))
    say(enrolment, one, now, active=(now - dt.timedelta(seconds=30), now))
    row = Enrolment.objects.get(pk=enrolment.pk)
    assert row.seconds == 60
    assert ActiveSpan.objects.filter(enrolment=enrolment, unit=one).count() == 1
    assert [p.active for p in row.progress.order_by("unit_id")] == [60, 60]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 300), st.integers(1, 100)), max_size=8))
def test_learning_time_is_the_union_whatever_arrives(path, sent):
    person = make_enrolment(path, UserFactory())
    units = units_of(path)
    now = timezone.now()
    base = now - dt.timedelta(seconds=500)
    covered = set()
    for which, start, length in sent:
        active = (base + dt.timedelta(seconds=start), base + dt.timedelta(seconds=start + length))
        say(person, units[which], now, active=active)
        covered |= set(range(start, start + length))
    assert Enrolment.objects.get(pk=person.pk).seconds == len(covered)


def test_one_report_claims_at_most_two_minutes(path, enrolment):
    unit = units_of(path)[0]
    now = timezone.now()
    say(enrolment, unit, now, active=(now - dt.timedelta(hours=5), now))
    assert Enrolment.objects.get(pk=enrolment.pk).seconds == 120


def test_seeking_to_the_end_plays_nothing():
    path = make_path({"rule": "played", "threshold": 80, "length": 100.0})
    person = make_enrolment(path)
    (unit,) = units_of(path)
    now = timezone.now()
    progress = say(person, unit, now, played=((0, 100),)).progress
    assert progress.completed_at is None
    assert progress.played == [[0, 15.0]]
    # At double speed, ten seconds play twenty of the recording.
    later = now + dt.timedelta(seconds=10)
    progress = say(person, unit, later, played=((15, 100),), speed=2.0).progress
    assert progress.played == [[0, 35.0]]
    for step in range(1, 5):
        progress = say(
            person, unit, later + dt.timedelta(seconds=10 * step), played=((35, 100),), speed=2.0
        ).progress
    assert progress.completed_at is not None


def test_the_last_required_unit_completes_the_path_and_it_stays_complete():
    path = make_path({}, {"required": False}, {})
    person = make_enrolment(path)
    one, _optional, three = units_of(path)
    say(person, one, marked=True)
    say(person, three, marked=True)
    row = Enrolment.objects.get(pk=person.pk)
    assert (row.state, row.done, row.due, row.percent) == ("completed", 2, 2, 100)
    recording.reopen(row, one, by=UserFactory())
    row.refresh_from_db()
    assert (row.state, row.percent, row.done) == ("completed", 100, 1)


def test_only_an_act_with_an_author_lowers_and_it_keeps_what_was_held(path, enrolment):
    unit = units_of(path)[0]
    trainer = UserFactory()
    say(enrolment, unit, score=0.9, success=True, marked=True)
    progress = recording.reset(enrolment, unit, by=trainer)
    assert (progress.score, progress.success, progress.completed_at) == (None, None, None)
    event = ProgressEvent.objects.get(act="reset")
    assert event.by == trainer
    assert event.said["held"] == {"completed": True, "score": 0.9, "success": True}
    with pytest.raises(AppendOnly):
        event.save()


def test_a_trainer_decides_whatever_the_rule():
    path = make_path({"rule": "decided"})
    person = make_enrolment(path)
    (unit,) = units_of(path)
    assert say(person, unit, marked=True).progress.completed_at is None
    assert recording.decide(person, unit, done=True, by=UserFactory()).completed_at is not None


def test_a_new_version_moves_nobody_and_says_what_it_changes(path, enrolment):
    from learning.models import ChapterPage, LearningPathPage

    say(enrolment, units_of(path)[0], marked=True)
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    chapter = ChapterPage.objects.child_of(page).get()
    add_unit(chapter, 4, title="Une étape de plus")
    structure.publish_version(page)
    path.refresh_from_db()
    row = Enrolment.objects.select_related("version").get(pk=enrolment.pk)
    assert (row.version.number, path.version.number, row.done, row.due) == (1, 2, 1, 3)
    change = structure.compare(structure.read(row.version), structure.read(path.version))
    assert change.added == ["Une étape de plus"]
    row = services.take_version(row)
    assert (row.version.number, row.done, row.due) == (2, 1, 4)


def test_a_unit_that_is_deleted_is_archived_and_no_longer_due(path, enrolment):
    from learning.models import LearningPathPage, UnitPage

    one, two, three = units_of(path)
    UnitPage.objects.get(translation_key=two.uuid).delete()
    structure.publish_version(LearningPathPage.objects.get(translation_key=path.uuid))
    two.refresh_from_db()
    assert two.archived_at is not None
    say(enrolment, one, marked=True)
    say(enrolment, three, marked=True)
    assert Enrolment.objects.get(pk=enrolment.pk).state == "completed"


def test_publishing_the_same_twice_writes_one_version(path):
    from learning.models import LearningPathPage

    structure.publish_version(LearningPathPage.objects.get(translation_key=path.uuid))
    assert path.versions.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"score": 1.5},
        {"seconds": -1},
        {"speed": 16.0},
        {"played": ((10.0, 5.0),)},
    ],
)
def test_what_no_unit_may_say_is_refused_whole(path, enrolment, said):
    with pytest.raises(CannotRecord):
        say(enrolment, units_of(path)[0], **said)
    assert not ProgressEvent.objects.exists()
