"""The page of a unit, whatever its type, costs an agent at most fifteen queries above an empty page."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.factories import UserFactory
from learning.assignments.factories import hand_in, make_assignment, make_cohort
from learning.factories import ModuleFactory, SessionFactory
from learning.models import UnitPage, UnitProgress
from learning.notes import services as notes
from learning.paths import structure
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.quizzes.factories import make_question, make_quiz, start
from learning.webinars.factories import make_replay, page_of, recording
from maisons.factories import MembershipFactory
from tests.support.empty_page import URL as EMPTY

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def agent():
    return MembershipFactory(user=UserFactory()).user


def path_of(kind, value, **fields):
    content = UnitPage._meta.get_field("content").to_python([{"type": kind, "value": value}])
    path = make_path({"content": content, **fields}, {})
    return path, units_of(path)[0]


def assignment():
    return make_assignment()


def quiz():
    return make_quiz(*(make_question() for _ in range(6)))


def video():
    value = {"video": recording().pk, "title": "Visite", "caption": ""}
    return path_of("video", {"recording": value, "introduction": ""})


def replay():
    return path_of("replay", {"webinar": page_of(make_replay()).pk, "introduction": ""})


def session():
    module = ModuleFactory()
    for days in (3, 9, 20):
        SessionFactory(module=module, starts_in=dt.timedelta(days=days))
    return path_of("session", {"module": module.pk, "introduction": ""})


def text():
    return path_of("text", {"body": [{"type": "rich_text", "value": "<p>Lisez.</p>"}]})


KINDS = [assignment, quiz, video, replay, session, text]


def cost(client, address):
    """The queries of a page that nobody has opened lately."""
    client.get(address)
    cache.clear()
    structure.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_fifteen_queries_above_an_empty_page(client, agent, settings, kind):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    path, unit = kind()
    cohort = make_cohort(path, UserFactory())
    row = make_enrolment(path, agent, cohort=cohort)
    UnitProgress.objects.create(enrolment=row, unit=unit)
    notes.save(agent, unit, "À relire", revision=0, key=row.uuid)
    if kind is assignment:
        hand_in(row, unit)
    if kind is quiz:
        start(row, unit)
    client.force_login(agent)
    found = cost(client, f"{path.get_absolute_url()}etapes/{unit.uuid}/")
    above = len(found) - len(cost(client, EMPTY))
    assert above <= MOST, f"{above}\n" + "\n".join(sql[:220] for sql in found)
