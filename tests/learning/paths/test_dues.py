"""Which units are to be done by when: the date of everybody, or that of one person."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from learning.assignments.kinds import SubmissionState
from learning.enrolling.overrides import grant
from learning.models import Enrolment, PathVersion, Submission, Unit, UnitProgress
from learning.paths import dated, structure
from learning.paths.factories import make_enrolment, make_path, units_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def give_terms(path, number, **terms):
    """Write terms of its type on a unit of the version."""
    version = path.version
    version.structure["chapters"][0]["units"][number]["terms"] = terms
    PathVersion.objects.filter(pk=version.pk).update(structure=version.structure, dated=True)
    structure.forget()


@pytest.fixture
def path():
    found = make_path({}, {}, {"required": False})
    give_terms(found, 0, due_on=(TODAY - 3 * DAY).isoformat())
    give_terms(found, 1, days=10)
    give_terms(found, 2, days=1)
    return found


def said(*rows):
    found = dated.of_each(Enrolment.objects.filter(pk__in=[row.pk for row in rows]))
    return {pk: [(each.unit, each.due_on) for each in units] for pk, units in found.items()}


def test_a_day_or_days_after_the_enrolment_and_nothing_for_what_is_optional(path):
    first, second, _optional = units_of(path)
    row = make_enrolment(path)
    assert said(row) == {row.pk: [(first.pk, TODAY - 3 * DAY), (second.pk, TODAY + 9 * DAY)]}


def test_what_was_granted_goes_before_and_the_last_is_in_force(path):
    first, _second, _optional = units_of(path)
    one, other = make_enrolment(path), make_enrolment(path)
    by = UserFactory()
    grant(one, by=by, reason="Panne", unit=first, due_on=TODAY + 2 * DAY)
    assert (first.pk, TODAY + 2 * DAY) in said(one, other)[one.pk]
    assert (first.pk, TODAY - 3 * DAY) in said(one, other)[other.pk]
    grant(one, by=by, reason="Réparé", unit=first, attempts=3)
    assert (first.pk, TODAY - 3 * DAY) in said(one)[one.pk]


def test_a_unit_without_date_has_one_once_it_is_granted():
    path = make_path()
    unit, row, other = units_of(path)[1], make_enrolment(path), make_enrolment(path)
    grant(row, by=UserFactory(), reason="À revoir", unit=unit, due_on=TODAY)
    assert said(row, other) == {row.pk: [(unit.pk, TODAY)]}


def test_what_is_done_handed_in_or_withdrawn_is_due_no_more(path):
    first, second, _optional = units_of(path)
    row = make_enrolment(path)
    UnitProgress.objects.create(enrolment=row, unit=first, completed_at=timezone.now())
    assert said(row) == {row.pk: [(second.pk, TODAY + 9 * DAY)]}
    work = Submission.objects.create(enrolment=row, unit=second, state=SubmissionState.SUBMITTED)
    assert said(row) == {}
    Submission.objects.filter(pk=work.pk).update(state=SubmissionState.REWORK)
    assert len(said(row)[row.pk]) == 1
    Unit.objects.filter(pk=second.pk).update(archived_at=timezone.now())
    assert said(row) == {}


@pytest.mark.parametrize("people", [5, 500])
def test_seven_queries_for_five_hundred_people(path, people, django_assert_max_num_queries):
    version, due = path.version, len(structure.read(path.version).required())
    users = User.objects.bulk_create(User(email=f"{n}@agents.example.org") for n in range(people))
    rows = Enrolment.objects.bulk_create(
        Enrolment(path=path, version=version, user=user, due=due) for user in users
    )
    grant(rows[0], by=users[1], reason="Congé", unit=units_of(path)[0], due_on=TODAY)
    with django_assert_max_num_queries(7):
        assert len(dated.of_each(Enrolment.objects.filter(path=path))) == people


def test_no_more_than_two_queries_where_no_unit_has_a_date(django_assert_max_num_queries):
    path = make_path()
    make_enrolment(path)
    structure.read(path.version)
    with django_assert_max_num_queries(2):
        assert dated.of_each(Enrolment.objects.filter(path=path)) == {}


def test_a_version_says_whether_a_unit_of_it_has_a_date():
    held = make_path().version
    dated_version = {**held.structure, "chapters": [dict(held.structure["chapters"][0])]}
    unit = {**dated_version["chapters"][0]["units"][0], "terms": {"days": 10}}
    dated_version["chapters"][0]["units"] = [unit]
    newer = PathVersion.objects.create(path=held.path, number=2, structure=dated_version)
    assert [held.dated, newer.dated] == [False, True]
