"""Past attendance from CSV: each rejected line with its reason, all or nothing, once, undone whole."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from accounts.models import Notification
from cms.models import OutboxMessage
from learning.closing import past
from learning.closing.factories import CertificateFactory
from learning.closing.lines import Wrong, parse_dates
from learning.factories import ModuleFactory
from learning.kinds import ImportState, SessionState
from learning.models import Registration, Session, TrainingEvidence
from maisons.factories import CommuneFactory, MaisonFactory, MembershipFactory

pytestmark = pytest.mark.django_db
HEADER = "Module;Dates;Ville;Courriel;Nom;Maison;Demi-journées suivies;Demi-journées prévues;Type"


@pytest.fixture(autouse=True)
def module():
    return ModuleFactory(title="Accueil et médiation", slug="accueil")


@pytest.fixture(autouse=True)
def city():
    return CommuneFactory(code="15014", name="Aurillac")


@pytest.fixture
def national():
    return UserFactory(role="national-team")


@pytest.fixture
def people():
    maison = MaisonFactory(name="Maison d’Ayen")
    found = [UserFactory(email=f"agent{n}@example.org", last_name=f"Agent{n}") for n in range(3)]
    for user in found:
        MembershipFactory(user=user, maison=maison)
    return found


def line(email="agent0@example.org", attended="4", **given):
    cells = {"module": "Accueil et médiation", "dates": "04/10/2016 et 05/10/2016"}
    cells |= {"city": "Aurillac", "email": email, "name": "", "maison": "Maison d’Ayen"}
    cells |= {"attended": attended, "due": "4", "kind": ""} | given
    return ";".join(cells.values())


def file(*lines):
    return SimpleUploadedFile("anciens.csv", "\n".join([HEADER, *lines]).encode())


def stage(national, *lines):
    return past.stage(file(*lines), by=national)


def problems(source):
    return dict(source.rows.exclude(problem="").values_list("line", "problem"))


def test_lines_of_one_session_make_one_closed_session(national, people):
    source = stage(
        national, line(), line("agent1@example.org", "2"), line("agent2@example.org", "0")
    )
    assert not problems(source)
    past.apply(source, by=national)
    session = Session.objects.get()
    assert session.state == SessionState.CLOSED and session.city == "Aurillac"
    assert [d.local_start.date().day for d in session.current_dates] == [4, 5]
    rows = Registration.objects.order_by("user__email")
    assert [(row.outcome, row.half_days_present, row.half_days_due) for row in rows] == [
        ("attended", 4, 4),
        ("partly", 2, 4),
        ("absent", 0, 4),
    ]
    assert TrainingEvidence.objects.standing().get().date == dt.date(2016, 10, 5)


def test_nobody_is_told(national, people):
    past.apply(stage(national, line()), by=national)
    assert not Notification.objects.exists() and not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"module": "Inconnu"}, "Inconnu"),
        ({"dates": "le 4"}, "le 4"),
        ({"dates": ""}, "04/10/2016"),
        ({"dates": "31/12/2999"}, "terminée"),
        ({"city": "Nulle part"}, "Nulle part"),
        ({"email": "personne@example.org"}, "personne@example.org"),
        ({"email": "", "maison": ""}, "courriel"),
        ({"email": "", "name": "Camille Inconnue"}, "Camille Inconnue"),
        ({"maison": "Autre Maison"}, "Autre Maison"),
        ({"attended": "5"}, "Plus"),
        ({"attended": "quatre"}, "quatre"),
        ({"due": "0", "attended": "0"}, "1"),
        ({"kind": "autre"}, "autre"),
    ],
)
def test_a_line_that_is_wrong_says_why_with_its_number(national, people, given, says):
    source = stage(national, line("agent1@example.org"), line(**given))
    [(number, problem)] = problems(source).items()
    assert number == 3 and says in problem
    with pytest.raises(past.CannotImport):
        past.apply(source, by=national)
    assert not Registration.objects.exists()


def test_the_rest_is_written_when_it_is_asked_for(national, people):
    source = stage(national, line(), line(attended="9"))
    assert past.apply(source, by=national, without_rejected=True).imported == 1


def test_somebody_is_known_by_name_and_maison(national, people):
    past.apply(stage(national, line("", name="AGENT1 Camille")), by=national)
    assert Registration.objects.get().user == people[1]


def test_two_communes_of_one_name_are_told_apart_by_department(national, people):
    from maisons.factories import DepartmentFactory

    CommuneFactory(code="19010", name="Aurillac", department=DepartmentFactory(code="19"))
    source = stage(national, line(), line("agent1@example.org", city="Aurillac (15)"))
    assert list(problems(source)) == [2] and "Aurillac (15)" in problems(source)[2]


def test_the_same_person_twice_is_one_line_too_many(national, people):
    assert list(problems(stage(national, line(), line()))) == [3]


def test_the_same_file_twice_imports_nothing_twice(national, people):
    past.apply(stage(national, line()), by=national)
    again = stage(national, line())
    assert again.rows.get().known
    with pytest.raises(past.CannotImport):
        past.apply(again, by=national)
    past.apply(stage(national, line(), line("agent1@example.org")), by=national)
    assert (Session.objects.count(), Registration.objects.count()) == (1, 2)


def test_writing_twice_is_writing_once(national, people):
    source = stage(national, line())
    past.apply(source, by=national)
    past.apply(source, by=national)
    assert Registration.objects.count() == 1


def test_a_session_held_on_the_site_is_corrected_there(national, people):
    past.apply(stage(national, line()), by=national)
    Session.objects.get().attendance_imports.clear()
    source = stage(national, line("agent1@example.org"))
    assert list(problems(source)) == [2]


def test_an_import_is_undone_as_a_whole(national, people):
    source = past.apply(stage(national, line(), line("agent1@example.org")), by=national)
    past.undo(source, by=national)
    source.refresh_from_db()
    assert source.state == ImportState.UNDONE
    assert not Session.objects.exists() and not Registration.objects.exists()
    assert not TrainingEvidence.objects.exists()
    past.apply(stage(national, line()), by=national)
    assert Registration.objects.count() == 1


def test_what_something_was_built_upon_is_not_undone(national, people):
    source = past.apply(stage(national, line(), line("agent1@example.org")), by=national)
    CertificateFactory(registration=Registration.objects.first())
    with pytest.raises(past.CannotImport):
        past.undo(source, by=national)
    assert Registration.objects.count() == 2 and TrainingEvidence.objects.count() == 2


def test_a_session_to_which_another_file_added_people_stays(national, people):
    first = past.apply(stage(national, line()), by=national)
    past.apply(stage(national, line("agent1@example.org")), by=national)
    past.undo(first, by=national)
    assert Registration.objects.get().user == people[1]


def test_an_import_is_not_undone_after_thirty_days(national, people):
    source = past.apply(stage(national, line()), by=national)
    later = timezone.now() + dt.timedelta(days=past.UNDO_DAYS)
    with pytest.raises(past.CannotImport):
        past.undo(source, by=national, now=later)
    assert past.purge_lines(later + dt.timedelta(days=1)) == 1


def test_the_pages_show_each_line_and_write_when_asked(client, national, people):
    client.force_login(national)
    url = reverse("learning:imports")
    answer = client.post(url, {"file": file(line(), line(attended="=9+1"))})
    page = client.get(answer.url).content.decode()
    assert "=9+1" in page and "importer-le-reste" in page
    client.post(answer.url, {"act": "importer"})
    assert not Registration.objects.exists()
    client.post(answer.url, {"act": "importer-le-reste"})
    assert Registration.objects.count() == 1
    client.post(answer.url, {"act": "annuler"})
    assert not Registration.objects.exists()


def test_a_file_that_cannot_be_read_is_said_on_the_form(client, national):
    client.force_login(national)
    answer = client.post(
        reverse("learning:imports"), {"file": SimpleUploadedFile("a.csv", b"PK\x03\x04\0")}
    )
    assert answer.status_code == 422 and "CSV" in answer.content.decode()


def test_reading_takes_as_many_queries_for_a_thousand_lines(
    django_assert_max_num_queries, national, people
):
    with django_assert_max_num_queries(25):
        stage(national, *[line(f"inconnu{n}@example.org") for n in range(1000)])


CELL = st.text(max_size=30)


@given(st.lists(st.lists(CELL, min_size=9, max_size=9), min_size=1, max_size=5))
@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_a_file_says_it_is_rejected_line_by_line(national, rows):
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER.split(";"))
    writer.writerows(rows)
    try:
        source = past.stage(
            SimpleUploadedFile("a.csv", text.getvalue().encode("utf-8", "replace")), by=national
        )
    except past.ValidationError:
        return
    assert all(row.problem for row in source.rows.all())


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2020, 1, 1)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"])
)
def test_a_date_is_read_as_it_is_written(day, pattern):
    assert parse_dates(f"{day:{pattern}}") == (day,)


@given(st.text())
def test_any_text_is_dates_or_wrong(text):
    try:
        days = parse_dates(text)
    except Wrong:
        return
    assert list(days) == sorted(set(days))
