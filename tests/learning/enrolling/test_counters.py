"""Counters that are kept one unit at a time agree with the rows, whatever happens in what order."""

import datetime as dt
import uuid
from contextlib import suppress

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.models import ChapterPage, Enrolment, LearningPathPage, UnitPage
from learning.overview.counters import differences
from learning.paths import record as recording
from learning.paths import services, structure
from learning.paths.factories import add_unit, make_enrolment, make_path, units_of
from learning.paths.record import CannotRecord, Report, record

pytestmark = pytest.mark.django_db
UNITS = (
    {},
    {"required": False},
    {"rule": "score", "threshold": 50},
    {"rule": "time", "threshold": 1},
)
which = st.integers(0, 30)


class Events(RuleBasedStateMachine):
    """One person, one path, and everything that may happen to both."""

    @initialize()
    def begin(self):
        self.held = transaction.atomic()
        self.held.__enter__()
        self.now = timezone.now() - dt.timedelta(days=1)
        self.path = make_path(*UNITS)
        self.page = LearningPathPage.objects.get(translation_key=self.path.uuid)
        self.chapter = ChapterPage.objects.child_of(self.page).get()
        self.row = make_enrolment(self.path)
        self.row.created_at = self.now
        self.row.save()
        self.trainer = UserFactory()
        self.events = []

    def unit(self, number):
        units = list(self.path.units.order_by("pk"))
        return units[number % len(units)]

    def enrolment(self):
        return Enrolment.objects.get(user=self.row.user, superseded=False)

    @rule(number=which, score=st.floats(0, 1), marked=st.booleans(), seconds=st.integers(1, 90))
    def report(self, number, score, marked, seconds):
        self.now += dt.timedelta(seconds=seconds)
        active = (self.now - dt.timedelta(seconds=seconds + 20), self.now)
        event = uuid.uuid4()
        self.events.append((number, event))
        with suppress(CannotRecord):
            said = Report(score=score, marked=marked, active=active)
            record(self.enrolment(), self.unit(number), event, said, now=self.now)

    @rule()
    def the_last_one_again(self):
        if self.events:
            number, event = self.events[-1]
            with suppress(CannotRecord):
                record(
                    self.enrolment(), self.unit(number), event, Report(marked=True), now=self.now
                )

    @rule(number=which, name=st.sampled_from(["reset", "reopen", "decide", "undecide"]))
    def act(self, number, name):
        acts = {
            "reset": recording.reset,
            "reopen": recording.reopen,
            "decide": lambda *a, by: recording.decide(*a, done=True, by=by),
            "undecide": lambda *a, by: recording.decide(*a, done=False, by=by),
        }
        with suppress(CannotRecord):
            acts[name](self.enrolment(), self.unit(number), by=self.trainer)

    @rule(required=st.booleans())
    def a_unit_more(self, required):
        if self.path.units.count() < 7:
            add_unit(self.chapter, 9, required=required)
            structure.publish_version(self.page)

    @rule(number=which)
    def a_unit_leaves(self, number):
        page = UnitPage.objects.filter(translation_key=self.unit(number).uuid, live=True).first()
        if page:
            page.unpublish()

    @rule(number=which)
    def a_unit_comes_back(self, number):
        page = UnitPage.objects.filter(translation_key=self.unit(number).uuid, live=False).first()
        if page:
            page.save_revision().publish()

    @rule()
    def take_version(self):
        services.take_version(self.enrolment())

    @rule(what=st.sampled_from(["leave", "restore", "again"]))
    def come_and_go(self, what):
        row = self.enrolment()
        if what == "leave":
            services.leave(row)
        elif what == "restore":
            services.restore(row, by=self.trainer)
        else:
            services.start_again(row, by=row.user)

    @invariant()
    def counters_agree_with_the_rows(self):
        if not hasattr(self, "path"):
            return
        # Who is through by the leaving of a unit is told by a task; the numbers hold at once.
        found = [each for each in differences() if each.name not in ("state", "completed_at")]
        assert [str(each) for each in found] == []

    def teardown(self):
        if hasattr(self, "held"):
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)
            structure.forget()


Events.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_counters_agree_with_the_rows_after_any_sequence_of_events(db):
    Events.TestCase("runTest").runTest()


def test_whoever_had_done_all_but_a_unit_that_leaves_has_completed_the_path(db):
    path = make_path()
    row = make_enrolment(path)
    one, two, three = units_of(path)
    for unit in (one, two):
        record(row, unit, uuid.uuid4(), Report(marked=True))
    UnitPage.objects.get(translation_key=three.uuid).unpublish()
    row.refresh_from_db()
    assert (row.done, row.due) == (2, 2)
    run_all()
    row.refresh_from_db()
    assert row.state == "completed"
