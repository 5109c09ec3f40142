"""What rooms show below the content of a unit, and what the page of a unit may cost."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.factories import UserFactory
from learning.models import UnitProgress
from learning.paths import extras
from learning.paths.factories import make_enrolment, make_path, units_of
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
# Above an empty signed-in page.
BUDGET = 15


@pytest.fixture
def agent(client):
    user = UserFactory()
    MembershipFactory(user=user)
    client.force_login(user)
    return user


def address(path, unit):
    return f"{path.get_absolute_url()}etapes/{unit.uuid}/"


def test_a_part_is_shown_with_its_unit_and_its_enrolment(client, agent, monkeypatch):
    path = make_path()
    row, unit = make_enrolment(path, agent), units_of(path)[0]
    asked = []

    def part(request, place, enrolment):
        asked.append((place.uuid, enrolment))
        template = "components/notice.html"
        return {"title": "Ma partie", "template": template, "context": {}, "order": 1}

    monkeypatch.setattr(extras, "_providers", [part, lambda *_: None])
    assert "Ma partie" in client.get(address(path, unit)).content.decode()
    assert asked == [(str(unit.uuid), row)]


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_of_a_unit_keeps_within_its_budget(client, agent, settings, count):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    path = make_path(*[{}] * count)
    row, units = make_enrolment(path, agent), units_of(path)
    UnitProgress.objects.bulk_create(UnitProgress(enrolment=row, unit=unit) for unit in units)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(address(path, units[1])) - cost("/page-vide/") <= BUDGET
