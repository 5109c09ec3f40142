"""What changes a contact request. Each function is one transaction, and leaves a step in the history."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.notify import notify
from cms import mail
from cms.models import Department

from ..models import ContactEvent, ContactRequest, Desk, Maison
from . import routing
from .kinds import Kind, find

State, Step = ContactRequest.State, ContactEvent.Kind
CLOSED_AFTER_ANSWER = dt.timedelta(days=30)
CLOSED_UNANSWERED = dt.timedelta(days=365)
BATCH = 200


class AlreadyTaken(ValidationError):
    """Somebody else handles this request; the message says who."""


def submit(
    kind: Kind,
    *,
    submission: str,
    name: str,
    email: str,
    message: str,
    phone: str = "",
    maison: Maison | None = None,
    department: Department | None = None,
    about: str = "",
    about_url: str = "",
    language: str = "fr",
    acknowledge: bool = True,
) -> ContactRequest:
    """Record a request, tell those who answer, acknowledge it by mail.

    `submission` names the form that was sent: sent twice, it is one request.
    """
    department = department or (maison.department if maison else None)
    desk = routing.nearest_desk(kind.desk, maison, department)
    try:
        with transaction.atomic():
            request = ContactRequest.objects.create(
                submission=submission,
                kind=kind.code,
                name=name,
                email=email,
                phone=phone,
                message=message,
                about=about,
                about_url=about_url,
                language=language,
                desk=desk,
                maison=maison,
                department=department,
            )
            _step(request, Step.RECEIVED)
            _tell(request, "contact.received")
            if acknowledge:
                _acknowledge(request)
    except IntegrityError:
        return ContactRequest.objects.get(submission=submission)
    return request


@transaction.atomic
def take(request: ContactRequest, by: Any, *, over: bool = False) -> ContactRequest:
    """Handle a request oneself. Raises AlreadyTaken when somebody else does, unless `over`."""
    request = _locked(request)
    if request.handled_by_id == by.pk and request.state == State.IN_PROGRESS:
        return request
    _refuse_another(request, by, over)
    request.handled_by = by
    request.state = State.IN_PROGRESS
    request.closed_at = None
    _save(request, "handled_by", "state", "closed_at")
    return _step(request, Step.TAKEN, by)


@transaction.atomic
def note(request: ContactRequest, by: Any, text: str) -> ContactRequest:
    """Write something down for those who read the request; its state does not change."""
    return _step(_locked(request), Step.NOTE, by, text)


@transaction.atomic
def answer(request: ContactRequest, by: Any, text: str = "") -> ContactRequest:
    """Record that the person was answered, by mail or by telephone, and what was said.

    Raises AlreadyTaken when somebody else handles it.
    """
    request = _locked(request)
    _refuse_another(request, by)
    request.handled_by = by
    request.state = State.ANSWERED
    request.answered_at = request.answered_at or timezone.now()
    _save(request, "handled_by", "state", "answered_at")
    return _step(request, Step.ANSWER, by, text)


@transaction.atomic
def close(request: ContactRequest, by: Any = None, text: str = "") -> ContactRequest:
    """Nothing more is to be done: from now its personal data are kept for some months only."""
    request = _locked(request)
    if request.state == State.CLOSED:
        return request
    if by is not None:
        _refuse_another(request, by)
    request.state = State.CLOSED
    request.closed_at = timezone.now()
    _save(request, "state", "closed_at")
    return _step(request, Step.CLOSED, by, text)


@transaction.atomic
def reopen(request: ContactRequest, by: Any) -> ContactRequest:
    """Somebody wrote again, or it was closed too early."""
    request = _locked(request)
    if not request.is_waiting:
        request.state = State.IN_PROGRESS
        request.handled_by = by
        request.closed_at = None
        _save(request, "state", "handled_by", "closed_at")
        _step(request, Step.REOPENED, by)
    return request


@transaction.atomic
def pass_on(request: ContactRequest, by: Any = None, text: str = "") -> ContactRequest:
    """Hand it to the next desk, whose people are told. Raises ValidationError at the last one."""
    request = _locked(request)
    desk = routing.farther_desk(request)
    if desk is None:
        raise ValidationError(_("The national team is the last to answer: nobody comes after it."))
    if by is not None:
        _refuse_another(request, by)
    request.desk = desk
    request.state, request.handled_by, request.closed_at = State.NEW, None, None
    _save(request, "desk", "state", "handled_by", "closed_at")
    said = _("To %(desk)s.") % {"desk": Desk(desk).label}
    _step(request, Step.PASSED_ON, by, f"{said} {text}".strip())
    _tell(request, "contact.received", f"passed-on-{desk}")
    return request


def remind(now: dt.datetime | None = None) -> int:
    """Remind once those who have left a request unanswered for five days. Returns how many.

    A desk that nobody holds any more passes its requests on.
    """
    now = now or timezone.now()
    due = ContactRequest.objects.late(now).filter(reminded_at=None).values_list("pk", flat=True)
    for pk in list(due):
        with transaction.atomic():
            request = ContactRequest.objects.select_for_update().get(pk=pk)
            if request.reminded_at or not request.is_waiting:
                continue
            if request.desk != Desk.NATIONAL and not routing.recipients(request).exists():
                request = pass_on(request)
            request.reminded_at = now
            _save(request, "reminded_at")
            _step(request, Step.REMINDER)
            _tell(request, "contact.reminder")
    return len(due)


def close_old(now: dt.datetime | None = None) -> int:
    """Close what was answered long ago, and what nobody will ever answer. Returns how many."""
    now = now or timezone.now()
    answered = ContactRequest.objects.filter(
        state=State.ANSWERED, answered_at__lte=now - CLOSED_AFTER_ANSWER
    )
    forgotten = ContactRequest.objects.waiting().filter(created_at__lte=now - CLOSED_UNANSWERED)
    old = [*answered, *forgotten]
    for request in old:
        close(request)
    return len(old)


def purge(now: dt.datetime | None = None) -> int:
    """Erase what was closed CONTACT_RETENTION_MONTHS ago, history included. Returns how many."""
    now = now or timezone.now()
    close_old(now)
    before = now - dt.timedelta(days=30 * settings.CONTACT_RETENTION_MONTHS)
    old = ContactRequest.objects.filter(state=State.CLOSED, closed_at__lte=before)
    count = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            count += ContactRequest.objects.filter(pk__in=batch).delete()[1][
                ContactRequest._meta.label
            ]
    return count


def reply_address(request: ContactRequest) -> str:
    """A `mailto:` that opens an answer, its subject written; nothing of the message is in it."""
    subject = _("Your message of %(date)s: %(subject)s") % {
        "date": timezone.localtime(request.created_at).strftime("%d/%m/%Y"),
        "subject": request.about or request.kind_label,
    }
    return f"mailto:{quote(request.email, safe='@')}?subject={quote(subject)}"


# -- Parts -----------------------------------------------------------------------------------------


def _locked(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _refuse_another(request: ContactRequest, by: Any, over: bool = False) -> None:
    other = request.handled_by
    if other is not None and other != by and other.is_active and not over:
        raise AlreadyTaken(
            _("%(name)s handles this request. Take it over if you must.") % {"name": other}
        )


def _save(request: ContactRequest, *fields: str) -> None:
    request.save(update_fields=fields)


def _step(request: ContactRequest, kind: str, by: Any = None, text: str = "") -> ContactRequest:
    ContactEvent.objects.create(request=request, kind=kind, by=by, text=text)
    if by is not None:
        # The history of the request holds the text; the log of actions holds no personal data.
        log(instance=request, action=f"maisons.contact_{kind.replace('-', '_')}", user=by)
    return request


def _tell(request: ContactRequest, kind: str, key: str = "") -> None:
    # The label is made in the reader's language (providers).
    context = {"subject": request.kind, "url": request.get_absolute_url()}
    suffix = f":{key}" if key else ""
    notify(kind, routing.recipients(request), context, key=f"{kind}:{request.uuid}{suffix}")


def _acknowledge(request: ContactRequest) -> None:
    """What the code of relations between the public and the administration asks to say.

    Nothing that was typed is repeated: the mail would carry it to whatever address was given.
    """
    kind = find(request.kind)
    mail.queue(
        request.email,
        "contact_received",
        {
            "date": timezone.localtime(request.created_at).date(),
            "reference": str(request.uuid)[:8],
            "subject": kind.label if kind else request.kind,
            "desk": Desk(request.desk).label,
            "maison": request.maison if request.desk == Desk.MAISON else None,
            "department": request.department if request.desk == Desk.DEPARTMENT else None,
            "days": ContactRequest.ANSWERED_WITHIN.days,
        },
        key=f"contact:{request.uuid}",
        language=request.language,
    )
