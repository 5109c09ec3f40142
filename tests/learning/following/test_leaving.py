"""What leaves the screens of a cohort: messages, files, a person's own data; to whom it may go alone."""

import csv
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from cms.models import OutboxMessage
from learning.following import messages, services
from learning.following.factories import at_work, make_cohort, make_flag, make_learner
from learning.following.personal import PersonalData
from learning.models import CohortMessage, Flag, FlagEvent
from learning.paths.factories import units_of
from maisons.factories import MembershipFactory

from .test_screens import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(role="trainer")


@pytest.fixture
def client(me):
    return client_of(me)


@pytest.fixture
def cohort(me):
    return make_cohort(me)


# -- Messages -------------------------------------------------------------------------------------


def write(client, cohort, **said):
    values = {"token": uuid.uuid4(), "subject": "Point", "text": "Bonjour", **said}
    return client.post(reverse("learning:cohort-write", args=[cohort.uuid]), values)


def test_a_list_is_read_over_then_each_gets_one_mail_of_their_own(client, cohort):
    told, well = make_learner(cohort), make_learner(cohort)
    make_flag(told)
    token = uuid.uuid4()
    preview = write(client, cohort, token=token, filters="repere=inactive")
    assert preview.context["preview"] and list(preview.context["rows"]) == [told]
    assert not CohortMessage.objects.exists()
    for _twice in range(2):
        write(client, cohort, token=token, filters="repere=inactive", send="1")
    message = CohortMessage.objects.get()
    assert list(message.recipients.all()) == [told] and message.audience == "Sans activité"
    for _twice in range(2):
        messages.deliver.func(message.pk)
    [mail] = OutboxMessage.objects.filter(to=told.user.email)
    assert "Bonjour" in mail.text and not OutboxMessage.objects.filter(to=well.user.email).exists()


def test_those_ticked_are_written_to_and_nobody_of_another_cohort(client, cohort):
    row = make_learner(cohort)
    stranger = make_learner(make_cohort(path=cohort.path))
    write(client, cohort, chosen=[row.uuid, stranger.uuid], send="1")
    assert list(CohortMessage.objects.get().recipients.all()) == [row]


def test_nobody_to_write_to_sends_nothing(client, cohort):
    assert write(client, cohort, send="1").status_code == 409
    assert not CohortMessage.objects.exists()


def test_a_trainer_who_is_not_named_writes_to_nobody(cohort):
    make_learner(cohort)
    other = client_of(UserFactory(role="trainer"))
    assert write(other, cohort, send="1").status_code == 404
    assert not CohortMessage.objects.exists()


# -- Files ----------------------------------------------------------------------------------------


def file(client, code, cohort, **more):
    return client.get(f"/exports/{code}/", {"cohorte": cohort.uuid, **more})


def lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_people_leave_with_a_column_for_each_unit_and_the_rules_in_words(client, cohort):
    first, second, _third = units_of(cohort.path)
    row = make_learner(cohort, UserFactory(first_name="Nour", last_name="Abadie"))
    MembershipFactory(user=row.user)
    at_work(row, first, days=30, completed_at=timezone.now(), score=0.8)
    at_work(row, second, days=20)
    services.compute(cohort)
    line = lines(file(client, "cohorte-personnes", cohort))[0]
    assert line["Nom"] == "Abadie"
    assert line["1. Étape 1"].endswith("(80 %)") and line["2. Étape 2"] and not line["3. Étape 3"]
    assert "14 jours" in line["Règles qui le disent"]


def test_the_file_holds_whom_the_list_shows(client, cohort):
    told = make_learner(cohort, UserFactory(last_name="Abadie"))
    make_learner(cohort)
    make_flag(told)
    found = lines(file(client, "cohorte-personnes", cohort, repere="inactive"))
    assert [line["Nom"] for line in found if not line["Nom"].startswith("#")] == ["Abadie"]


def test_what_was_set_aside_is_said_to_be_so_in_the_file_too(client, cohort):
    flag = make_flag(make_learner(cohort))
    (line, *_about) = lines(file(client, "cohorte-personnes", cohort))
    assert line["Sans activité depuis"] and "21 jours" in line["Règles qui le disent"]
    services.mute(flag, days=10, reason="Congé", by=UserFactory())
    (line, *_about) = lines(file(client, "cohorte-personnes", cohort))
    assert not line["Sans activité depuis"] and "21 jours" not in line["Règles qui le disent"]
    assert "mis de côté jusqu’au" in line["Règles qui le disent"]


def test_progress_leaves_line_by_line(client, cohort):
    row = make_learner(cohort)
    for unit in units_of(cohort.path)[:2]:
        at_work(row, unit, days=3)
    found = lines(file(client, "cohorte-progression", cohort))
    assert [line["Étape"] for line in found[:2]] == ["Étape 1", "Étape 2"]


@pytest.mark.parametrize("code", ["cohorte-personnes", "cohorte-progression"])
def test_files_of_a_cohort_are_for_its_trainers_alone(client, cohort, code):
    make_learner(cohort)
    make_cohort(other := UserFactory(role="trainer"), path=cohort.path)
    assert file(client, code, cohort, format="xlsx").status_code == 200
    assert file(client_of(other), code, cohort).status_code == 404
    assert file(client_of(UserFactory()), code, cohort).status_code == 404
    assert file(client_of(UserFactory(role="national-team")), code, cohort).status_code == 200


# -- One's own data -------------------------------------------------------------------------------


def test_the_person_gets_what_was_said_of_them_and_erasing_leaves_no_word_about_them(cohort, me):
    row = make_learner(cohort)
    services.mute(make_flag(row), days=5, reason="En congé", by=me)
    exported = PersonalData().export(row.user)["said_of_my_progress"]
    assert exported[0]["reason"] == "En congé"
    PersonalData().erase(row.user)
    assert not Flag.objects.exists() and FlagEvent.objects.get().reason == ""


# -- Panels ---------------------------------------------------------------------------------------


def test_my_training_shows_a_trainer_their_cohorts_and_costs_others_nothing(
    client, cohort, django_assert_num_queries
):
    make_flag(make_learner(cohort))
    page = client.get(reverse("learning:mine")).content.decode()
    assert cohort.name in page and "1 personne à accompagner" in page
    agent = client_of(UserFactory())
    assert cohort.name not in agent.get(reverse("learning:mine")).content.decode()
