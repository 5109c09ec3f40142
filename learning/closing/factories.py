"""Sessions to close and what closing leaves, for tests."""

import datetime as dt
from typing import Any

import factory

from accounts.factories import UserFactory

from ..factories import RegistrationFactory, SessionFactory
from ..kinds import AttendanceWay, CertificateKind, Outcome
from ..models import (
    Attendance,
    Certificate,
    Countersignature,
    HalfDay,
    Registration,
    Session,
)


def over(people: int = 0, *, countersigned: bool = True, **fields: Any) -> Session:
    """A session that ended three days ago, of people who were there for all of it."""
    fields.setdefault("starts_in", dt.timedelta(days=-3))
    fields.setdefault("trainer", None)
    trainer = fields["trainer"] or UserFactory(role="trainer", last_name="Formateur")
    session: Session = SessionFactory(**{**fields, "trainer": trainer})
    for user in UserFactory.create_batch(people):
        came(session, user)
    if countersigned:
        for half_day in half_days(session):
            Countersignature.objects.create(half_day=half_day, by=trainer)
    return session


def half_days(session: Session) -> list[HalfDay]:
    return list(HalfDay.objects.filter(date__session=session).order_by("starts_at"))


def came(session: Session, user: Any, present: int | None = None, **fields: Any) -> Registration:
    """Register somebody who was there for the first `present` half-days (all unless told)."""
    row: Registration = RegistrationFactory(session=session, user=user, **fields)
    for rank, half_day in enumerate(half_days(session)):
        Attendance.objects.create(
            half_day=half_day,
            registration=row,
            present=present is None or rank < present,
            way=AttendanceWay.TRAINER,
            by=None,
        )
    return row


class CertificateFactory(factory.django.DjangoModelFactory):
    """A certificate of attendance whose file is still to be made."""

    kind = CertificateKind.ATTENDANCE
    number = factory.Sequence(lambda n: f"2026-AP-{n:06}-K7QXM")
    registration = factory.SubFactory(RegistrationFactory, outcome=Outcome.ATTENDED)
    facts = factory.LazyAttribute(lambda o: facts_of(o.registration))

    class Meta:
        model = Certificate


def facts_of(row: Registration) -> dict[str, Any]:
    from .facts import of_people

    return of_people(row.session, [row])[row.pk]


def closed(people: int = 1, **fields: Any) -> Session:
    """A session that was closed."""
    from .services import close

    session = over(people, **fields)
    return close(session, session.trainers.get()).session
