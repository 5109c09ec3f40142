"""Files for calendars, and the page of one's personal calendar."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.meta import PageMeta, absolute
from cms.ratelimit import allowed

from ..kinds import RegistrationState
from ..models import CalendarFeed, Registration, Session
from ..views import pro_trail
from . import feed as calendars
from . import tokens
from .events import ICS

# A calendar asks some times a day; several persons may share an address of the network.
A_MINUTE = 30


@require_safe
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """The personal calendar behind a secret address: no session, no cookie. Wrong: not found."""
    if not allowed(request, "calendar-feed", A_MINUTE):
        response = HttpResponse(status=429, content_type="text/plain")
        response["Retry-After"] = "60"
        return response
    found = tokens.find(token)
    if found is None:
        raise Http404
    content = calendars.personal(found.user)
    return _answer(request, content, "private, max-age=0, must-revalidate", "formations.ics")


def _answer(request: HttpRequest, content: bytes, cache: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ICS)
    response["Cache-Control"] = cache
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer: HttpResponse = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    answer.setdefault("Cache-Control", cache)
    return answer


@require_safe
def of_session(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One session as a file, for anybody who may see it."""
    session = get_object_or_404(Session.objects.visible_to(request.user).with_times(), uuid=uuid)
    cache = "private" if request.user.is_authenticated else "public, max-age=300"
    return _answer(request, calendars.of_session(session), cache, "session.ics")


@login_required
@require_safe
def of_registration(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One's own registration as a file, once it is confirmed."""
    row = get_object_or_404(
        Registration.objects.filter(
            user=request.user, state=RegistrationState.CONFIRMED
        ).select_related("session__module", "session__commune__department"),
        uuid=uuid,
    )
    return _answer(request, calendars.of_registration(row), "private", "formation.ics")


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's personal calendar: its address, how to follow it, how to end it."""
    meta = PageMeta(
        title=_("My training in my calendar"),
        breadcrumbs=[*pro_trail(), (_("My training"), reverse("learning:mine"))],
        cache="private",
    )
    held = CalendarFeed.objects.filter(user=request.user, active=True).first()
    context = {"page_meta": meta, "feed": held, **(addresses(held) if held else {})}
    return render(request, "learning/calendars/mine.html", context)


def addresses(feed: CalendarFeed) -> dict[str, str]:
    """The address to copy, and the same for the calendar program of this device."""
    url = absolute(reverse("learning:calendar-feed", args=[tokens.token_of(feed)]))
    return {"feed_url": url, "webcal_url": "webcal://" + url.split("://", 1)[1]}


@login_required
@never_cache
@require_POST
def change(request: HttpRequest, act: str) -> HttpResponse:
    """Make the address, make another, or cut it."""
    if act == "creer":
        tokens.open_feed(request.user)
        messages.success(request, _("Your calendar has an address."))
    elif act == "renouveler":
        tokens.renew_feed(request.user)
        messages.success(request, _("Your calendar has another address; the former is cut."))
    elif act == "couper":
        tokens.cut_feed(request.user)
        messages.success(request, _("The address is cut: nothing reads it any more."))
    else:
        raise Http404
    return redirect("learning:my-calendar")
