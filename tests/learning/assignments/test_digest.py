"""The digest of trainers: what waits, once a day or a week as they chose, and no mail when nothing waits."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts import notify
from accounts.factories import UserFactory
from cms.models import OutboxMessage
from learning.asking import services as asking
from learning.assignments import digest
from learning.assignments.factories import hand_in, make_assignment, make_cohort, make_learner
from learning.models import Flag

pytestmark = pytest.mark.django_db
MONDAY = timezone.make_aware(dt.datetime(2026, 11, 30, 7))
TUESDAY = MONDAY + dt.timedelta(days=1)


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def group(trainer):
    path, unit = make_assignment()
    return unit, make_cohort(path, trainer, name="Groupe du mardi")


def mails():
    return list(OutboxMessage.objects.filter(key__startswith="learning.trainer-digest"))


def test_nothing_to_say_no_mail(group):
    assert (digest.send(MONDAY), mails()) == (0, [])


def test_works_and_questions_of_one_s_cohorts_are_one_mail_a_day(group, trainer):
    unit, cohort = group
    row = make_learner(cohort.path, cohort)
    hand_in(row, unit)
    asking.ask(row, unit, "Comment ?", key=uuid.uuid4(), may_be_shared=False)
    elsewhere = UserFactory(role="trainer")
    make_cohort(cohort.path, elsewhere)
    assert (digest.send(TUESDAY), digest.send(TUESDAY)) == (1, 0)
    [mail] = mails()
    assert mail.to == trainer.email
    assert "Groupe du mardi" in mail.text
    assert "1 travail à corriger" in mail.text
    assert "1 question sans réponse" in mail.text
    # The question itself stays on the site.
    assert "Comment ?" not in mail.text


def test_each_chooses_how_often(group, trainer):
    unit, cohort = group
    hand_in(make_learner(cohort.path, cohort), unit)
    frequencies = dict(notify.frequencies(digest.KIND))
    assert set(frequencies) == {"daily", "weekly", "never"}
    notify.choose(trainer, digest.KIND.code, site=False, mail="weekly")
    assert (digest.send(TUESDAY), digest.send(MONDAY)) == (0, 1)
    notify.choose(trainer, digest.KIND.code, site=False, mail="never")
    assert digest.send(MONDAY + dt.timedelta(days=7)) == 0


def test_the_national_team_is_told_of_those_without_a_cohort(group):
    unit, cohort = group
    national = UserFactory(role="national-team")
    hand_in(make_learner(cohort.path), unit)
    digest.send(TUESDAY)
    assert [mail.to for mail in mails()] == [national.email]


def test_those_to_follow_up_are_named_with_what_is_said_of_them(group, trainer):
    _unit, cohort = group
    row = make_learner(cohort.path, cohort)
    for kind in ("inactive", "stuck"):
        Flag.objects.create(
            enrolment=row, kind=kind, cause="days", limit=14, began_at=MONDAY, since=MONDAY
        )
    digest.send(TUESDAY)
    [mail] = mails()
    assert f"{row.user} (bloqué, sans activité)\n" in mail.text
