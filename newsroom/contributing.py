"""What changes a contribution. Each function is one transaction, is logged, and reads the state under
a lock: whoever comes second is told, and nothing is done twice.

    draft → submitted → published | refused         (author, then moderator)
    submitted | refused | withdrawn → draft         (the author takes it up again, while it is open)
    draft | submitted | published → withdrawn       (the author, at any time: it no longer shows)
    published → refused, refused → published        (a moderator thinks again)
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.notify import notify
from accounts.roles import has_role, holders
from accounts.scopes import EDITOR
from cms import pagecache

from .models import ConsultationPage, Contribution

State = Contribution.State
# Enough for who has much to say, too little for who floods.
MAX_EACH = 10
KEEP_UNPUBLISHED = dt.timedelta(days=183)
KEEP_AUTHOR = dt.timedelta(days=2 * 365)


def may_moderate(user: Any, contribution: Contribution | None = None) -> bool:
    """Editors, chief editors, the national team and administrators; nobody decides on their own."""
    if contribution is not None and contribution.author_id == user.pk:
        return False
    return bool(has_role(user, EDITOR))


# -- The author -----------------------------------------------------------------------------------


@transaction.atomic
def save(
    user: Any, page: ConsultationPage, data: dict[str, Any], identifier: uuid.UUID
) -> Contribution:
    """Keep a draft. The same identifier sent twice is the same draft.

    data: title, text, scenario_key, capacity, signed. Raises ValidationError when the consultation
    is not open, when the person already wrote as many as one may, or when it is no longer a draft;
    PermissionDenied when the identifier is somebody else's.
    """
    _require_open(page)
    found = Contribution.objects.select_for_update().filter(uuid=identifier).first()
    if found is None:
        _require_room(user, page)
        found = Contribution(uuid=identifier, author=user, consultation=page)
    elif found.author_id != user.pk:
        raise PermissionDenied
    elif found.state != State.DRAFT:
        raise ValidationError(_("This contribution is no longer a draft: take it up again first."))
    for name in ("title", "text", "scenario_key", "capacity", "signed"):
        setattr(found, name, data[name])
    found.save()
    return found


def _require_open(page: ConsultationPage) -> None:
    """The clock of the server decides, whatever the page showed when it was opened."""
    now = ConsultationPage.objects.get(pk=page.pk)
    if not now.is_open:
        raise ValidationError(_("This consultation is closed: it takes no more contributions."))


def _require_room(user: Any, page: ConsultationPage) -> None:
    held = Contribution.objects.written_by(user).to_consultation(page)
    if held.exclude(state=State.WITHDRAWN).count() >= MAX_EACH:
        raise ValidationError(
            _("You have already written %(count)d contributions to this consultation.")
            % {"count": MAX_EACH}
        )


@transaction.atomic
def submit(contribution: Contribution, user: Any) -> Contribution:
    """Ask for publication; the moderators are told. Sent twice, it is submitted once."""
    row = _locked(contribution, user, {State.DRAFT, State.SUBMITTED})
    if row.state == State.SUBMITTED:
        return row
    _require_open(row.consultation)
    if not row.text.strip():
        raise ValidationError(_("Write your contribution before you send it."))
    row.state, row.submitted_at = State.SUBMITTED, timezone.now()
    row.reason, row.decided_at, row.decided_by = "", None, None
    row.save()
    log(instance=row, action="newsroom.contribution.submit", user=user)
    notify(
        "newsroom.contribution.submitted",
        holders(EDITOR).exclude(pk=user.pk),
        {
            "consultation": row.consultation.title,
            "title": row.title,
            "url": reverse("newsroom_moderation", args=[row.uuid]),
        },
        key=f"contribution:{row.uuid}:{row.submitted_at.isoformat()}",
    )
    return row


@transaction.atomic
def reopen(contribution: Contribution, user: Any) -> Contribution:
    """Take up again what waits, was refused or was withdrawn, to change it."""
    row = _locked(
        contribution, user, {State.SUBMITTED, State.REFUSED, State.WITHDRAWN, State.DRAFT}
    )
    if row.state != State.DRAFT:
        _require_open(row.consultation)
        if row.state == State.WITHDRAWN:
            _require_room(user, row.consultation)
        row.state = State.DRAFT
        row.save()
        log(instance=row, action="newsroom.contribution.reopen", user=user)
    return row


@transaction.atomic
def withdraw(contribution: Contribution, user: Any) -> Contribution:
    """The author takes it back, open or closed: readers no longer see it from this instant on."""
    row = _locked(contribution, user, set(State))
    if row.state == State.WITHDRAWN:
        return row
    if row.state == State.PUBLISHED:
        pagecache.bump()
    row.state = State.WITHDRAWN
    row.save()
    log(instance=row, action="newsroom.contribution.withdraw", user=user)
    return row


def _locked(contribution: Contribution, user: Any, states: Iterable[str]) -> Contribution:
    """The row as it is now, held until the end. Somebody else's is refused."""
    row = _now(contribution, states)
    if row.author_id != user.pk:
        raise PermissionDenied
    return row


