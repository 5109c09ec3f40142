"""A file of people: a report line by line, then all are enrolled or nobody, unless asked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import UserFactory
from learning.enrolling import lists
from learning.enrolling.lists import Incomplete
from learning.following.factories import make_cohort
from learning.models import Enrolment
from learning.paths.factories import make_enrolment, make_path
from maisons.factories import MaisonFactory, MembershipFactory
from maisons.services import end_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def maison():
    return MaisonFactory(name="Maison d’Ayen")


@pytest.fixture
def manager(maison):
    return MembershipFactory(user=UserFactory(), maison=maison, role="manager").user


@pytest.fixture
def path():
    return make_path()


def agent(maison, first="Lou", last="Exemple"):
    person = UserFactory(first_name=first, last_name=last)
    return MembershipFactory(user=person, maison=maison).user


def read(path, by, *lines, header="courriel;échéance", **more):
    content = "\n".join([header, *lines]).encode()
    return lists.read(path, SimpleUploadedFile("liste.csv", content), by=by, **more)


def verdicts(batch):
    return list(batch.rows.values_list("line", "verdict"))


def test_each_line_has_its_verdict_and_reason_and_nobody_is_enrolled_yet(path, manager, maison):
    person, there, stranger = agent(maison), agent(maison), UserFactory()
    make_enrolment(path, there)
    batch = read(
        path,
        manager,
        f"{person.email};31/12/2030",
        f"{there.email};",
        f"{stranger.email};",
        f"{person.email};",
        f"{agent(maison).email};le 31 du mois",
    )
    assert verdicts(batch) == [
        (2, "good"),
        (3, "already"),
        (4, "rejected"),
        (5, "rejected"),
        (6, "rejected"),
    ]
    reasons = list(batch.rows.values_list("reason", flat=True))
    # A manager does not learn from a file who has an account elsewhere.
    assert str(stranger) not in reasons[2]
    assert "2" in reasons[3] and "31/12/2026" in reasons[4]
    assert not Enrolment.objects.filter(user=person).exists()


def test_the_report_shows_the_lines_of_one_verdict(path, manager, maison, client):
    batch = read(path, manager, f"{agent(maison).email};", "x@example.org;", "y@example.org;")
    client.force_login(manager)
    address = reverse("learning:enrol-batch", args=[batch.uuid])
    assert 'href="?resultat=rejected#lignes"' in client.get(address).text
    answer = client.get(address, {"resultat": "rejected"})
    assert [row.line for row in answer.context["listing"].page] == [3, 4]
    # What the figures say stays of the whole file, and a verdict that does not exist is said to be none.
    assert answer.context["counts"] == {"good": 1, "rejected": 2}
    wrong = client.get(address, {"resultat": "nulle part"})
    assert len(wrong.context["listing"].page) == 3 and "Ce choix" in wrong.text


def test_all_or_nobody_unless_asked(path, manager, maison):
    person = agent(maison)
    batch = read(path, manager, f"{person.email};31/12/2030", "personne@example.org;")
    with pytest.raises(Incomplete):
        lists.write(batch, by=manager)
    assert not Enrolment.objects.exists()
    lists.write(batch, by=manager, partly=True)
    lists.write(batch, by=manager, partly=True)
    row = Enrolment.objects.get()
    assert (row.user, row.source, row.due_on) == (person, "import", dt.date(2030, 12, 31))
    assert verdicts(batch) == [(2, "done"), (3, "rejected")]


def test_a_membership_that_ended_since_the_file_was_read_stops_the_whole(path, manager, maison):
    stays, leaves = agent(maison), agent(maison)
    batch = read(path, manager, f"{stays.email};", f"{leaves.email};")
    end_membership(leaves.memberships.get(), by=UserFactory(role="national-team"))
    with pytest.raises(Incomplete) as raised:
        lists.write(batch, by=manager)
    assert "3" in " ".join(raised.value.messages) and not Enrolment.objects.exists()


def test_the_national_team_names_anybody_by_name_and_maison_into_a_cohort(path, maison):
    national = UserFactory(role="national-team")
    person = agent(maison, "Élie", "Modèle")
    cohort = make_cohort(path=path, due_on=dt.date(2031, 1, 31))
    batch = read(
        path,
        national,
        "MODELE;elie;maison d'ayen",
        header="nom,prénom,maison".replace(",", ";"),
        cohort=cohort,
    )
    assert verdicts(batch) == [(2, "good")]
    lists.write(batch, by=national)
    row = Enrolment.objects.get(user=person)
    assert (row.cohort, row.due_on) == (cohort, cohort.due_on)


def test_a_trainer_names_only_the_people_of_their_department(path, maison):
    elsewhere = agent(MaisonFactory(commune__code="23096", commune__department__code="23"))
    trainer = UserFactory(role="trainer", scope=("department", maison.commune.department_id))
    cohort = make_cohort(trainer, path=path)
    batch = read(path, trainer, f"{agent(maison).email};", f"{elsewhere.email};", cohort=cohort)
    assert [verdict for _line, verdict in verdicts(batch)] == ["good", "rejected"]


@given(st.dates(min_value=dt.date(2100, 1, 1), max_value=dt.date(2900, 1, 1)))
def test_a_date_reads_alike_however_it_is_written(day):
    forms = (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}")
    assert {lists.read_date(said) for said in (*forms, day.isoformat())} == {day}


@given(st.text(max_size=12))
def test_what_is_no_date_is_refused_and_never_fails(said):
    try:
        found = lists.read_date(said)
    except ValidationError:
        return
    assert found is None or found >= timezone.localdate()
