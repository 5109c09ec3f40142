"""What certificates and reports say, read once and frozen as JSON: dates in ISO 8601, names as they are."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.conf import settings

from ..kinds import IN_PLAY, Mode, Outcome, RegistrationState
from ..models import Attendance, HalfDay, Registration, RegistrationEvent, Session


def of_session(session: Session) -> dict[str, Any]:
    """The session as every document names it."""
    half_days = half_days_of(session)
    module = session.module
    return {
        "module": module.title,
        "module_kind": module.kind,
        "issuer": str(module.operator.name) if module.operator_id else settings.SITE_NAME,
        "operator": bool(module.operator_id),
        "mode": session.mode,
        "venue": session.venue,
        "city": session.city,
        "department": session.commune.department.name if session.commune else "",
        "dates": sorted({_day(half, session).isoformat() for half in half_days}),
        "half_days": len(half_days),
        "minutes": sum(map(minutes, half_days)),
        "trainers": [str(trainer) for trainer in session.trainers.order_by("last_name", "pk")],
        "fictitious": session.is_fictitious,
    }


def half_days_of(session: Session) -> list[HalfDay]:
    return list(
        HalfDay.objects.filter(date__session=session, date__cancelled_at=None).order_by(
            "starts_at", "pk"
        )
    )


def minutes(half_day: HalfDay) -> int:
    return round((half_day.ends_at - half_day.starts_at).total_seconds() / 60)


def _day(half_day: HalfDay, session: Session) -> dt.date:
    return half_day.starts_at.astimezone(session.zone).date()


def of_people(session: Session, rows: list[Registration]) -> dict[int, dict[str, Any]]:
    """{registration: what a certificate says of this person}, whatever their number in three queries."""
    shared = of_session(session)
    attended = _attended(session, rows)
    return {
        row.pk: {
            **shared,
            "name": row.user.get_full_name() or row.user.email,
            "maison": row.maison.name if row.maison else "",
            "remote": row.remote or session.mode == Mode.REMOTE,
            "attended": attended[row.pk],
            "half_days_attended": row.half_days_present,
            "half_days_due": row.half_days_due,
            "minutes_attended": sum(half["minutes"] for half in attended[row.pk]),
        }
        for row in rows
    }


def _attended(session: Session, rows: list[Registration]) -> dict[int, list[dict[str, Any]]]:
    """{registration: its half-days attended, in order}."""
    present = Attendance.objects.filter(
        registration__in=[row.pk for row in rows], present=True, half_day__date__cancelled_at=None
    ).select_related("half_day")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in present.order_by("half_day__starts_at", "pk"):
        half = one.half_day
        found[one.registration_id].append(
            {
                "date": _day(half, session).isoformat(),
                "part": half.part,
                "from": half.starts_at.astimezone(session.zone).strftime("%H:%M"),
                "to": half.ends_at.astimezone(session.zone).strftime("%H:%M"),
                "minutes": minutes(half),
            }
        )
    return found


# -- The report ------------------------------------------------------------------------------------


def of_report(session: Session) -> dict[str, Any]:
    """Numbers alone: no name but the trainers', no adjustment, no free text.

    What people answer comes after the closing, on the pages of evaluation: the report is of the
    day it was closed.
    """
    rows = list(Registration.objects.filter(session=session))
    confirmed = [row for row in rows if row.state == RegistrationState.CONFIRMED]
    outcomes = Counter(row.outcome for row in confirmed)
    return {
        **of_session(session),
        "capacity": session.capacity,
        "registered": len(confirmed),
        "attended_count": outcomes[Outcome.ATTENDED],
        "partly": outcomes[Outcome.PARTLY],
        "absent": len(confirmed) - outcomes[Outcome.ATTENDED] - outcomes[Outcome.PARTLY],
        "remote_count": sum(row.remote for row in confirmed),
        "maisons": len({row.maison_id for row in confirmed if row.maison_id}),
        "withdrawn": sum(row.state == RegistrationState.CANCELLED for row in rows),
        "late": sum(row.cancelled_late for row in rows),
        "waiting": _waited(session),
        "by_half_day": _by_half_day(session),
        "pilot": session.kind == Session.Kind.PILOT,
    }


def _waited(session: Session) -> int:
    """How many were still waiting for a place when the session was closed, or ended by it."""
    events = RegistrationEvent.objects.filter(
        registration__session=session,
        before__in=(RegistrationState.WAITING, RegistrationState.OFFERED),
        after=RegistrationState.CANCELLED,
        at__gte=session.last_ends_at,
    )
    return events.values("registration").distinct().count()


def _by_half_day(session: Session) -> list[dict[str, Any]]:
    present = Counter(
        Attendance.objects.filter(
            half_day__date__session=session,
            present=True,
            registration__state=RegistrationState.CONFIRMED,
        ).values_list("half_day", flat=True)
    )
    return [
        {"date": _day(half, session).isoformat(), "part": half.part, "present": present[half.pk]}
        for half in half_days_of(session)
    ]


def in_play_besides(session: Session) -> list[Registration]:
    """Those who wait, were offered a place or asked for one: closing ends their registration."""
    return list(
        Registration.objects.filter(session=session, state__in=IN_PLAY)
        .exclude(state=RegistrationState.CONFIRMED)
        .select_related("user")
        .order_by("queued_at", "pk")
    )
