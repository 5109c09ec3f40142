"""Closing is one act: refused with what is missing, done once, undone whole when a part fails."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.attendance.services import record
from learning.closing import factories
from learning.closing.numbers import take
from learning.closing.services import CannotClose, close
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import CertificateKind, EvidenceKind, RegistrationState, SessionState
from learning.models import Certificate, Countersignature, SessionReport, TrainingEvidence
from learning.signals import session_closed
from maisons.factories import MaisonFactory, OperatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def national():
    return UserFactory(role="national-team")


def kinds_of(row):
    return sorted(Certificate.objects.filter(registration=row).values_list("kind", flat=True))


def test_a_session_that_is_not_over_is_not_closed(national):
    with pytest.raises(CannotClose):
        close(SessionFactory(), national, in_spite="Je passe outre")


def test_half_days_without_countersignature_are_named(trainer):
    session = factories.over(1, countersigned=False, trainer=trainer)
    with pytest.raises(CannotClose) as raised:
        close(session, trainer, in_spite="Le formateur ne passe pas outre")
    assert len(raised.value.lacks) == len(factories.half_days(session))
    session.refresh_from_db()
    assert session.state == SessionState.OPEN and not Certificate.objects.exists()


def test_the_national_team_closes_in_spite_of_it_with_a_reason(national):
    session = factories.over(1, countersigned=False)
    with pytest.raises(CannotClose):
        close(session, national)
    assert close(session, national, in_spite="Feuille papier reçue").session.closed_by == national


def test_who_came_gets_what_they_have_a_right_to(trainer):
    session = factories.over(trainer=trainer)
    whole = factories.came(session, UserFactory())
    partly = factories.came(session, UserFactory(), present=1)
    absent = factories.came(session, UserFactory(), present=0)
    unknown = RegistrationFactory(session=session)
    close(session, trainer)
    assert kinds_of(whole) == [CertificateKind.ATTENDANCE, CertificateKind.COMPLETION]
    assert kinds_of(partly) == [CertificateKind.ATTENDANCE]
    assert kinds_of(absent) == kinds_of(unknown) == []
    unknown.refresh_from_db()
    assert unknown.outcome == "absent"


def test_facts_are_frozen(trainer):
    maison = MaisonFactory(name="Maison d’Ayen")
    session = factories.over(trainer=trainer)
    row = factories.came(session, UserFactory(first_name="Lou", last_name="Exemple"), maison=maison)
    close(session, trainer)
    session.module.title = "Autre titre"
    session.module.save()
    says = Certificate.objects.filter(registration=row).first().facts
    assert says["name"] == "Lou Exemple" and says["maison"] == "Maison d’Ayen"
    assert says["module"] != "Autre titre"
    assert len(says["attended"]) == says["half_days_attended"] == says["half_days"]
    assert says["minutes_attended"] == says["minutes"] == 480
    assert says["trainers"] == [str(trainer)]


def test_whoever_still_waits_is_told_that_it_took_place(trainer):
    session = factories.over(1, trainer=trainer)
    rows = [
        RegistrationFactory(session=session, state=state)
        for state in (
            RegistrationState.WAITING,
            RegistrationState.OFFERED,
            RegistrationState.REQUESTED,
        )
    ]
    assert close(session, trainer).ended == 3
    for row in rows:
        row.refresh_from_db()
        assert row.state == RegistrationState.CANCELLED and row.events.get().reason
        assert Notification.objects.filter(user=row.user, kind="learning.cancelled").exists()
    assert SessionReport.objects.get(session=session).facts["waiting"] == 2


def test_evidence_is_for_the_maison_of_whoever_followed_all_of_it(trainer):
    operator = OperatorFactory()
    session = factories.over(trainer=trainer)
    session.module.operator, session.module.kind = operator, "operator"
    session.module.save()
    whole = factories.came(session, UserFactory(), maison=MaisonFactory())
    factories.came(session, UserFactory(), present=1, maison=MaisonFactory())
    factories.came(session, UserFactory())
    close(session, trainer)
    evidence = TrainingEvidence.objects.get()
    assert (evidence.kind, evidence.maison, evidence.operator) == (
        EvidenceKind.TRAINED,
        whole.maison,
        operator,
    )
    assert evidence.date == session.last_ends_at.astimezone(session.zone).date()


def test_closing_again_does_nothing(trainer):
    session = factories.over(2, trainer=trainer)
    assert not close(session, trainer).again
    assert close(session, trainer).again
    assert (Certificate.objects.count(), SessionReport.objects.count()) == (4, 1)
    assert Notification.objects.filter(kind="learning.certificates").count() == 2


def test_a_receiver_that_fails_undoes_everything(trainer):
    session = factories.over(1, trainer=trainer)

    def fail(**_given):
        raise RuntimeError

    session_closed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            close(session, trainer)
    finally:
        session_closed.disconnect(fail)
    session.refresh_from_db()
    assert session.state == SessionState.OPEN
    assert not Certificate.objects.exists()
    assert not DBTaskResult.objects.filter(task_path__contains="closing").exists()


def test_an_erased_account_gets_no_certificate(trainer):
    session = factories.over(1, trainer=trainer)
    person = session.registrations.get().user
    person.erased_at = session.last_ends_at
    person.save()
    assert close(session, trainer).certificates == 0


def test_a_countersignature_that_a_correction_undid_is_missing_again(trainer):
    session = factories.over(1, trainer=trainer)
    first = factories.half_days(session)[0]
    record(first, session.registrations.get(), present=False, way="trainer", by=trainer)
    with pytest.raises(CannotClose):
        close(session, trainer)
    Countersignature.objects.create(half_day=first, by=trainer)
    assert close(session, trainer).certificates == 1


def test_numbers_follow_each_other_in_a_year_and_cannot_be_guessed():
    day = dt.datetime(2026, 12, 31, 22, 30, tzinfo=dt.UTC)
    first, second = take(CertificateKind.ATTENDANCE, 2, day)
    assert first.startswith("2026-AP-000001-") and second.startswith("2026-AP-000002-")
    assert len(first.rpartition("-")[2]) == 5 and first[-5:] != second[-5:]
    assert take(CertificateKind.COMPLETION, 1, day)[0].startswith("2026-CR-000001-")
    # Past midnight in Paris, not yet in UTC.
    [after] = take(CertificateKind.ATTENDANCE, 1, day + dt.timedelta(hours=1))
    assert after.startswith("2027-AP-000001-")


def test_the_number_of_queries_hardly_grows_with_people(
    django_assert_max_num_queries, trainer, monkeypatch
):
    # What the other rooms do with a closed session is theirs to count.
    monkeypatch.setattr(session_closed, "receivers", [])
    monkeypatch.setattr(session_closed, "use_caching", False)
    session = factories.over(30, trainer=trainer)
    # One insertion for each task; all the rest is constant.
    with django_assert_max_num_queries(61 + 60):
        close(session, trainer)
