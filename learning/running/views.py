"""One's sessions, and who comes to each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.listings import narrow
from cms.meta import PageMeta

from ..kinds import SessionState
from . import queries
from .forms import PeopleFilters, SessionsRunFilters
from .frame import framed, session_to_run

PEOPLE_A_PAGE = 60


@login_required
@never_cache
@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """ "Mes séances": today first, then what is to do, what comes, what is past."""
    if not request.user.has_perm("learning.prepare_session"):
        raise PermissionDenied
    form = SessionsRunFilters(request.GET)
    meta = PageMeta(
        title=_("My sessions"),
        breadcrumbs=[(_("Professional space"), reverse("pro:home"))],
        cache="private",
    )
    listing = queries.my_sessions(request.user, form)
    context = {
        "page_meta": meta,
        "form": form,
        "listing": listing,
        "run": queries.run_among(request.user, list(listing.page.object_list)),
    }
    return render(request, "learning/running/sessions.html", context)


@login_required
@never_cache
@require_safe
def participants(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Who comes to a session, what they expect, who waits."""
    session = session_to_run(request, uuid)
    form = PeopleFilters(request.GET)
    listing = narrow(queries.people(session), form, per_page=PEOPLE_A_PAGE)
    context = framed(
        request,
        session,
        "participants",
        listing=listing,
        tally=queries.tally(session),
        ranks=queries.ranks(session),
        takes=session.state == SessionState.OPEN and not session.has_ended(),
        sees_adjustments=request.user.has_perm("learning.see_adjustments", session),
    )
    return render(request, "learning/running/session.html", context)
