"""Sessions for everybody, and one's own registrations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.meta import PageMeta, absolute
from cms.queries import index_page

from . import queries, rules
from .attendance.own import attendance_of
from .closing.queries import certificates_on
from .files.queries import files_of
from .forms import ReasonForm, RegistrationForm, SessionFilters
from .kinds import SessionState
from .models import CataloguePage, Registration, Session
from .running.approvals import decide_all
from .running.public import views_of_sessions
from .running.team import Line
from .services import registrations as service
from .structured import session_data


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The coming sessions; parameters: those of `SessionFilters`."""
    form = SessionFilters(request.GET)
    found = queries.sessions(request.user, form)
    meta = PageMeta(
        title=_("Training sessions"),
        description=_("The coming sessions of the network’s training, near you or remote."),
        canonical=absolute(reverse("learning:sessions")),
        breadcrumbs=trail(),
        robots="noindex, follow" if form.query() or form.errors else "",
    )
    context = {
        "page_meta": meta,
        "form": form,
        "found": found,
        "views": views_of_sessions("list", form),
    }
    return render(request, "learning/session_list.html", context)


def trail() -> list[tuple[str, str]]:
    return [(_("Home"), reverse("wagtail_serve", args=[""]))]


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """To the catalogue, wherever editors put it: modules, online paths, webinars. `#parcours`, `#webinaires`."""
    page = index_page(CataloguePage, request)
    if page is None:
        raise Http404
    return redirect(page.get_url(request) or "/")


@require_safe
def session(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One session. What this reader may not see does not exist."""
    found = get_object_or_404(
        Session.objects.visible_to(request.user).with_times().prefetch_related("trainers"),
        uuid=uuid,
    )
    mine = queries.registrations_by_session(request.user, [found]).get(found.pk)
    public = found.state != SessionState.DRAFT
    meta = PageMeta(
        title=str(found),
        description=found.module.summary,
        canonical=absolute(found.get_absolute_url()),
        breadcrumbs=[*trail(), (_("Training sessions"), reverse("learning:sessions"))],
        robots="" if public and not found.has_ended() else "noindex",
        json_ld=[session_data(found)] if public else [],
        cache="public" if public else "private",
    )
    context = {
        "page_meta": meta,
        "session": found,
        "module_url": found.module.get_url(request),
        "places": queries.places_of(found),
        "mine": mine if mine and mine.is_in_play else None,
        "takes": found.takes_registrations(),
        "runs": request.user.has_perm("learning.run_session", found),
        "prepares": request.user.has_perm("learning.change_this_session", found),
        "registers_others": request.user.has_perm("learning.register_others"),
    }
    return render(request, "learning/session.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Register oneself for a session."""
    found = get_object_or_404(Session.objects.visible_to(request.user).with_times(), uuid=uuid)
    if not request.user.has_perm("learning.register"):
        raise PermissionDenied
    mine = Registration.objects.filter(session=found, user=request.user).in_play().first()
    if mine is not None:
        return redirect(mine)
    form = RegistrationForm(
        request.POST or None, session=found, maisons=rules.maisons_of(request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = _register(request, found, form)
        except service.CannotRegister as error:
            form.add_error(None, error)
        else:
            return redirect(row)
    meta = PageMeta(
        title=_("Register for this session"),
        breadcrumbs=[*trail(), (str(found), found.get_absolute_url())],
        cache="private",
    )
    context = {
        "page_meta": meta,
        "session": found,
        "form": form,
        "places": queries.places_of(found),
        "takes": found.takes_registrations(),
    }
    status = 409 if form.non_field_errors() else 200
    return render(request, "learning/register.html", context, status=status)


def _register(request: HttpRequest, found: Session, form: RegistrationForm) -> Registration:
    asked = form.cleaned_data
    return service.register(
        found,
        request.user,
        by=request.user,
        maison=asked.get("maison"),
        remote=found.mode == Session.Mode.REMOTE or bool(asked.get("remote")),
        accommodations=asked["accommodations"],
        expectations=asked["expectations"],
    )


def pro_trail() -> list[tuple[str, str]]:
    return [(_("Professional space"), reverse("pro:home"))]


@login_required
@never_cache
@require_safe
def registration(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One registration: where it stands, what can be done, how it came to be so."""
    row = _seen(request, uuid)
    meta = PageMeta(
        title=row.session.module.title,
        breadcrumbs=[*pro_trail(), (_("My training"), reverse("learning:mine"))],
        cache="private",
    )
    return render(
        request, "learning/pro/registration.html", {"page_meta": meta, **_shown(request, row)}
    )


def _seen(request: HttpRequest, uuid: Any) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related(
        "session__module", "session__commune__department", "user", "maison"
    )
    row: Registration = get_object_or_404(rows.prefetch_related("session__dates"), uuid=uuid)
    return row


def _shown(request: HttpRequest, row: Registration) -> dict[str, Any]:
    user = request.user
    session = row.session
    waiting = row.state == Registration.State.WAITING
    ahead = session.state == SessionState.OPEN and not session.has_started()
    return {
        "row": row,
        "session": session,
        "is_mine": row.user_id == user.pk,
        "rank": queries.rank_of(row) if waiting else 0,
        "may_accept": ahead
        and row.user_id == user.pk
        and (row.offer_is_open() or (waiting and queries.places_of(session).left > 0)),
        "may_cancel": ahead
        and row.is_in_play
        and user.has_perm("learning.cancel_registration", row),
        "may_approve": ahead
        and row.state == Registration.State.REQUESTED
        and user.has_perm("learning.approve_registration", row),
        "files": files_of(session, user) if row.is_in_play else [],
        "half_days": attendance_of(row, user),
        "events": row.events.select_related("by"),
        "certificates": certificates_on(row, user),
        "reason_form": ReasonForm(),
        "to_answer": _to_answer(row) if row.user_id == user.pk else [],
    }


def _to_answer(row: Registration) -> list[Any]:
    """What this session asks of the person now."""
    from .evaluations.queries import to_answer

    return [each for each in to_answer(row.user) if each.session_id == row.session_id]


@login_required
@never_cache
@require_POST
def decide(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Accept an offer, withdraw, approve or refuse: one act, once."""
    row = _seen(request, uuid)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason in at most 255 characters."))
        return redirect(row)
    reason = form.cleaned_data["reason"]
    try:
        _act(request, row, act, reason)
    except service.CannotRegister as error:
        messages.error(request, " ".join(error.messages))
    return redirect(row)


def _act(request: HttpRequest, row: Registration, act: str, reason: str) -> None:
    user = request.user
    needed = {
        "accepter": row.user_id == user.pk,
        "annuler": user.has_perm("learning.cancel_registration", row),
        "approuver": user.has_perm("learning.approve_registration", row),
        "refuser": user.has_perm("learning.approve_registration", row),
    }
    if act not in needed:
        raise Http404
    if not needed[act]:
        raise PermissionDenied
    if act == "accepter":
        service.accept(row, by=user)
        messages.success(request, _("You are registered."))
    elif act == "annuler":
        service.cancel(row, by=user, reason=reason)
        messages.success(request, _("The registration is cancelled."))
    elif act == "approuver":
        [line] = decide_all([row], by=user, approve=True)
        _say(request, line, _("The registration is approved."))
    else:
        [line] = decide_all([row], by=user, approve=False, reason=reason)
        _say(request, line, _("The registration is refused."))


def _say(request: HttpRequest, line: Line, done: str) -> None:
    """What was done, or that somebody else had decided."""
    if line.good:
        messages.success(request, done)
    else:
        messages.error(request, _sentence(line.text))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
