"""The screens: who may open them, what they say before anything is written, and what they cost."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from learning.enrolling.overrides import terms_for
from learning.following.factories import make_cohort
from learning.models import Cohort, Enrolment, ReminderPlan
from learning.paths.factories import make_enrolment, make_path
from learning.quizzes.factories import make_quiz
from maisons.factories import MaisonFactory, MembershipFactory
from maisons.models import Membership

pytestmark = pytest.mark.django_db
TEAM = "/espace-pro/equipe/parcours/inscrire/"
NEW = "/espace-pro/cohortes/nouvelle/"


@pytest.fixture
def maison():
    return MaisonFactory(name="Maison d’Ayen")


@pytest.fixture
def manager(maison):
    return MembershipFactory(user=UserFactory(), maison=maison, role="manager").user


@pytest.fixture
def trainer(maison):
    return UserFactory(role="trainer", scope=("department", maison.commune.department_id))


def post(client, url, **data):
    return client.post(url, {key: value for key, value in data.items() if value is not None})


def test_a_manager_enrols_people_in_paths_and_reads_what_became_of_each(client, manager, maison):
    path, other = make_path(title="Un"), make_path(title="Deux")
    first, second = (MembershipFactory(user=UserFactory(), maison=maison) for _ in range(2))
    stranger = MembershipFactory(user=UserFactory(), maison=MaisonFactory())
    client.force_login(manager)
    due = timezone.localdate() + dt.timedelta(days=30)
    chosen = [row.uuid for row in (first, second, stranger)]
    answer = client.post(
        TEAM, {"chosen": chosen, "paths": [path.uuid, other.uuid], "due_on": due.isoformat()}
    )
    assert answer.status_code == 200
    assert [len(outcomes) for _title, outcomes in answer.context["results"]] == [2, 2]
    assert Enrolment.objects.filter(due_on=due, enrolled_by=manager).count() == 4
    assert not Enrolment.objects.filter(user=stranger.user).exists()
    assert client.post(TEAM, {"chosen": chosen}).status_code == 422


def test_what_a_rule_does_is_read_before_it_is_saved(client, trainer, maison):
    path = make_path()
    person = MembershipFactory(user=UserFactory(first_name="Lou"), maison=maison).user
    client.force_login(trainer)
    asked = {"path": path.uuid, "name": "Printemps", "maisons": "maison d'AYEN", "save": "1"}
    answer = client.post(NEW, asked)
    assert answer.context["preview"].enter == [person] and not Cohort.objects.exists()
    assert "Lou" in answer.content.decode()
    # Somebody arrived meanwhile: another number is shown first.
    MembershipFactory(user=UserFactory(), maison=maison)
    assert client.post(NEW, asked | {"confirmed": "1"}).status_code == 200
    assert not Cohort.objects.exists()
    answer = client.post(NEW, asked | {"confirmed": "2"})
    cohort = Cohort.objects.get()
    assert answer.url == reverse("learning:cohort-members", args=[cohort.uuid])
    assert (list(cohort.trainers.all()), cohort.enrolments.count()) == ([trainer], 2)


def test_a_trainer_reaches_no_further_than_their_department(client, trainer):
    path = make_path()
    far = MaisonFactory(
        name="Maison du bout", commune__code="23096", commune__department__code="23"
    )
    client.force_login(trainer)
    for asked in ({"maisons": far.name}, {"role": "agent"}, {"departments": "23"}):
        answer = client.post(NEW, {"path": path.uuid, "name": "Loin", "save": "1", **asked})
        assert answer.status_code == 422
    assert not Cohort.objects.exists()


def test_the_members_of_a_cohort_are_for_its_trainers_alone(client, trainer, maison):
    cohort = make_cohort(trainer)
    url = reverse("learning:cohort-members", args=[cohort.uuid])
    row = make_enrolment(cohort.path, cohort=cohort)
    elsewhere = make_enrolment(cohort.path)
    client.force_login(trainer)
    assert client.get(url).status_code == 200
    assert client.get(f"{url}{row.uuid}/").status_code == 200
    assert client.get(f"{url}{elsewhere.uuid}/").status_code == 404
    client.force_login(UserFactory(role="trainer"))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("where", ["members", "team"])
def test_a_name_and_a_choice_narrow_a_list_together(client, trainer, manager, maison, where):
    """One form: what was searched stays when the list is narrowed, and each can be taken away."""
    cohort = make_cohort(trainer)
    for name, state in (("Lou", "active"), ("Lou", "left"), ("Ada", "active")):
        make_enrolment(cohort.path, UserFactory(first_name=name), cohort=cohort, state=state)
    MembershipFactory(user=UserFactory(first_name="Lou"), maison=maison)
    url = reverse("learning:cohort-members", args=[cohort.uuid]) if where == "members" else TEAM
    client.force_login(trainer if where == "members" else manager)
    page = client.get(f"{url}?q=Lou&etat=active" if where == "members" else f"{url}?q=Lou")
    assert page.context["listing"].total == 1
    text = page.content.decode()
    (form,) = re.findall(r'<form class="filters".*?</form>', text, re.DOTALL)
    assert 'name="q"' in form and 'value="Lou"' in form
    if where == "members":
        assert "En cours (1)" in form and 'name="etat"' in form
        assert 'href="?q=Lou"' in text and 'href="?etat=active"' in text


def test_a_trainer_grants_terms_for_a_unit_and_takes_somebody_out_and_back(client, trainer):
    path, unit = make_quiz()
    cohort = make_cohort(trainer, path=path)
    row = make_enrolment(path, cohort=cohort)
    url = reverse("learning:cohort-terms", args=[cohort.uuid, row.uuid])
    client.force_login(trainer)
    assert post(client, url, unit=unit.uuid, attempts="4", reason="").status_code == 422
    assert post(client, url, unit=unit.uuid, attempts="4", reason="Panne").status_code == 302
    assert terms_for(Enrolment.objects.get(pk=row.pk), unit).attempts == 4
    client.post(f"{url}retirer/", {"act-reason": "Mutation"})
    assert Enrolment.objects.get(pk=row.pk).state == "left"
    client.post(f"{url}reprendre/", {"act-reason": "De retour"})
    assert Enrolment.objects.get(pk=row.pk).state == "active"
    assert "Mutation" in client.get(url).content.decode()


def test_reminders_of_a_cohort_are_its_own_only_when_asked(client, trainer):
    cohort = make_cohort(trainer)
    url = reverse("learning:cohort-reminders", args=[cohort.uuid])
    client.force_login(trainer)
    asked = {
        "first_before": 14,
        "second_before": 2,
        "on_the_day": "on",
        "after": 7,
        "inactive": 30,
        "expiry": 0,
    }
    client.post(url, asked)
    assert not ReminderPlan.objects.exists()
    client.post(url, asked | {"own": "on"})
    assert ReminderPlan.objects.get(cohort=cohort).inactive == 30
    assert client.post(url, asked | {"own": "on", "second_before": 20}).status_code == 422
    client.post(url, asked)
    assert not ReminderPlan.objects.exists()


def test_somebody_is_found_within_reach_and_taken_in(client, trainer, maison):
    cohort = make_cohort(trainer)
    person = MembershipFactory(user=UserFactory(last_name="Modèle"), maison=maison).user
    far = UserFactory(last_name="Modèle")
    place = MaisonFactory(commune__code="23096", commune__department__code="23")
    MembershipFactory(user=far, maison=place)
    url = reverse("learning:cohort-add", args=[cohort.uuid])
    client.force_login(trainer)
    assert client.get(url, {"q": "modele"}).context["found"] == [person]
    for who in (person, far):
        client.post(url, {"person": who.uuid})
    assert [row.user for row in cohort.enrolments.all()] == [person]


@pytest.mark.parametrize("people", [10, 1000])
def test_the_pages_cost_the_same_with_ten_and_a_thousand(client, people, manager, maison, trainer):
    cohort = make_cohort(trainer)
    rows = User.objects.bulk_create(
        User(email=f"{n}@agents.example.org", first_name="A", last_name=f"N{n}")
        for n in range(people)
    )
    Membership.objects.bulk_create(Membership(user=row, maison=maison) for row in rows)
    version = cohort.path.version
    Enrolment.objects.bulk_create(
        Enrolment(path=cohort.path, version=version, user=row, cohort=cohort) for row in rows
    )
    members = reverse("learning:cohort-members", args=[cohort.uuid])
    one = reverse("learning:cohort-terms", args=[cohort.uuid, Enrolment.objects.first().uuid])
    for user, url in ((manager, TEAM), (trainer, members), (trainer, one), (trainer, NEW)):
        client.force_login(user)
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        assert len(caught) <= 25, (url, len(caught))
