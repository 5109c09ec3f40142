"""Who was granted terms of their own reads them on the page of their path, with who, when and why."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling.overrides import grant
from learning.models import Enrolment
from learning.paths.factories import make_enrolment, make_path, units_of
from maisons.factories import MembershipFactory
from tests.support.empty_page import URL as EMPTY

pytestmark = pytest.mark.django_db
DUE = timezone.localdate() + dt.timedelta(days=40)


@pytest.fixture
def row(client):
    person = MembershipFactory(user=UserFactory()).user
    client.force_login(person)
    return make_enrolment(make_path(), person)


@pytest.fixture
def trainer():
    return UserFactory(first_name="Rose", last_name="Tutrice")


def parts_of(client, row):
    return client.get(row.path.get_absolute_url()).context["parts"]


def test_what_was_granted_is_read_with_who_and_why(client, row, trainer):
    unit = units_of(row.path)[1]
    grant(row, by=trainer, reason="Congé", due_on=DUE)
    grant(row, by=trainer, reason="Panne du réseau", unit=unit, attempts=5, extra_minutes=15)
    [part] = parts_of(client, row)
    assert [unit for _act, unit in part["context"]["granted"]] == ["", "Étape 2"]
    text = client.get(row.path.get_absolute_url()).content.decode()
    said = text[text.index("accorde") :]
    for words in ("Rose Tutrice", "Congé", "Panne du réseau", "5 tentatives", "15 minutes de plus"):
        assert words in said


def test_the_last_terms_alone_are_read_and_none_once_taken_back(client, row, trainer):
    grant(row, by=trainer, reason="Congé", attempts=3)
    grant(row, by=trainer, reason="Congé prolongé", attempts=4)
    [part] = parts_of(client, row)
    assert [act.attempts for act, _unit in part["context"]["granted"]] == [4]
    grant(row, by=trainer, reason="Comme tout le monde")
    assert parts_of(client, row) == []


def test_nothing_of_the_terms_of_others_nor_once_the_path_is_over(client, row, trainer):
    other = make_enrolment(row.path)
    grant(other, by=trainer, reason="Congé", attempts=3)
    assert parts_of(client, row) == []
    grant(row, by=trainer, reason="Congé", attempts=3)
    Enrolment.objects.filter(pk=row.pk).update(state=Enrolment.State.COMPLETED)
    assert parts_of(client, row) == []


def test_the_page_of_a_path_costs_as_much_for_many_terms_and_fifteen_at_most(
    client, trainer, settings
):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    person = MembershipFactory(user=UserFactory()).user
    client.force_login(person)
    row = make_enrolment(make_path(*({} for _ in range(8))), person)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    page = row.path.get_absolute_url()
    grant(row, by=trainer, reason="Congé", due_on=DUE)
    one = cost(page)
    for unit in units_of(row.path):
        grant(row, by=UserFactory(), reason="Congé", unit=unit, attempts=3)
    assert cost(page) == one <= cost(EMPTY) + 15
