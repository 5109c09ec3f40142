"""Signing one's presence: by the code at the door, or remotely by a personal link.

A GET never writes: phones and mail programs open addresses by themselves. Presence is a POST.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import ratelimit
from cms.meta import PageMeta

from ...kinds import AttendanceWay, RegistrationState
from ...models import HalfDay, Registration
from .. import claims, codes, links, queries, windows
from ..forms import CodeForm
from ..services import CannotRecord, record
from ..words import hour

SCANS_A_MINUTE = 300  # of one address: a room full of phones behind one network


def _meta() -> PageMeta:
    return PageMeta(title=_("Sign my presence"), cache="private", robots="noindex")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code by hand: it opens the same claim as the picture."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not _may_try(request):
            form.add_error("code", _("Too many attempts. Wait a minute, then type the new code."))
            status = 429
        elif half_day := codes.half_day_of(form.cleaned_data["code"]):
            return _claimed(request, half_day)
        else:
            form.add_error(
                "code", _("This code is not valid, or no longer: type the one shown now.")
            )
    to_sign = queries.to_sign(request.user)
    return _entering(request, form, status=status, remote=_remote(to_sign))


def _may_try(request: HttpRequest) -> bool:
    return ratelimit.allowed(
        request, "attendance-code", codes.A_MINUTE, person=request.user
    ) and ratelimit.allowed(request, "attendance-room", codes.A_MINUTE_AT_AN_ADDRESS)


def _remote(to_sign: list[queries.ToSign]) -> list[tuple[queries.ToSign, str]]:
    """What can be signed remotely now, with its link."""
    return [
        (one, links.personal_path(one.registration, one.half_day))
        for one in to_sign
        if one.registration.remote
    ]


def _entering(
    request: HttpRequest, form: CodeForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context = {"page_meta": _meta(), "form": form, **context}
    return render(request, "learning/attendance/enter.html", context, status=status)


@never_cache
@require_safe
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """The address of the picture: opens a claim in this browser, and writes nothing."""
    if not ratelimit.allowed(request, "attendance-scan", SCANS_A_MINUTE):
        return render(request, "429.html", status=429)
    half_day = codes.half_day_of(codes.tidy(token))
    if half_day is None:
        return _entering(request, CodeForm(), status=410, expired=True)
    return _claimed(request, half_day)


def _claimed(request: HttpRequest, half_day: HalfDay) -> HttpResponse:
    response = redirect("learning:attendance-presence")
    claims.open_claim(response, half_day, request.user, timezone.now())
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest) -> HttpResponse:
    """ "Confirm my presence": module, half-day, my name, one button."""
    now = timezone.now()
    claim = claims.claim_of(request, now)
    if claim is None:
        return _without_claim(request, now)
    if not claim.is_of(request.user):
        return _says(request, "another", status=403)
    half_day = _half_day(claim.half_day)
    row = (
        Registration.objects.filter(session=half_day.date.session_id, user=request.user)
        .select_related("user")
        .first()
    )
    if row is None or row.state != RegistrationState.CONFIRMED:
        return _says(request, "not-registered", status=403, half_day=half_day)
    row.session = half_day.date.session
    response = _confirm(request, row, half_day, AttendanceWay.DOOR, claim.event_id)
    claims.bind(response, claim, request.user, now)
    return response


def _half_day(uuid: str) -> HalfDay:
    rows = HalfDay.objects.select_related(
        "date__session__module", "date__session__commune__department"
    )
    found = rows.filter(uuid=uuid).first()
    if found is None:  # its date was taken off in the meantime
        raise Http404
    return found


def _without_claim(request: HttpRequest, now: dt.datetime) -> HttpResponse:
    """The ten minutes are over: what was signed just before still shows as signed."""
    signed = queries.signed_now(request.user, now)
    if signed is not None and request.method != "POST":
        context = {"attendance": signed, "half_day": signed.half_day, "row": signed.registration}
        return _says(request, "done", **context)
    return _entering(request, CodeForm(), status=410, expired=True)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: for whoever takes part remotely, within the hours of the half-day."""
    found = links.read(token)
    if found is None:
        raise Http404
    row, half_day = found
    if row.user_id != request.user.pk:
        return _says(request, "another-link", status=403)
    if row.state != RegistrationState.CONFIRMED:
        return _says(request, "not-registered", status=403, half_day=half_day)
    if not row.remote:
        return _says(request, "in-person", status=403, half_day=half_day)
    return _confirm(request, row, half_day, AttendanceWay.LINK, None)


def _confirm(
    request: HttpRequest, row: Registration, half_day: HalfDay, way: str, event_id: Any
) -> HttpResponse:
    """Show what would be signed and the one button; on POST, sign it."""
    context: dict[str, Any] = {"half_day": half_day, "row": row}
    error = ""
    if request.method == "POST":
        try:
            record(half_day, row, present=True, way=way, by=request.user, event_id=event_id)
        except CannotRecord as refused:
            error = " ".join(refused.messages)
        else:
            return redirect(request.path)
    signed = queries.presence_of(row, half_day)
    if signed is not None:
        return _says(request, "done", attendance=signed, **context)
    if error:
        return _says(request, "confirm", status=409, error=error, **context)
    if way == AttendanceWay.LINK and not windows.is_open(half_day):
        return _says(request, "closed", opens=hour(half_day, windows.opens_at(half_day)), **context)
    return _says(request, "confirm", **context)


def _says(request: HttpRequest, step: str, *, status: int = 200, **context: Any) -> HttpResponse:
    if half_day := context.get("half_day"):
        context["session"] = half_day.date.session
    context = {"page_meta": _meta(), "step": step, **context}
    return render(request, "learning/attendance/presence.html", context, status=status)
