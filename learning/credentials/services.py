"""Issuing and revoking attestations. Each function is one transaction; no file is made here."""

import datetime as dt
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..closing import numbers
from ..kinds import NumberSeries
from ..models import Enrolment, PathCertificate, PathCertificateRevocation
from ..paths.kinds import EnrolmentState
from ..paths.validity import valid_until
from . import facts, files, status, telling

logger = logging.getLogger("learning.credentials")

# 30^16: whoever tries a million codes a second finds one in thousands of years.
CODE_GROUPS, CODE_GROUP = 4, 4


class CannotRevoke(ValidationError):
    """The attestation cannot be revoked; the message says why."""


def draw_code() -> str:
    """The code of the public page: "K7QX-M3PD-9RTA-HJ4W", drawn by chance alone."""
    return "-".join(numbers.drawn(CODE_GROUP) for _ in range(CODE_GROUPS))


@transaction.atomic
def issue(enrolment: Enrolment, now: dt.datetime | None = None) -> PathCertificate | None:
    """The attestation of a completed enrolment, made unless it is there.

    None when nothing is completed, or the account was erased. The enrolment is locked: two who ask at
    once get the same.
    """
    row = _lock(enrolment)
    held = PathCertificate.objects.filter(enrolment=row, replaced_by=None).first()
    if held is not None:
        return held
    if row.state != EnrolmentState.COMPLETED or row.user.erased_at:
        return None
    return _write(row, now or timezone.now())


def _lock(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("user", "path", "version")
        .get(pk=enrolment.pk)
    )


def _write(
    row: Enrolment, now: dt.datetime, replaces: PathCertificate | None = None
) -> PathCertificate:
    number = numbers.take(NumberSeries.PATH, 1, now)[0]
    listed, index = status.draw_place()
    made = PathCertificate.objects.create(
        number=number,
        code=draw_code(),
        enrolment=row,
        facts=facts.of_enrolment(row, now),
        issued_at=now.replace(microsecond=0),
        valid_until=valid_until(row),
        replaces=replaces,
        status_list=listed,
        status_index=index,
    )
    files.make_attestation.enqueue(made.pk)
    files.sign_badge.enqueue(made.pk)
    return made


def issue_or_say(enrolment: Enrolment) -> None:
    """Issue without ever undoing what completed the path: what fails is logged, and the clock tries again."""
    try:
        issue(enrolment, enrolment.completed_at)
    except Exception:
        logger.exception("no attestation issued", extra={"enrolment": str(enrolment.uuid)})


def issue_missing(most: int = 200) -> int:
    """Issue the attestations that completed enrolments lack. Returns how many."""
    rows = Enrolment.objects.filter(
        state=EnrolmentState.COMPLETED, certificates=None, user__erased_at=None
    )
    return sum(issue(row) is not None for row in rows.order_by("pk")[:most])


@transaction.atomic
def revoke(
    certificate: PathCertificate, *, by: Any, reason: str, replace: bool = False
) -> PathCertificate | None:
    """Revoke an attestation for good; replace: issue another, which says what is true now.

    The person is told. Raises CannotRevoke. Returns the new one.
    """
    enrolment = _lock(certificate.enrolment)
    if PathCertificateRevocation.objects.filter(certificate=certificate).exists():
        raise CannotRevoke(_("This attestation is already revoked."))
    now = timezone.now()
    PathCertificateRevocation.objects.create(
        certificate=certificate, at=now, by=by, reason=reason[:255]
    )
    fresh = None
    if replace and not enrolment.user.erased_at:
        fresh = _write(enrolment, now, certificate)
    telling.revoked(certificate, reason)
    log(
        instance=certificate,
        action="learning.revoke",
        user=by,
        data={"number": certificate.number, "reason": reason[:255], "replaced": bool(fresh)},
    )
    return fresh
