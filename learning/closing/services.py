"""Closing a session, and what follows from a correction. Each function is one transaction.

Everything of one session waits for its lock (`learning.services.registrations.lock`): two people
who close at the same moment close once. No file is made here: tasks do (`files`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms import pagecache

from ..attendance.services import tally
from ..kinds import CertificateKind, EvidenceKind, Outcome, RegistrationState, SessionState
from ..models import Certificate, Registration, Session, SessionReport, TrainingEvidence
from ..services.registrations import _move, lock
from ..signals import session_closed
from . import facts, files, numbers, telling
from .missing import Lack, lacks


class CannotClose(ValidationError):
    """The session cannot be closed; `lacks` says what is missing."""

    def __init__(self, message: str, lacks: Iterable[Lack] = ()) -> None:
        super().__init__(message)
        self.lacks = list(lacks)


@dataclass
class Closing:
    """What closing did. `again`: it had been done before, nothing happened now."""

    session: Session
    certificates: int = 0
    ended: int = 0
    again: bool = False


@transaction.atomic
def close(
    session: Session, by: Any, *, in_spite: str = "", now: dt.datetime | None = None
) -> Closing:
    """Close a session: results, certificates, evidence, report, the end of who still waits.

    Closed already: nothing happens. in_spite: the reason for which the national team closes though
    a signature is missing. Raises CannotClose with what is missing. `session_closed` is sent inside
    the transaction; a receiver that raises undoes everything.
    """
    now = now or timezone.now()
    session = lock(session.pk)
    if session.state == SessionState.CLOSED:
        return Closing(session, again=True)
    in_spite = in_spite.strip() if by.has_perm("learning.close_in_spite", session) else ""
    _refuse(lacks(session, now), in_spite)
    ended = _end_those_not_in(session, by)
    session.state, session.closed_at, session.closed_by = SessionState.CLOSED, now, by
    session.save(update_fields=["state", "closed_at", "closed_by"])
    tally(session)
    rows = _confirmed(session)
    issued = _issue(session, _wanted(rows), by=by, now=now)
    _prove(session, [row for row in rows if row.outcome == Outcome.ATTENDED])
    report = SessionReport.objects.create(session=session, facts=facts.of_report(session))
    files.make_report.enqueue(report.pk)
    session_closed.send(sender=Session, session=session, by=by)
    log(instance=session, action="learning.close", user=by, data={"in_spite": in_spite[:255]})
    pagecache.bump()
    return Closing(session, len(issued), ended)


def _refuse(found: list[Lack], in_spite: str) -> None:
    if found and not (in_spite and all(lack.may_be_passed for lack in found)):
        texts = " ".join(lack.text for lack in found)
        raise CannotClose(_("The session cannot be closed yet. %(why)s") % {"why": texts}, found)


def _end_those_not_in(session: Session, by: Any) -> int:
    """Whoever waits, was offered a place or asked for one is told that the session took place."""
    rows = facts.in_play_besides(session)
    for row in rows:
        row.session = session
        row.offer_expires_at = None
        _move(
            row, RegistrationState.CANCELLED, by=by, reason=_("The session took place without you.")
        )
    return len(rows)


def _confirmed(session: Session) -> list[Registration]:
    rows = Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
    return list(
        rows.select_related("user", "maison").order_by("user__last_name", "user__first_name", "pk")
    )


# -- Certificates ----------------------------------------------------------------------------------


def kinds_for(row: Registration) -> list[str]:
    """Which certificates these results give right to; none in the name of an erased account."""
    kinds: list[str] = []
    if row.user.erased_at:
        return kinds
    if row.half_days_present:
        kinds.append(CertificateKind.ATTENDANCE)
    if row.outcome == Outcome.ATTENDED:
        kinds.append(CertificateKind.COMPLETION)
    return kinds


def _wanted(rows: list[Registration]) -> list[tuple[Registration, str]]:
    return [(row, kind) for row in rows for kind in kinds_for(row)]


def _issue(
    session: Session,
    wanted: list[tuple[Registration, str]],
    *,
    by: Any,
    now: dt.datetime,
    replaced: dict[str, Certificate] | None = None,
) -> list[Certificate]:
    """Write certificates and ask for their files. A constant number of queries, tasks apart.

    replaced: {kind: the certificate that the new one replaces}, of one person.
    """
    people = {row.pk: row for row, _kind in wanted}
    says = facts.of_people(session, list(people.values())) if people else {}
    issued = []
    for kind in CertificateKind.values:
        rows = [row for row, wanted_kind in wanted if wanted_kind == kind]
        for row, number in zip(rows, numbers.take(kind, len(rows), now), strict=True):
            issued.append(
                Certificate(
                    kind=kind,
                    number=number,
                    registration=row,
                    facts=says[row.pk],
                    issued_at=now,
                    issued_by=by,
                    replaces=(replaced or {}).get(kind),
                )
            )
    Certificate.objects.bulk_create(issued)
    for certificate in issued:
        files.make_certificate.enqueue(certificate.pk)
    if people and replaced is None:
        telling.issued(session, [row.user for row in people.values()])
    return issued


@transaction.atomic
def reissue(
    registration: Registration, by: Any, reason: str, now: dt.datetime | None = None
) -> list[Certificate]:
    """After a correction: revoke what is no longer true, issue what now is, under new numbers.

    What stays true keeps its certificate. The old file stays where it is. Returns what was issued.
    Does nothing before the session is closed.
    """
    now = now or timezone.now()
    session = lock(registration.session_id)
    if session.state != SessionState.CLOSED:
        return []
    row = Registration.objects.select_related("user", "maison").get(pk=registration.pk)
    row.session = session
    _prove_again(session, row)
    held = {one.kind: one for one in Certificate.objects.valid().filter(registration=row)}
    says = facts.of_people(session, [row])[row.pk]
    wanted = kinds_for(row)
    untrue = [one for kind, one in held.items() if kind not in wanted or one.facts != says]
    for certificate in untrue:
        _revoke(certificate, by=by, reason=reason, now=now)
    kept = {kind for kind, one in held.items() if one not in untrue}
    replaced = {one.kind: one for one in untrue}
    missing = [(row, kind) for kind in wanted if kind not in kept]
    issued = _issue(session, missing, by=by, now=now, replaced=replaced)
    if untrue or issued:
        telling.corrected(row, reason, now)
        log(
            instance=session,
            action="learning.reissue",
            user=by,
            data={"revoked": [one.number for one in untrue], "reason": reason[:255]},
        )
    return issued


def _revoke(certificate: Certificate, *, by: Any, reason: str, now: dt.datetime) -> None:
    certificate.revoked_at, certificate.revoked_by = now, by
    certificate.revoke_reason = reason[:255]
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])


# -- Evidence --------------------------------------------------------------------------------------


def _prove(session: Session, rows: list[Registration]) -> None:
    """Evidence for the Maisons of those who followed the whole session."""
    last = session.last_ends_at
    if last is None:
        return
    TrainingEvidence.objects.bulk_create(
        TrainingEvidence(
            kind=EvidenceKind.TRAINED,
            maison_id=row.maison_id,
            operator_id=session.module.operator_id,
            module_id=session.module_id,
            date=last.astimezone(session.zone).date(),
            registration=row,
        )
        for row in rows
        if row.maison_id is not None
    )


def _prove_again(session: Session, row: Registration) -> None:
    """Withdraw or add evidence, so that it agrees with the corrected result."""
    standing = list(TrainingEvidence.objects.standing().filter(registration=row))
    attended = row.outcome == Outcome.ATTENDED
    if attended and not standing:
        _prove(session, [row])
    if not attended:
        for one in standing:
            TrainingEvidence.objects.create(
                kind=EvidenceKind.WITHDRAWN,
                maison_id=one.maison_id,
                operator_id=one.operator_id,
                module_id=one.module_id,
                date=one.date,
                registration=row,
                withdraws=one,
            )
