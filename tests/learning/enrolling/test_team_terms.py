"""A manager grants terms to the people of their team, online, while the membership lasts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling.overrides import terms_for
from learning.following.factories import make_cohort
from learning.models import Enrolment, EnrolmentAct
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.quizzes.factories import make_quiz
from maisons.factories import MembershipFactory
from maisons.models import Membership

pytestmark = pytest.mark.django_db
TEAM = "/espace-pro/equipe/parcours/"
DUE = timezone.localdate() + dt.timedelta(days=40)


@pytest.fixture
def manager():
    person = UserFactory(first_name="Rose", last_name="Direction")
    return MembershipFactory(user=person, role="manager").user


@pytest.fixture
def member(manager):
    maison = manager.memberships.get().maison
    return MembershipFactory(user=UserFactory(last_name="Équipe"), maison=maison)


@pytest.fixture
def row(member):
    return make_enrolment(make_path(), member.user)


def page_of(row):
    return reverse("learning:team-terms", args=[row.uuid])


def grants(client, row, **said):
    return client.post(page_of(row), {"due_on": DUE.isoformat(), "reason": "Congé", **said})


def test_a_manager_grants_a_date_from_the_page_of_the_team(client, manager, row):
    client.force_login(manager)
    assert page_of(row) in client.get(TEAM).content.decode()
    assert grants(client, row).status_code == 302
    assert Enrolment.objects.get(pk=row.pk).due_on == DUE
    act = EnrolmentAct.objects.get()
    assert (act.by, act.reason) == (manager, "Congé")


def test_who_granted_what_and_when_is_read_by_manager_and_trainer(client, manager, member):
    trainer = UserFactory(role="trainer")
    path, unit = make_quiz()
    cohort = make_cohort(trainer, path=path)
    row = make_enrolment(path, member.user, cohort=cohort)
    client.force_login(manager)
    grants(client, row, unit=str(unit.uuid), attempts="4")
    assert terms_for(Enrolment.objects.get(pk=row.pk), unit).attempts == 4
    followed = reverse("learning:cohort-person", args=[cohort.uuid, row.uuid])
    for reader, url in ((manager, page_of(row)), (trainer, followed)):
        client.force_login(reader)
        text = client.get(url).content.decode()
        assert "Rose Direction" in text
        assert "Congé" in text


def test_the_person_is_told_of_the_new_date(client, manager, row):
    client.force_login(manager)
    grants(client, row)
    assert row.user.notifications.filter(kind="learning.path-due").exists()


def test_no_longer_once_the_membership_has_ended(client, manager, member, row):
    Membership.objects.filter(pk=member.pk).update(ends_at=timezone.now())
    client.force_login(manager)
    assert client.get(page_of(row)).status_code == 404
    assert grants(client, row).status_code == 404
    assert not EnrolmentAct.objects.exists()


def test_neither_to_strangers_nor_to_oneself(client, manager, row):
    client.force_login(manager)
    for other in (make_enrolment(row.path), make_enrolment(row.path, manager)):
        assert client.get(page_of(other)).status_code == 404
        assert grants(client, other).status_code == 404


def test_agents_and_trainers_grant_nothing_there(client, member, row):
    for person in (member.user, UserFactory(role="trainer")):
        client.force_login(person)
        assert grants(client, row).status_code == 403
    assert not EnrolmentAct.objects.exists()


def test_a_date_that_is_past_and_a_path_that_is_over_are_refused(client, manager, row):
    client.force_login(manager)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert grants(client, row, due_on=yesterday.isoformat()).status_code == 422
    Enrolment.objects.filter(pk=row.pk).update(state=Enrolment.State.COMPLETED)
    assert client.get(page_of(row)).context["form"] is None
    assert grants(client, row).status_code == 403


def test_a_trainer_reaches_the_terms_from_the_list_and_from_the_person(client, row):
    trainer = UserFactory(role="trainer")
    cohort = make_cohort(trainer, path=row.path)
    Enrolment.objects.filter(pk=row.pk).update(cohort=cohort)
    terms = reverse("learning:cohort-terms", args=[cohort.uuid, row.uuid])
    client.force_login(trainer)
    for name, args in (("cohort", [cohort.uuid]), ("cohort-person", [cohort.uuid, row.uuid])):
        assert terms in client.get(reverse(f"learning:{name}", args=args)).content.decode()


def test_a_trainer_grants_nothing_to_themselves(client):
    trainer = UserFactory(role="trainer")
    cohort = make_cohort(trainer)
    own = make_enrolment(cohort.path, trainer, cohort=cohort)
    client.force_login(trainer)
    url = reverse("learning:cohort-terms", args=[cohort.uuid, own.uuid])
    assert client.post(url, {"reason": "Moi", "attempts": "9"}).status_code == 403
    assert client.get(url).context["form"] is None


def test_as_few_queries_for_a_page_of_people(client, manager, member, row):
    path = make_path()

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(TEAM).status_code == 200
        return len(caught)

    client.force_login(manager)
    client.get(TEAM)
    one = cost()
    for _ in range(6):
        held = MembershipFactory(user=UserFactory(), maison=member.maison)
        make_enrolment(path, held.user)
    assert cost() == one <= 25


def test_a_form_that_grants_nothing_says_so_and_keeps_what_was_written(client, manager, row):
    client.force_login(manager)
    answer = client.post(page_of(row), {"unit": "", "reason": "Congé de printemps"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "rien ne change" in text and "Congé de printemps" in text
    assert not EnrolmentAct.objects.filter(kind=EnrolmentAct.Kind.TERMS).exists()


def test_attempts_and_time_are_granted_where_they_are_counted(client, manager, member, row):
    """A text has no attempts: granting some would promise what nothing keeps."""
    client.force_login(manager)
    unit = units_of(row.path)[0]
    for said, why in (
        ({"unit": str(unit.uuid), "attempts": "4"}, "n’y sont pas comptées"),
        ({"extra_minutes": "10"}, "n’y est pas compté"),
    ):
        answer = client.post(page_of(row), {**said, "reason": "Panne"})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    path, quiz = make_quiz()
    other = make_enrolment(path, member.user)
    for unit in ("", str(quiz.uuid)):
        said = {"unit": unit, "attempts": "4", "extra_minutes": "10", "reason": "Panne"}
        assert client.post(page_of(other), said).status_code == 302
