"""The screen at the door: a code to scan, renewed every 20 seconds. No name is shown on it."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import qr
from cms.meta import PageMeta, absolute

from ...kinds import SessionState
from ...models import Attendance, HalfDay, Session
from ...running.frame import session_to_run
from .. import codes, queries, windows
from ..forms import HalfDayForm


@login_required
@never_cache
@require_safe
def door(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Fills the screen or the wall; `demi_journee` chooses another half-day than the one at hand."""
    session = session_to_run(request, uuid)
    meta = PageMeta(title=_("Attendance at the door"), cache="private", robots="noindex")
    context = {"page_meta": meta, "session": session, **_shown(request, session)}
    return render(request, "learning/attendance/door.html", context)


@login_required
@never_cache
@require_safe
def code(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The part of the page that is renewed."""
    session = session_to_run(request, uuid)
    context = {"session": session, **_shown(request, session)}
    return render(request, "learning/attendance/_code.html", context)


def _shown(request: HttpRequest, session: Session) -> dict[str, Any]:
    now = timezone.now()
    half_days = queries.half_days_of(session)
    chosen = HalfDayForm(request.GET, half_days=half_days).chosen()
    half_day = chosen or queries.at_the_door(half_days, now)
    context: dict[str, Any] = {
        "half_day": half_day,
        "others": [h for h in half_days if windows.is_open(h, now) and h != half_day],
        "next_half_day": next((h for h in half_days if windows.opens_at(h) > now), None),
        "refresh": codes.STEP,
    }
    if half_day is not None:
        context |= _code(session, half_day, now)
    return context


def _code(session: Session, half_day: HalfDay, now: dt.datetime) -> dict[str, Any]:
    """The code and who is there already; no code outside of the hours of the half-day."""
    signed = half_day.countersignatures.standing().exists()
    runs = session.state == SessionState.OPEN and windows.is_open(half_day, now) and not signed
    left = codes.seconds_left(now)
    shown: dict[str, Any] = {
        "is_signed": signed,
        "runs": runs,
        "expected": queries.registered(session).count(),
        "there": Attendance.objects.filter(half_day=half_day, present=True).count(),
        "opens_at": windows.opens_at(half_day).astimezone(session.zone),
        "milliseconds": int(left * 1000),
        "refresh": int(left) + 1,
    }
    if runs:
        token = codes.token(half_day, now)
        address = absolute(reverse("learning:attendance-scan", args=[token]))
        shown |= {
            "short": codes.short_code(half_day, now),
            "picture": qr.drawn(address),
            "by_hand": absolute(reverse("learning:attendance-enter")).partition("://")[2],
        }
    return shown
