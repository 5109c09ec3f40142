"""Terms granted to one person hold for them alone, with who and why, and are never rewritten."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from learning.enrolling.overrides import CannotGrant, Terms, grant, terms_for, with_own_due_date
from learning.following.factories import make_cohort
from learning.models import AppendOnly, Enrolment, EnrolmentAct
from learning.paths.factories import make_enrolment, make_path, units_of

pytestmark = pytest.mark.django_db
MAY, JUNE = dt.date(2027, 5, 31), dt.date(2027, 6, 30)


@pytest.fixture
def enrolment():
    return make_enrolment(make_path(), due_on=MAY)


@pytest.fixture
def trainer():
    return UserFactory()


def test_without_a_grant_the_terms_are_those_of_everybody(enrolment):
    assert terms_for(enrolment, units_of(enrolment.path)[0]) == Terms(MAY, None, 0)


def test_terms_of_a_unit_go_before_those_of_the_path(enrolment, trainer, django_assert_num_queries):
    one, other, _ = units_of(enrolment.path)
    grant(enrolment, by=trainer, reason="Handicap", due_on=JUNE, attempts=3, extra_minutes=10)
    grant(enrolment, by=trainer, reason="Panne", unit=one, attempts=5)
    row = Enrolment.objects.get(pk=enrolment.pk)
    with django_assert_num_queries(1):
        assert terms_for(row, one) == Terms(JUNE, 5, 10)
        assert terms_for(row, other) == Terms(JUNE, 3, 10)


def test_the_due_date_of_the_path_is_read_on_the_enrolment_and_goes_back(enrolment, trainer):
    grant(enrolment, by=trainer, reason="Congé", due_on=JUNE)
    assert Enrolment.objects.get(pk=enrolment.pk).due_on == JUNE
    assert with_own_due_date([enrolment]) == {enrolment.pk}
    grant(enrolment, by=trainer, reason="Congé annulé")
    assert Enrolment.objects.get(pk=enrolment.pk).due_on == MAY
    assert with_own_due_date([enrolment]) == set()


def test_the_day_somebody_entered_is_that_of_the_clock_on_their_wall(clock, trainer):
    # A quarter of an hour of the day before, in the universal time of the database.
    clock.move_to(dt.datetime.fromisoformat("2026-11-29T00:15:00+01:00"))
    path = make_path()
    row = make_enrolment(path, cohort=make_cohort(path=path, due_days=30))
    grant(row, by=trainer, reason="Congé", due_on=JUNE)
    grant(row, by=trainer, reason="Congé annulé")
    assert Enrolment.objects.get(pk=row.pk).due_on == dt.date(2026, 12, 28)


def test_every_decision_stays_with_its_author_and_reason(enrolment, trainer):
    for reason in ("Congé", "Congé prolongé"):
        grant(enrolment, by=trainer, reason=reason, due_on=JUNE)
    rows = EnrolmentAct.objects.filter(enrolment=enrolment)
    assert [(row.reason, row.by) for row in rows] == [
        ("Congé", trainer),
        ("Congé prolongé", trainer),
    ]
    with pytest.raises(AppendOnly):
        rows[0].save()


def test_what_changes_nothing_is_no_decision(enrolment, trainer):
    unit = units_of(enrolment.path)[0]
    for place in (None, unit):
        with pytest.raises(CannotGrant):
            grant(enrolment, by=trainer, reason="Congé", unit=place)
        grant(enrolment, by=trainer, reason="Congé", unit=place, attempts=3)
        grant(enrolment, by=trainer, reason="Congé annulé", unit=place)
        with pytest.raises(CannotGrant):
            grant(enrolment, by=trainer, reason="Encore", unit=place)
    assert EnrolmentAct.objects.count() == 4


def test_a_grant_without_reason_or_in_another_path_is_refused(enrolment, trainer):
    with pytest.raises(CannotGrant):
        grant(enrolment, by=trainer, reason="  ", attempts=3)
    with pytest.raises(CannotGrant):
        grant(enrolment, by=trainer, reason="Panne", unit=units_of(make_path())[0], attempts=3)
    assert not EnrolmentAct.objects.exists()
