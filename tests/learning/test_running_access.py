"""Who runs which session: a trainer theirs, an operator's editor theirs, the national team all."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import SessionState
from learning.models import Registration, Session
from maisons.factories import CommuneFactory, DepartmentFactory, OperatorFactory

pytestmark = pytest.mark.django_db


def trainer(*scope):
    return UserFactory(role="trainer", scope=scope or ("national", ""))


def page_of(user, session, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse("learning:run-session", args=[session.uuid]), query)


def list_of(user, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse("learning:run-sessions"), query)


def test_a_trainer_runs_the_sessions_on_which_they_are_named_alone():
    me = trainer()
    mine, other = SessionFactory(trainer=me), SessionFactory(trainer=trainer())
    assert page_of(me, mine).status_code == 200
    assert page_of(me, other).status_code == 404
    assert list(Session.objects.run_by(me)) == [mine]


def test_a_trainer_of_a_department_prepares_its_sessions_without_seeing_who_comes():
    cantal = DepartmentFactory()
    me = trainer("department", cantal.code)
    session = SessionFactory(commune=CommuneFactory(department=cantal), state=SessionState.DRAFT)
    assert me.has_perm("learning.change_this_session", session)
    assert session in Session.objects.prepared_by(me)
    assert session in Session.objects.visible_to(me)
    assert page_of(me, session).status_code == 404


def test_a_trainer_of_a_region_prepares_the_sessions_of_its_departments():
    cantal = DepartmentFactory()
    me = trainer("region", cantal.region_id)
    session = SessionFactory(commune=CommuneFactory(department=cantal))
    assert session in Session.objects.prepared_by(me)


def test_an_operator_s_editor_runs_the_sessions_of_its_trainings_alone():
    operator, other = OperatorFactory(), OperatorFactory()
    me = UserFactory(role="operator-editor", scope=("operator", operator.code))
    theirs = SessionFactory(module=ModuleFactory(operator=operator, kind="operator"))
    elsewhere = SessionFactory(module=ModuleFactory(operator=other, kind="operator"))
    assert page_of(me, theirs).status_code == 200
    assert page_of(me, elsewhere).status_code == 404
    row = RegistrationFactory(session=theirs)
    assert row in Registration.objects.visible_to(me)


def test_rules_and_lists_agree():
    operator = OperatorFactory()
    cantal = DepartmentFactory()
    people = [
        trainer("department", cantal.code),
        UserFactory(role="operator-editor", scope=("operator", operator.code)),
        UserFactory(role="national-team"),
        UserFactory(role="prefecture-referent", scope=("department", cantal.code)),
        UserFactory(),
    ]
    sessions = [
        SessionFactory(trainer=people[0], commune=None),
        SessionFactory(module=ModuleFactory(operator=operator, kind="operator"), commune=None),
        SessionFactory(commune=CommuneFactory(department=cantal)),
        SessionFactory(state=SessionState.DRAFT, commune=None),
    ]
    for person in people:
        runs, prepares = Session.objects.run_by(person), Session.objects.prepared_by(person)
        for session in sessions:
            assert (session in runs) == person.has_perm("learning.run_session", session)
            assert (session in prepares) == person.has_perm("learning.change_this_session", session)


def test_adjustments_are_shown_to_the_trainers_named_alone():
    me, steering = trainer(), UserFactory(role="national-team")
    session = SessionFactory(trainer=me)
    RegistrationFactory(session=session, accommodations="Boucle magnétique")
    assert "Boucle magnétique" in page_of(me, session).content.decode()
    assert "Boucle magnétique" not in page_of(steering, session).content.decode()


def test_what_presses_comes_first():
    me = trainer()
    past = SessionFactory(trainer=me, starts_in=dt.timedelta(days=-9), state=SessionState.CLOSED)
    coming = SessionFactory(trainer=me)
    draft = SessionFactory(trainer=me, state=SessionState.DRAFT)
    held = SessionFactory(trainer=me, starts_in=dt.timedelta(days=-3))
    today = SessionFactory(trainer=me, starts_in=dt.timedelta(0))
    found = [(row, row.stage) for row in list_of(me).context["listing"].page]
    assert found == [
        (today, "today"),
        (draft, "announce"),
        (held, "countersign"),
        (coming, "coming"),
        (past, "past"),
    ]
    assert list(list_of(me, etape="announce").context["listing"].page) == [draft]


@pytest.mark.parametrize("count", [3, 300])
def test_my_sessions_cost_the_same_whatever_their_number(count, django_assert_max_num_queries):
    me = trainer()
    first = SessionFactory(trainer=me)
    Session.objects.bulk_create(
        Session(
            module=first.module,
            state=SessionState.OPEN,
            first_starts_at=first.first_starts_at,
            last_ends_at=first.last_ends_at,
            commune=first.commune,
        )
        for _number in range(count)
    )
    through = Session.trainers.through
    through.objects.bulk_create(
        through(session_id=pk, user_id=me.pk)
        for pk in Session.objects.exclude(pk=first.pk).values_list("pk", flat=True)
    )
    client = Client()
    client.force_login(me)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("learning:run-sessions")).status_code == 200


@pytest.mark.parametrize("count", [3, 120])
def test_who_comes_costs_the_same_whatever_their_number(count, django_assert_max_num_queries):
    me = trainer()
    session = SessionFactory(trainer=me, capacity=500)
    RegistrationFactory.create_batch(count, session=session)
    client = Client()
    client.force_login(me)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("learning:run-session", args=[session.uuid])).status_code == 200
