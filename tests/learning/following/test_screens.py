"""The trainer's screens of a cohort: theirs alone, few queries, every figure with its people."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from learning.following import services
from learning.following.factories import at_work, make_cohort, make_learner
from learning.models import Enrolment, UnitProgress
from learning.paths.factories import units_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(role="trainer")


@pytest.fixture
def cohort(me):
    return make_cohort(me)


@pytest.fixture
def client(me):
    return client_of(me)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def many(cohort, number):
    """People of a cohort, each with progress in every unit, half of them stuck."""
    units, version, now = units_of(cohort.path), cohort.path.version, timezone.now()
    key = uuid.uuid4().hex
    users = User.objects.bulk_create(
        User(email=f"a{n}-{key}@agents.example.org", last_name=f"Nom{n}") for n in range(number)
    )
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            path=cohort.path, user=user, version=version, cohort=cohort, due=3,
            created_at=now - timezone.timedelta(days=40), last_unit=units[-1], last_at=now,
        )
        for user in users
    )  # fmt: skip
    began = now - timezone.timedelta(days=30)
    UnitProgress.objects.bulk_create(
        UnitProgress(
            enrolment=row, unit=unit, started_at=began, completed_at=now if n % 2 else None
        )
        for n, row in enumerate(rows)
        for unit in units
    )
    services.compute(cohort)


# -- Whose it is ----------------------------------------------------------------------------------


def test_a_trainer_sees_the_cohorts_on_which_they_are_named_and_no_other(client, cohort):
    other = make_cohort(UserFactory(role="trainer"), name="Une autre")
    shown = client.get(reverse("learning:cohorts"))
    assert [each for each, _title in shown.context["cohorts"]] == [cohort]
    assert client.get(reverse("learning:cohort", args=[cohort.uuid])).status_code == 200
    assert client.get(reverse("learning:cohort", args=[other.uuid])).status_code == 404


def test_the_national_team_sees_every_cohort(cohort):
    team = client_of(UserFactory(role="national-team"))
    assert len(team.get(reverse("learning:cohorts")).context["cohorts"]) == 1
    assert team.get(reverse("learning:cohort", args=[cohort.uuid])).status_code == 200


def test_no_longer_named_the_cohort_is_gone_at_once(client, cohort, me):
    cohort.trainers.remove(me)
    assert client.get(reverse("learning:cohort", args=[cohort.uuid])).status_code == 404


# -- What it shows --------------------------------------------------------------------------------


def test_every_figure_leads_to_as_many_people(client, cohort):
    first, second, _third = units_of(cohort.path)
    for number in range(3):
        row = make_learner(cohort)
        at_work(row, first, days=1, completed_at=timezone.now() if number else None)
    at_work(row, second, days=20)
    services.compute(cohort)
    base = reverse("learning:cohort", args=[cohort.uuid])
    page = client.get(base).context
    assert [(s.started, s.done) for s in page["chart"] and _stages(cohort)] == [
        (3, 2),
        (1, 0),
        (0, 0),
    ]
    for address, number in (
        (f"?etape={first.uuid}&stade=commencee", 3),
        (f"?etape={first.uuid}&stade=faite", 2),
        (f"?etape={first.uuid}&stade=en-cours", 1),
        (f"?etape={second.uuid}&stade=a-faire", 2),
        ("?repere=stuck", 1),
        ("?repere=tous", 1),
        ("?repere=aucun", 2),
        ("?etat=completed", 0),
    ):
        assert client.get(base + address).context["listing"].total == number, address


def _stages(cohort):
    from learning.following.queries import funnel

    return funnel(cohort)


def test_nothing_is_said_of_somebody_without_the_rule_that_says_so(client, cohort):
    at_work(make_learner(cohort), units_of(cohort.path)[0], days=20)
    services.compute(cohort)
    page = client.get(reverse("learning:cohort", args=[cohort.uuid])).content.decode()
    assert "Bloqué depuis le" in page
    assert "bloqué au bout de 14\xa0jours" in page or "bloqué au bout de 14 jours" in page
    assert "Calculé le" in page


def test_whoever_is_told_of_longest_comes_first(client, cohort):
    unit = units_of(cohort.path)[0]
    well, lately, long = (make_learner(cohort) for _ in range(3))
    at_work(lately, unit, days=15)
    at_work(long, unit, days=19)
    services.compute(cohort)
    listing = client.get(reverse("learning:cohort", args=[cohort.uuid])).context["listing"]
    assert list(listing.page.object_list) == [long, lately, well]


def test_a_cohort_of_a_thousand_asks_no_more_queries_than_one_of_ten(
    client, cohort, me, django_assert_max_num_queries
):
    many(cohort, 10)
    other = make_cohort(me, path=cohort.path)
    many(other, 1000)
    for each in (cohort, other):
        with django_assert_max_num_queries(25):
            client.get(reverse("learning:cohort", args=[each.uuid]))
    with django_assert_max_num_queries(25):
        client.get(reverse("learning:cohorts"))
