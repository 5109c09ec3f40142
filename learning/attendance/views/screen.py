"""The trainer's screen: everybody by half-day, one tap each, with or without JavaScript and network."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms import pdf

from ...kinds import AttendanceWay
from ...models import AttendanceEvent, HalfDay, Registration, Session
from ...running.frame import framed, session_to_run
from .. import queries
from ..forms import BadBatch, Batch, CorrectionForm, Entry, EntryForm, HalfDayForm, read_batch
from ..services import CannotCountersign, CannotRecord, countersign, record
from ..sheet import Sheet, as_data, sheet_of
from ..words import name_of

WORKER = "js/attendance/worker.js"


@login_required
@never_cache
@require_safe
def screen(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The sheet to tap on; `demi_journee` opens another half-day than the one at hand."""
    session = session_to_run(request, uuid)
    sheet = sheet_of(session)
    half_days = [part.half_day for part in sheet.parts]
    now = timezone.now()
    chosen = HalfDayForm(request.GET, half_days=half_days).chosen()
    context = framed(
        request,
        session,
        "attendance",
        title=_("Attendance"),
        sheet=sheet,
        at_hand=chosen or queries.at_the_door(half_days, now) or _nearest(sheet),
        data=as_data(sheet),
        read_at=int(now.timestamp() * 1000),
        door_is_open=any(part.is_open for part in sheet.parts),
    )
    return render(request, "learning/attendance/screen.html", context)


def _nearest(sheet: Sheet) -> HalfDay | None:
    """The first half-day that still asks for something, else the first."""
    asks = [part for part in sheet.parts if part.has_started and part.signature is None]
    return next((part.half_day for part in [*asks, *sheet.parts]), None)


@login_required
@never_cache
@require_POST
def enter(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One tap, or "the others are absent", without JavaScript."""
    session = session_to_run(request, uuid)
    form = EntryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was recorded: choose somebody and their state."))
        return redirect("learning:attendance", session.uuid)
    half_day = _half_day(session, form.cleaned_data["half_day"])
    try:
        if form.cleaned_data["rest"]:
            _others_absent(request, half_day)
        elif (read := form.read()) is not None:
            row = get_object_or_404(session.registrations, uuid=read[0])
            _record(half_day, row, read[1], request.user)
    except CannotRecord as refused:
        messages.error(request, " ".join(refused.messages))
    return _back(half_day)


def _others_absent(request: HttpRequest, half_day: HalfDay) -> None:
    rows = list(queries.registered(half_day.date.session).exclude(attendances__half_day=half_day))
    for row in rows:
        _record(half_day, row, False, request.user)
    if rows:
        told = ngettext("%(n)d person is now absent.", "%(n)d people are now absent.", len(rows))
        messages.success(request, told % {"n": len(rows)})


def _record(half_day: HalfDay, row: Registration, present: bool | None, by: Any) -> None:
    record(half_day, row, present=present, way=AttendanceWay.TRAINER, by=by)


def _half_day(session: Session, uuid: Any) -> HalfDay:
    found = next((h for h in queries.half_days_of(session) if h.uuid == uuid), None)
    if found is None:
        raise Http404
    return found


def _back(half_day: HalfDay) -> HttpResponse:
    """To the sheet, this half-day unfolded."""
    url = reverse("learning:attendance", args=[half_day.date.session.uuid])
    return redirect(f"{url}?demi_journee={half_day.uuid}#d-{half_day.uuid}")


# -- What the screen sends and reads by itself ----------------------------------------------------


@never_cache
@require_POST
def batch(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Entries made without network, each recorded once; answers for each, and how things stand."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in to send what you entered.")}, status=401)
    session = session_to_run(request, uuid)
    try:
        sent = read_batch(request.body)
    except BadBatch as error:
        return JsonResponse({"error": str(error)}, status=400)
    if sent.user != str(request.user.uuid):
        return JsonResponse({"error": _("Somebody else entered this.")}, status=409)
    return JsonResponse({"results": _results(request, session, sent), **_state(request, session)})


def _results(request: HttpRequest, session: Session, sent: Batch) -> list[dict[str, Any]]:
    wanted = [entry.registration for entry in sent.entries]
    rows = {row.uuid: row for row in session.registrations.filter(uuid__in=wanted)}
    half_days = {half_day.uuid: half_day for half_day in queries.half_days_of(session)}
    results = []
    for entry in sent.entries:
        row, half_day = rows.get(entry.registration), half_days.get(entry.half_day)
        error = (
            _("This person or this half-day is no longer part of the session.")
            if row is None or half_day is None
            else _sent(half_day, row, entry, request.user)
        )
        results.append({"id": str(entry.id), "ok": not error, "error": error})
    return results


def _sent(half_day: HalfDay, row: Registration, entry: Entry, by: Any) -> str:
    """Record one entry; what it is refused for, empty when it is recorded."""
    now = timezone.now()
    try:
        record(
            half_day,
            row,
            present=entry.present,
            way=AttendanceWay.TRAINER,
            by=by,
            at=now - entry.ago,
            event_id=entry.id,
            now=now,
        )
    except CannotRecord as refused:
        return " ".join(refused.messages)
    return ""


@never_cache
@require_safe
def state(request: HttpRequest, uuid: Any) -> HttpResponse:
    """How things stand, without names, for a screen that follows."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sign in to see who signed.")}, status=401)
    return JsonResponse(_state(request, session_to_run(request, uuid)))


def _state(request: HttpRequest, session: Session) -> dict[str, Any]:
    return {
        "user": str(request.user.uuid),  # type: ignore[union-attr]
        "half_days": as_data(sheet_of(session)),
        "read_at": int(timezone.now().timestamp() * 1000),
        "csrf": get_token(request),
    }


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root of the addresses that it may serve."""
    with pdf.static_file(WORKER) as file:
        content = file.read()
    response = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


# -- Countersigning and correcting ----------------------------------------------------------------


@login_required
@never_cache
@require_POST
def sign(request: HttpRequest, uuid: Any, half_day: Any) -> HttpResponse:
    """Countersign a half-day, or say of whom nothing is known."""
    found = _half_day(session_to_run(request, uuid), half_day)
    try:
        countersign(found, request.user)
    except CannotCountersign as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Countersigned: %(half_day)s.") % {"half_day": name_of(found)})
    return _back(found)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: Any, half_day: Any, registration: Any) -> HttpResponse:
    """Everything that was said of somebody at a half-day, and a correction with its reason."""
    session = session_to_run(request, uuid)
    found = _half_day(session, half_day)
    row = get_object_or_404(
        session.registrations.select_related("user", "maison"), uuid=registration
    )
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(found, row, form, request.user)
        except CannotRecord as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The correction is recorded."))
            return redirect(request.path)
    events = AttendanceEvent.objects.filter(half_day=found, registration=row).select_related("by")
    context = framed(
        request,
        session,
        "attendance",
        title=str(row.user),
        half_day=found,
        row=row,
        events=list(events),
        undone={one.undone_by_id: one for one in found.countersignatures.select_related("by")},
        stands=found.attendances.filter(registration=row).select_related("by").first(),
        form=form,
    )
    return render(request, "learning/attendance/correct.html", context)


def _correct(half_day: HalfDay, row: Registration, form: CorrectionForm, by: Any) -> None:
    record(
        half_day,
        row,
        present=form.cleaned_data["present"],
        way=AttendanceWay.TRAINER,
        by=by,
        reason=form.cleaned_data["reason"],
    )