def _now(contribution: Contribution, states: Iterable[str]) -> Contribution:
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if row.state not in states:
        raise ValidationError(
            _("This contribution has changed meanwhile: it is now “%(state)s”.")
            % {"state": row.get_state_display()}
        )
    return row


# -- The moderator --------------------------------------------------------------------------------


@transaction.atomic
def accept(contribution: Contribution, by: Any) -> Contribution:
    """Publish it; its author is told."""
    row = _decided(contribution, by, {State.SUBMITTED, State.REFUSED}, State.PUBLISHED)
    row.reason = ""
    return _tell(row, by, "accepted")


@transaction.atomic
def refuse(contribution: Contribution, by: Any, reason: str) -> Contribution:
    """Do not publish it, or take it down; its author is told why. Raises without a reason."""
    if not reason.strip():
        raise ValidationError(_("Say why: the author is told."))
    row = _decided(contribution, by, {State.SUBMITTED, State.PUBLISHED}, State.REFUSED)
    row.reason = reason.strip()
    return _tell(row, by, "refused")


def _decided(
    contribution: Contribution, by: Any, states: Iterable[str], state: str
) -> Contribution:
    if not may_moderate(by, contribution):
        raise PermissionDenied
    row = _now(contribution, states)
    row.state, row.decided_by, row.decided_at = state, by, timezone.now()
    return row


def _tell(row: Contribution, by: Any, decision: str) -> Contribution:
    row.save()
    pagecache.bump()
    log(instance=row, action=f"newsroom.contribution.{decision}", user=by)
    if row.author:
        notify(
            f"newsroom.contribution.{decision}",
            [row.author],
            {
                "consultation": row.consultation.title,
                "title": row.title,
                "reason": row.reason,
                "url": reverse("newsroom_contribution", args=[row.uuid]),
            },
            key=f"contribution:{row.uuid}:{decision}:{row.decided_at.isoformat()}",
        )
    return row


# -- Personal data --------------------------------------------------------------------------------


@transaction.atomic
def forget(user: Any) -> None:
    """The person's account is erased: what was published stays, without a name; the rest goes."""
    own = Contribution.objects.filter(author=user)
    published = own.filter(state=State.PUBLISHED)
    if published.update(author=None, signed=False):
        pagecache.bump()
    own.exclude(state=State.PUBLISHED).delete()


@transaction.atomic
def purge(now: dt.datetime) -> int:
    """Erase what was not published six months after the closing, and cut published ones from their
    author two years after it. Returns how many rows changed."""
    unpublished = Contribution.objects.exclude(state=State.PUBLISHED).filter(
        Q(consultation__closes_at__lt=now - KEEP_UNPUBLISHED),
        changed_at__lt=now - KEEP_UNPUBLISHED,
    )
    erased = unpublished.delete()[0]
    old = Contribution.objects.filter(
        state=State.PUBLISHED, consultation__closes_at__lt=now - KEEP_AUTHOR
    ).exclude(author=None)
    cut = old.update(author=None, signed=False, changed_at=F("changed_at"))
    if cut:
        pagecache.bump()
    return erased + cut
