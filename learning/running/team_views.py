"""Registering one's team, from a list or a file; approving registrations."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.listings import FilterForm, narrow
from cms.meta import PageMeta

from .. import queries as learning_queries
from ..forms import SessionFilters
from ..models import Registration, RegistrationImport, Session
from ..people_lists import report_on
from ..writing.forms import ChosenField
from . import approvals, batches, team
from .team_forms import DecisionForm, FileForm, TeamFilters, TeamForm, WriteForm

TEAM_A_PAGE = 60


def _session(request: HttpRequest, uuid: Any) -> Session:
    """An announced session, for whoever may register others."""
    if not request.user.has_perm("learning.register_others"):
        raise PermissionDenied
    rows = Session.objects.visible_to(request.user).with_times()
    found: Session = get_object_or_404(rows, uuid=uuid)
    return found


def _meta(session: Session, title: str, *trail: tuple[str, str]) -> PageMeta:
    return PageMeta(
        title=title,
        breadcrumbs=[
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (str(session), session.get_absolute_url()),
            *trail,
        ],
        cache="private",
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_team(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Register several of one's team; what became of each is said line by line."""
    session = _session(request, uuid)
    lines: list[team.Line] = []
    form = TeamForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = team.members(request.user).filter(uuid__in=form.cleaned_data["chosen"])
        lines = team.register_all(
            session, chosen, by=request.user, remote=form.cleaned_data["remote"]
        )
        if not lines:
            form.add_error("chosen", _("These people are not, or no longer, of your team."))
    filters = TeamFilters(request.GET)
    rows = team.members(request.user, filters.value("q") or "")
    listing = narrow(rows, filters, per_page=TEAM_A_PAGE)
    shown = [member.user_id for member in listing.page.object_list]
    held = Registration.objects.filter(session=session, user__in=shown).in_play()
    context = {
        "page_meta": _meta(session, _("Register my team")),
        "session": session,
        "form": form,
        "listing": listing,
        "lines": lines,
        "held": {row.user_id: row for row in held},
        "ticked": set(chosen_in(request, "personne")),
        "places": learning_queries.places_of(session),
        "takes": session.takes_registrations(),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/running/register_team.html", context, status=status)


def chosen_in(request: HttpRequest, name: str) -> list[Any]:
    """The uuids that a parameter names; none when one of them is not one."""
    try:
        return list(ChosenField(required=False).clean(request.GET.getlist(name)))
    except ValidationError:
        return []


@login_required
@never_cache
@require_safe
def choose_session(request: HttpRequest) -> HttpResponse:
    """For whom is said (`personne`), a session is chosen among the coming ones."""
    if not request.user.has_perm("learning.register_others"):
        raise PermissionDenied
    form = SessionFilters(request.GET)
    wanted = chosen_in(request, "personne")
    named = team.members(request.user).filter(user__uuid__in=wanted)
    meta = PageMeta(
        title=_("Register my team"),
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My training"), reverse("learning:mine")),
        ],
        cache="private",
    )
    context = {
        "page_meta": meta,
        "form": form,
        "found": learning_queries.sessions(request.user, form),
        "people": list({member.user_id: member.user for member in named}.values()),
    }
    return render(request, "learning/running/choose_session.html", context)


# -- From a file ----------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_file(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Read a file; nobody is registered before its report was seen."""
    session = _session(request, uuid)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = batches.read(session, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("learning:register-batch", session.uuid, batch.uuid)
    context = {
        "page_meta": _meta(session, _("Register from a file"), _team_crumb(session)),
        "session": session,
        "form": form,
        "takes": session.takes_registrations(),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/running/register_file.html", context, status=status)


def _team_crumb(session: Session) -> tuple[str, str]:
    return _("Register my team"), reverse("learning:register-team", args=[session.uuid])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_batch(request: HttpRequest, uuid: Any, batch: Any) -> HttpResponse:
    """What was found of each line; then all are registered, or those that can be."""
    session = _session(request, uuid)
    rows = RegistrationImport.objects.filter(session=session, by=request.user)
    found = get_object_or_404(rows, uuid=batch)
    form = WriteForm(request.POST if request.method == "POST" else None, batch=found)
    if request.method == "POST" and form.is_valid():
        try:
            batches.write(found, by=request.user, partly=form.cleaned_data.get("partly", False))
        except batches.Incomplete as error:
            form.add_error(None, error)
        else:
            return redirect("learning:register-batch", session.uuid, found.uuid)
    context = {
        "page_meta": _meta(session, _("Report on the file"), _team_crumb(session)),
        "session": session,
        "batch": found,
        "form": form,
        **report_on(found, request.GET, "maison"),
        "takes": session.takes_registrations(),
    }
    status = 409 if form.non_field_errors() else 200
    return render(request, "learning/running/register_batch.html", context, status=status)


# -- Approval -------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest) -> HttpResponse:
    """Registrations that await one's approval: approved or refused, one or many."""
    if not request.user.has_perm("learning.register_others"):
        raise PermissionDenied
    lines: list[team.Line] = []
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        # Not only those that still wait: what somebody else decided meanwhile is said.
        rows = approvals.decidable(request.user).filter(uuid__in=data["chosen"])
        lines = approvals.decide_all(
            rows, by=request.user, approve=not data["refuse"], reason=data["reason"]
        )
        form = DecisionForm() if lines else form
    meta = PageMeta(
        title=_("Registrations to approve"),
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My training"), reverse("learning:mine")),
        ],
        cache="private",
    )
    listing = narrow(
        approvals.to_approve(request.user), FilterForm(request.GET), per_page=TEAM_A_PAGE
    )
    context = {"page_meta": meta, "form": form, "listing": listing, "lines": lines}
    status = 422 if form.errors else 200
    return render(request, "learning/running/approve.html", context, status=status)
