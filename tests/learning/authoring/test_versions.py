"""A new version never loses or moves what somebody did, and says what it changes."""

import datetime as dt
import re
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.authoring import telling
from learning.models import (
    ChapterPage,
    Enrolment,
    LearningPath,
    LearningPathPage,
    PathVersion,
    UnitPage,
    UnitProgress,
)
from learning.paths import services, structure
from learning.paths.factories import add_unit, make_enrolment, make_path, units_of
from learning.paths.record import CannotRecord, Report, record

pytestmark = pytest.mark.django_db
NUMBER = st.integers(0, 9)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.booleans()),
        st.tuples(st.just("remove"), NUMBER),
        st.tuples(st.just("move"), NUMBER),
        st.tuples(st.just("require"), NUMBER),
        st.tuples(st.just("alter"), NUMBER),
        st.tuples(st.just("report"), NUMBER),
        st.tuples(st.just("report"), NUMBER),
        st.tuples(st.just("take"), st.none()),
    ),
    min_size=3,
    max_size=9,
)


class Undone(Exception):
    """Ends the transaction of an example."""


class World:
    """A path, its page, somebody who follows it, and what one can do to each."""

    def __init__(self) -> None:
        path = make_path({}, {"required": False}, {})
        self.page = LearningPathPage.objects.get(translation_key=path.uuid)
        self.person = UserFactory()
        self.enrolment = services.enrol(path, self.person, by=self.person)

    def units(self):
        return list(UnitPage.objects.descendant_of(self.page).order_by("path"))

    def one(self, number):
        units = self.units()
        return units[number % len(units)] if units else None

    def publish(self):
        structure.publish_version(LearningPathPage.objects.get(pk=self.page.pk))

    def add(self, required):
        chapter = ChapterPage.objects.child_of(self.page).get()
        add_unit(chapter, 9, required=required)

    def remove(self, number):
        if unit := self.one(number):
            UnitPage.objects.get(pk=unit.pk).delete()

    def move(self, number):
        if (unit := self.one(number)) and unit.get_next_sibling():
            unit.move(unit.get_next_sibling(), pos="right")

    def require(self, number):
        if unit := self.one(number):
            UnitPage.objects.filter(pk=unit.pk).update(required=not unit.required)

    def alter(self, number):
        if unit := self.one(number):
            UnitPage.objects.filter(pk=unit.pk).update(rule="time", threshold=5)

    def report(self, number):
        unit = self.one(number)
        row = (
            unit
            and LearningPath.objects.get(uuid=self.page.translation_key)
            .units.filter(uuid=unit.translation_key)
            .first()
        )
        if row is not None:
            try:
                said = Report(completed=number % 3 > 0, score=number / 10, seconds=number)
                record(self.enrolment, row, uuid.uuid4(), said)
            except CannotRecord:
                pass  # not in the version followed: nothing is kept of it

    def take(self, _nothing):
        services.take_version(self.enrolment)

    def held(self):
        """What must never be lost: units done, best scores, completion with its version."""
        row = Enrolment.objects.get(pk=self.enrolment.pk)
        done = {p.unit_id: (p.completed_at, p.score, p.seconds) for p in row.progress.all()}
        return row, done


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_no_edit_loses_or_moves_what_was_done(steps):
    try:
        with transaction.atomic():
            world = World()
            before, done = world.held()
            for name, argument in steps:
                getattr(world, name)(argument)
                if name not in ("report", "take"):
                    world.publish()
                after, now = world.held()
                kept_whole(before, after, done, now, taken=name == "take")
                before, done = after, now
            raise Undone
    except Undone:
        structure.forget()


def kept_whole(before, after, done, now, *, taken):
    for unit, (completed, score, seconds) in done.items():
        assert now[unit][0] == completed or completed is None
        assert (now[unit][1] or 0) >= (score or 0)
        assert now[unit][2] >= seconds
    if before.state == "completed":
        assert (after.state, after.version_id) == ("completed", before.version_id)
        assert (after.completed_at, after.percent) == (before.completed_at, 100)
    if not taken:
        assert after.version_id == before.version_id
    version = PathVersion.objects.get(pk=after.version_id)
    held = {unit.uuid for unit in structure.read(version).units()}
    done_now = UnitProgress.objects.filter(enrolment=after, completed_at__isnull=False)
    assert after.done <= len({str(p.unit.uuid) for p in done_now.select_related("unit")} & held)


def changed(path):
    """The path with a unit more, an order changed and another threshold."""
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    one, two, three = UnitPage.objects.descendant_of(page).order_by("path")
    UnitPage.objects.filter(pk=one.pk).update(required=False)
    three.move(two, pos="left")
    add_unit(ChapterPage.objects.child_of(page).get(), 4, title="Une de plus")
    return structure.publish_version(page)


def test_a_new_version_says_what_it_changes():
    path = make_path({"title": "Lire"}, {"title": "Trier"}, {"title": "Agir"})
    old = structure.read(path.version)
    change = structure.compare(old, structure.read(changed(path)))
    assert change.added == ["Une de plus"]
    assert change.altered == ["Lire"]
    assert change.moved in (["Agir"], ["Trier"])
    assert not structure.compare(old, old)


def test_those_who_follow_the_path_are_told_once_and_when_it_has_settled(clock):
    path = make_path({"title": "Lire"}, {"title": "Trier"}, {"title": "Agir"})
    person, late = UserFactory(), UserFactory()
    services.enrol(path, person, by=person)
    version = changed(path)
    services.enrol(LearningPath.objects.get(pk=path.pk), late, by=late)
    at = version.created_at
    assert telling.tell_changes(at + dt.timedelta(minutes=10)) == 0
    assert telling.tell_changes(at + dt.timedelta(hours=2)) == 1
    assert telling.tell_changes(at + dt.timedelta(hours=3)) == 0
    (told,) = Notification.objects.filter(kind="learning.path-changed")
    assert told.user == person
    assert "Une de plus" in told.text
    assert told.url == path.get_absolute_url()


def test_several_pages_published_together_are_one_version_and_a_failure_is_none():
    path = make_path({}, {})
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    chapter = ChapterPage.objects.child_of(page).get()
    with structure.one_version():
        for number in (3, 4):
            add_unit(chapter, number)
            structure.publish_version(page)
    assert path.versions.count() == 2
    with pytest.raises(Undone), structure.one_version():
        add_unit(chapter, 5)
        structure.publish_version(page)
        raise Undone
    assert path.versions.count() == 2
    assert len(units_of(LearningPath.objects.get(pk=path.pk))) == 4


def test_the_learner_reads_which_rule_of_a_unit_is_another(client):
    path = make_path({"title": "Lire"}, {"title": "Trier"}, {"title": "Agir"})
    row = make_enrolment(path)
    one, two, three = UnitPage.objects.descendant_of(
        LearningPathPage.objects.get(translation_key=path.uuid)
    ).order_by("path")
    UnitPage.objects.filter(pk=one.pk).update(required=False, opens_on=dt.date(2030, 3, 1))
    three.needs.set([two])
    three.save()
    structure.publish_version(LearningPathPage.objects.get(translation_key=path.uuid))
    client.force_login(row.user)
    text = client.get(path.get_absolute_url()).content.decode()
    assert "Lire. Elle est désormais facultative. Dès le 1er mars 2030." in text
    assert re.search("Agir. [^<]*après[^<]*Trier", text)
