"""Acts on one work that arrive at the same moment, with real threads."""

import uuid

import pytest

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.assignments import marking, services
from learning.assignments.factories import (
    criteria,
    hand_in,
    make_assignment,
    make_cohort,
    make_learner,
)
from learning.assignments.kinds import Level, Outcome
from learning.models import Submission, SubmissionEvent
from tests.learning.test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_work_handed_in_by_two_tabs_and_marked_by_two_trainers_is_one_of_each():
    trainers = UserFactory.create_batch(2)
    path, unit = make_assignment()
    enrolment = make_learner(path, make_cohort(path, *trainers))
    key = uuid.uuid4()

    def submit(name):
        services.submit(enrolment, unit, "Venez.", expected="both", revision=0, key=name)

    # The same click twice, and another tab.
    raised = together(*[lambda: submit(key)] * 3, lambda: submit(uuid.uuid4()))
    assert all(isinstance(error, services.CannotHandIn) for error in raised)
    assert SubmissionEvent.objects.filter(act="submitted").count() == 1
    row = Submission.objects.get()
    levels = dict.fromkeys(criteria(unit), Level.MET)
    said = [
        marking.Mark(outcome, "Bien.", levels) for outcome in (Outcome.ACCEPTED, Outcome.REWORK)
    ]
    raised = together(
        *(
            lambda given=given, by=by: marking.mark(row, given, by=by)
            for given, by in zip(said, trainers, strict=True)
        )
    )
    assert [type(error) for error in raised] == [marking.CannotMark]
    assert SubmissionEvent.objects.filter(act="marked").count() == 1
    row.refresh_from_db()
    # Told by the clock and by hand, it is told once.
    assert together(*[lambda: marking.tell(row)] * 4) == []
    assert Notification.objects.filter(user=enrolment.user).count() == 1


def test_taken_back_while_it_is_marked_it_is_one_or_the_other():
    trainer = UserFactory()
    path, unit = make_assignment()
    enrolment = make_learner(path, make_cohort(path, trainer))
    row = hand_in(enrolment, unit)
    levels = dict.fromkeys(criteria(unit), Level.MET)
    given = marking.Mark(Outcome.ACCEPTED, "Bien.", levels)
    raised = together(
        lambda: marking.mark(row, given, by=trainer),
        lambda: services.withdraw(row, by=enrolment.user),
    )
    assert len(raised) == 1
    row.refresh_from_db()
    assert row.is_draft != (row.marked_at is not None)
