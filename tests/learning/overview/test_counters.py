"""Counters say what their rows do; `check_progress` finds whatever does not, and mends it."""

import datetime as dt
import io
import random
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.factories import UserFactory
from learning import signals
from learning.models import ActiveSpan, Enrolment, LearningPathPage, UnitPage, UnitProgress
from learning.overview import counters, jobs
from learning.paths import record, services
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.kinds import EnrolmentState
from learning.paths.record import Report

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def check(*arguments):
    """(exit code, lines) of the command."""
    out = io.StringIO()
    try:
        call_command("check_progress", *arguments, stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def work(enrolment, unit, minutes=4, end=None, **said):
    end = end or timezone.now()
    for number in range(minutes, 0, -2):
        start = end - number * MINUTE
        active = (start, start + 2 * MINUTE)
        record.record(
            enrolment, unit, uuid.uuid4(), Report(active=active, **said), now=start + 2 * MINUTE
        )


@pytest.fixture
def path():
    return make_path()


@pytest.fixture
def begun(path):
    """Somebody who did one unit of three, and works at the second."""
    enrolment = make_enrolment(path)
    first, second, _third = units_of(path)
    work(enrolment, first, marked=True, end=timezone.now() - dt.timedelta(hours=2))
    work(enrolment, second)
    enrolment.refresh_from_db()
    return enrolment


def test_counters_agree_after_any_sequence_of_events(path):
    """Reports that overlap, out of order, marked or not, reset, reopened, decided, left and taken again."""
    chance, units, by = random.Random(6), units_of(path), UserFactory()
    people = [make_enrolment(path) for _ in range(6)]
    began = timezone.now() - dt.timedelta(hours=20)
    for _ in range(150):
        row = chance.choice(people)
        row.refresh_from_db()
        unit = chance.choice(units)
        act = chance.choice(
            ("report",) * 6 + ("mark", "reset", "reopen", "decide", "leave", "again")
        )
        now = began + dt.timedelta(seconds=chance.uniform(0, 60_000))
        start = now - dt.timedelta(seconds=chance.uniform(0, 150))
        try:
            if act in ("report", "mark"):
                said = Report(active=(start, now), marked=act == "mark")
                record.record(row, unit, uuid.uuid4(), said, now=now)
            elif act == "decide":
                record.decide(row, unit, done=chance.random() < 0.7, by=by)
            elif act == "leave":
                services.leave(row)
                services.enrol(path, row.user, by=row.user)
            elif act == "again":
                people.append(services.start_again(row, by=by))
            else:
                getattr(record, act)(row, unit, by=by)
        except record.CannotRecord:
            pass
    assert Enrolment.objects.filter(seconds__gt=0, state=EnrolmentState.COMPLETED).exists()
    assert check() == (0, ["0 differences."])


CORRUPTIONS = {
    "done": {"done": 3},
    "due": {"due": 9},
    "seconds": {"seconds": 1},
    "last_unit_id": {"last_unit": None},
    "last_at": {"last_at": timezone.now() - dt.timedelta(days=400)},
    "state": {"completed_at": timezone.now()},
    "completed_at": {"state": EnrolmentState.COMPLETED},
    "superseded": {"superseded": True},
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_corrupted_counter_is_found_and_mended(begun, name):
    Enrolment.objects.filter(pk=begun.pk).update(**CORRUPTIONS[name])
    code, lines = check()
    assert code == 1
    assert any(f"{begun.uuid} {name}:" in line for line in lines), lines
    held = Enrolment.objects.values().get(pk=begun.pk)
    assert check()[0] == 1, "without --fix nothing is written"
    assert Enrolment.objects.values().get(pk=begun.pk) == held
    assert check("--fix")[0] == 0
    assert check() == (0, ["0 differences."])


def test_the_time_at_work_of_a_unit_is_mended_from_its_spans(begun):
    UnitProgress.objects.filter(enrolment=begun).update(active=7)
    _code, lines = check("--fix")
    assert lines[-1] == "2 differences, mended.", lines
    assert set(UnitProgress.objects.values_list("active", flat=True)) == {240}


def test_spans_of_two_units_at_once_count_once(begun):
    first, second, _third = units_of(begun.path)
    span = ActiveSpan.objects.filter(unit=second).get()
    ActiveSpan.objects.create(
        enrolment=begun, unit=first, starts_at=span.starts_at, ends_at=span.ends_at
    )
    check("--fix")
    begun.refresh_from_db()
    assert begun.seconds == 480


def test_an_earlier_round_that_counts_again_is_put_back_behind_the_last(path):
    first = make_enrolment(path, state=EnrolmentState.COMPLETED, completed_at=timezone.now())
    last = services.start_again(first, by=first.user)
    Enrolment.objects.filter(pk=last.pk).update(superseded=True)
    Enrolment.objects.filter(pk=first.pk).update(superseded=False)
    assert check("--fix")[0] == 0
    first.refresh_from_db()
    last.refresh_from_db()
    assert (first.superseded, last.superseded) == (True, False)


def test_whoever_has_done_everything_required_is_completed_and_it_is_told(begun):
    told = []

    def listen(enrolment, **_kwargs):
        told.append(enrolment.pk)

    signals.path_completed.connect(listen)
    try:
        UnitProgress.objects.filter(enrolment=begun).update(completed_at=timezone.now())
        third = units_of(begun.path)[2]
        UnitProgress.objects.create(enrolment=begun, unit=third, completed_at=timezone.now())
        check("--fix")
    finally:
        signals.path_completed.disconnect(listen)
    begun.refresh_from_db()
    assert begun.state == EnrolmentState.COMPLETED
    assert begun.completed_at
    assert told == [begun.pk]


def test_a_unit_taken_away_is_no_longer_required_of_anybody(begun):
    page = LearningPathPage.objects.get(translation_key=begun.path.uuid)
    units = UnitPage.objects.descendant_of(page).order_by("path")
    units.last().unpublish()
    jobs.recount.call(begun.path_id)
    begun.refresh_from_db()
    assert (begun.done, begun.due) == (1, 2)


def test_the_night_goes_through_all_of_them_in_slices(begun, monkeypatch):
    others = [make_enrolment(begun.path) for _ in range(4)]
    Enrolment.objects.update(done=9)
    monkeypatch.setattr(jobs, "SLICE", 2)
    monkeypatch.setattr(counters, "BATCH", 1)
    after = []
    monkeypatch.setattr(jobs.verify.__class__, "enqueue", lambda self, pk: after.append(pk))
    jobs.verify.call()
    while after:
        jobs.verify.call(after.pop())
    assert not Enrolment.objects.filter(done=9).exists()
    assert len(others) == 4


def test_memory_and_queries_do_not_grow_with_what_is_verified(path, django_assert_max_num_queries):
    Enrolment.objects.bulk_create(
        Enrolment(path=path, user=user, version=path.version, due=3)
        for user in UserFactory.create_batch(30)
    )
    with django_assert_max_num_queries(4 * 8):
        assert list(counters.differences(batch=10)) == []


def test_a_path_that_does_not_exist_is_an_error_of_the_command():
    with pytest.raises(CommandError):
        check("--path", str(uuid.uuid4()))


@pytest.mark.demo
def test_nothing_is_to_be_mended_in_the_demonstration():
    assert Enrolment.objects.count() > 50
    code, said = check()
    assert (code, said) == (0, ["0 differences."])
