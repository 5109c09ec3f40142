"""Making a session, changing it, announcing it, calling it off."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.meta import PageMeta

from .. import queries as learning_queries
from ..kinds import SessionState
from ..models import Session
from ..services import sessions as service
from . import editing
from .comparing import Difference, differences
from .date_forms import DateRows, with_one_more, without
from .frame import framed, session_to_prepare
from .session_forms import CancelForm, DuplicateForm, SessionForm

CHANGES = (SessionState.DRAFT, SessionState.OPEN)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new session, as a draft."""
    if not request.user.has_perm("learning.prepare_session"):
        raise PermissionDenied
    return _edit(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Change a session; of an announced one, after a page that says how many will be told."""
    session = session_to_prepare(request, uuid)
    if session.state not in CHANGES:
        messages.error(request, _("A session that is cancelled or closed no longer changes."))
        return redirect("learning:prepare", session.uuid)
    return _edit(request, session)


def _edit(request: HttpRequest, session: Session | None) -> HttpResponse:
    if request.method != "POST":
        form = SessionForm(user=request.user, session=session)
        return _shown(request, session, form, DateRows(None, session))
    data = request.POST
    if "add" in data or "remove" in data:
        data = with_one_more(data) if "add" in data else without(data, data["remove"])
        form, rows = _unchecked(request, session, data)
        return _shown(request, session, form, rows)
    form = SessionForm(data, user=request.user, session=session)
    rows = DateRows(data, session)
    valid = form.is_valid()
    if not (rows.read(form.zone) and valid) or "back" in data:
        return _shown(request, session, form, rows)
    told = editing.changes(session, form, rows.slots) if session else []
    people = editing.people_told(session) if session and told else 0
    agreed = data.get("confirmed") == str(people)
    if session and people and not agreed and session.version == form.cleaned_data["version"]:
        return _confirmation(request, session, told, people)
    return _save(request, session, form, rows, people)


def _unchecked(
    request: HttpRequest, session: Session | None, data: Any
) -> tuple[SessionForm, DateRows]:
    """What was entered so far, without saying what is missing."""
    form = SessionForm(data, user=request.user, session=session)
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    rows = DateRows(data, session)
    for row in rows.forms:
        row._errors = ErrorDict()  # type: ignore[attr-defined]
    return form, rows


def _save(
    request: HttpRequest, session: Session | None, form: SessionForm, rows: DateRows, people: int
) -> HttpResponse:
    try:
        saved = editing.save(session, form, rows.slots, by=request.user)
    except service.ChangedMeanwhile:
        return _conflict(request, form, rows)
    except service.CannotChange as error:
        form.add_error(None, error)
        return _shown(request, session, form, rows, status=409)
    if people:
        text = ngettext("Saved: %(n)d person is told.", "Saved: %(n)d people are told.", people) % {
            "n": people
        }
    else:
        text = _("Saved.")
    messages.success(request, text)
    return redirect("learning:prepare", saved.uuid)


def _conflict(request: HttpRequest, form: SessionForm, rows: DateRows) -> HttpResponse:
    """Somebody saved since: both values are shown, what was entered stays in the form."""
    stored = session_to_prepare(request, form.session.uuid if form.session else None)
    found = differences(stored, form, rows)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again, again_rows = _unchecked(request, stored, data)
    return _shown(request, stored, again, again_rows, status=409, differences=found)


def _shown(
    request: HttpRequest,
    session: Session | None,
    form: SessionForm,
    rows: DateRows,
    *,
    status: int = 200,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    more = {"form": form, "rows": rows, "differences": differences}
    if session is None:
        trail = [
            (_("Professional space"), reverse("pro:home")),
            (_("My sessions"), reverse("learning:run-sessions")),
        ]
        meta = PageMeta(title=_("A new session"), breadcrumbs=trail, cache="private")
        context: dict[str, Any] = {"page_meta": meta, **more}
    else:
        context = framed(request, session, "prepare", _("Change the session"), **more)
    if request.method == "POST" and status == 200 and (form.errors or rows.has_errors):
        status = 422
    return render(request, "learning/running/edit.html", context, status=status)


def _confirmation(
    request: HttpRequest, session: Session, told: list[str], people: int
) -> HttpResponse:
    context = framed(
        request,
        session,
        "prepare",
        _("Tell those who come?"),
        told=told,
        people=people,
        kept=[
            (name, value)
            for name, values in request.POST.lists()
            if name not in {"csrfmiddlewaretoken", "confirmed", "back", "add", "remove"}
            for value in values
        ],
    )
    return render(request, "learning/running/confirm_change.html", context)


# -- The session's own page of preparation ----------------------------------------------------


@login_required
@never_cache
@require_safe
def prepare(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What the session is, what it lacks, and what can be done with it."""
    session = session_to_prepare(request, uuid)
    return _prepared(request, session)


def _prepared(
    request: HttpRequest,
    session: Session,
    duplicate_form: DuplicateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = session.state == SessionState.DRAFT
    first = session.current_dates[0].local_start.date() if session.current_dates else None
    context = framed(
        request,
        session,
        "prepare",
        places=learning_queries.places_of(session),
        lacks=service.lacks(session) if draft else [],
        changes=session.state in CHANGES,
        duplicate_form=duplicate_form
        or DuplicateForm(initial={"first_day": first + dt.timedelta(days=28) if first else None}),
        may_cancel=session.state == SessionState.OPEN,
    )
    return render(request, "learning/running/prepare.html", context, status=status)


@login_required
@never_cache
@require_POST
def announce(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Let people register, or say what the session lacks."""
    session = session_to_prepare(request, uuid)
    try:
        service.open_session(session, by=request.user)
    except service.CannotChange as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The session is announced: people may register."))
    return redirect("learning:prepare", session.uuid)


@login_required
@never_cache
@require_POST
def duplicate(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A draft like this one, on another day."""
    session = session_to_prepare(request, uuid)
    form = DuplicateForm(request.POST)
    if not form.is_valid():
        return _prepared(request, session, form, status=422)
    first = session.current_dates[0].local_start.date() if session.current_dates else None
    shift = form.cleaned_data["first_day"] - first if first else None
    copy = service.duplicate(session, by=request.user, shift=shift)
    messages.success(request, _("Here is the copy, a draft: check it, then announce it."))
    return redirect("learning:edit-session", copy.uuid)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Call a session off, after a page that says how many will be told."""
    session = session_to_prepare(request, uuid)
    if session.state != SessionState.OPEN:
        messages.error(request, _("Only a session that is announced can be cancelled."))
        return redirect("learning:prepare", session.uuid)
    form = CancelForm(request.POST or None)
    people = editing.people_told(session)
    if request.method == "POST" and form.is_valid():
        try:
            service.cancel_session(session, by=request.user, reason=form.cleaned_data["reason"])
        except service.CannotChange as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The session is cancelled, everybody is told."))
            return redirect("learning:prepare", session.uuid)
    context = framed(request, session, "prepare", _("Cancel the session"), form=form, people=people)
    status = 422 if form.errors else 200
    return render(request, "learning/running/cancel.html", context, status=status)


@login_required
@never_cache
@require_POST
def delete(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Put a draft in the bin."""
    session = session_to_prepare(request, uuid)
    try:
        editing.delete_draft(session, by=request.user)
    except service.CannotChange as error:
        messages.error(request, " ".join(error.messages))
        return redirect("learning:prepare", session.uuid)
    messages.success(
        request, _("The draft is in the bin: the national team can bring it back for 30 days.")
    )
    return redirect("learning:run-sessions")
