"""A path that must come before another counts while it is valid."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling import lists
from learning.models import Enrolment, LearningPathPage
from learning.paths import services, wording
from learning.paths.factories import make_enrolment, make_path
from learning.paths.kinds import EnrolmentState
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def person():
    return MembershipFactory(user=UserFactory()).user


@pytest.fixture
def first():
    return make_path(title="Premiers pas", validity_months=12)


@pytest.fixture
def second(first):
    path = make_path(title="Suite")
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    page.needs.set([LearningPathPage.objects.get(translation_key=first.uuid)])
    page.save()
    return path


def completed(path, person, days, **fields):
    """Completed; the last day of validity is so many days from now."""
    row = make_enrolment(path, person, state=EnrolmentState.COMPLETED, **fields)
    row.completed_at = timezone.now() - 300 * DAY
    row.expires_on = timezone.localdate() + days * DAY
    row.save()
    return row


def missing(path, person):
    return services.paths_missing(services.page_of(path), person)


def test_until_its_last_day_it_counts_and_then_no_more(first, second, person):
    row = completed(first, person, 0)
    assert missing(second, person) == []
    Enrolment.objects.filter(pk=row.pk).update(expires_on=timezone.localdate() - DAY)
    assert missing(second, person) == ["Premiers pas"]
    with pytest.raises(services.CannotEnrol, match="toujours valable"):
        services.enrol(second, person, by=person)


def test_a_round_completed_anew_counts_again(first, second, person):
    completed(first, person, -1, superseded=True)
    completed(first, person, 200, round=2)
    assert missing(second, person) == []


def test_without_end_it_always_counts(first, second, person):
    row = completed(first, person, 0)
    Enrolment.objects.filter(pk=row.pk).update(expires_on=None)
    assert missing(second, person) == []


def test_what_is_begun_is_not_taken_away(first, second, person):
    completed(first, person, -1)
    row = make_enrolment(second, person)
    assert services.enrol(second, person, by=person) == row
    services.leave(row)
    assert services.enrol(second, person, by=person).state == EnrolmentState.ACTIVE


def test_the_rule_says_so_in_words(first, second, person, client):
    said = "« Premiers pas », suivi jusqu’au bout et toujours valable"
    assert said in wording.path_rules(["Premiers pas"], None, None, 0)[0].replace("\xa0", " ")
    completed(first, person, -1)
    client.force_login(person)
    page = services.page_of(second)
    text = client.get(page.url).content.decode().replace("\xa0", " ")
    assert "toujours valable" in text and "Commencer ce parcours" not in text


def test_a_list_says_it_of_each_line(first, second, person):
    completed(first, person, -1)
    row = lists.Row(2, {"email": person.email})
    [line] = lists.check([row], second, UserFactory(role="national-team"))
    assert "toujours valable" in line.reason
