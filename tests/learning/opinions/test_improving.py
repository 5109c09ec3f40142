"""The list of units to improve: for those who write paths, and nothing under five answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.factories import UserFactory
from learning.assignments.factories import make_learner
from learning.models import UnitPage, UnitRating, UnitRatingReason
from learning.opinions import improving
from learning.paths.factories import make_path, units_of

pytestmark = pytest.mark.django_db


def rated(unit, people, liked, reason="long", words=""):
    """So many opinions on a unit, of which so many like it."""
    rows = UnitRating.objects.bulk_create(
        UnitRating(user=row.user, unit=unit, useful=n < liked, words=words)
        for n, row in enumerate(people)
    )
    UnitRatingReason.objects.bulk_create(
        UnitRatingReason(rating=row, reason=reason) for row in rows if not row.useful
    )


@pytest.fixture
def path():
    return make_path(title="Accueillir")


@pytest.fixture
def people(path):
    return [make_learner(path) for _n in range(5)]


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor")
    client.force_login(user)
    return user


def listed(client, **query):
    response = client.get(reverse("learning_units_to_improve"), query)
    return response, [line.page.title for line in response.context["rows"]]


def test_the_least_useful_come_first_and_lead_to_their_page(client, path, people, editor):
    first, second, third = units_of(path)
    rated(first, people, 3)
    rated(second, people, 1)
    rated(third, people, 5)
    response, titles = listed(client)
    assert titles == ["Étape 2", "Étape 1"]
    page = UnitPage.objects.get(translation_key=second.uuid)
    text = response.content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
    assert reverse("learning_unit_opinions", args=[second.uuid]) in text
    assert "Accueillir" in text


def test_a_reason_is_asked_for_and_a_wrong_one_gets_a_message(client, path, people, editor):
    first, second, third = units_of(path)
    rated(first, people, 3, "dated")
    rated(second, people, 1, "long")
    rated(third, people, 0, "dated")
    assert listed(client, reason="dated")[1] == ["Étape 3", "Étape 1"]
    response, titles = listed(client, reason="zz")
    assert (response.status_code, titles) == (400, [])


def test_under_five_answers_neither_the_list_nor_the_page_says_anything(
    client, path, people, editor
):
    unit = units_of(path)[0]
    rated(unit, people[:4], 0, words="Trop long")
    assert listed(client)[1] == []
    address = reverse("learning_unit_opinions", args=[unit.uuid])
    assert client.get(address).status_code == 404
    UnitRating.objects.create(user=people[4].user, unit=unit, useful=True)
    text = client.get(address).content.decode()
    assert text.count("Trop long") == 4
    assert str(people[0].user) not in text


def test_an_editor_of_other_pages_finds_none(path, people):
    rated(units_of(path)[0], people, 0)
    assert improving.lines(UserFactory(role="editor"))
    assert improving.lines(UserFactory()) == []


def test_more_units_cost_no_more_queries(client, people, editor):
    counts = []
    for number in (1, 12):
        for unit in units_of(make_path(*({} for _n in range(number)))):
            rated(unit, people, 0)
        listed(client)
        with CaptureQueriesContext(connection) as queries:
            listed(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
