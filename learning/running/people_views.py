"""One person of a session, somebody more, a message to several."""

import uuid as uuids
from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.listings import FilterForm, narrow
from cms.ratelimit import allowed

from ..kinds import Mode, RegistrationState, SessionState
from ..models import Registration, Session
from ..services import registrations as service
from ..writing.composing import compose, ticked
from . import messages, people, queries
from .frame import framed, session_to_run
from .people_forms import AddForm, MessageForm, ReasonOwedForm, SearchForm

SEARCHES_A_MINUTE = 30


def _row(request: HttpRequest, uuid: Any, person: Any) -> tuple[Session, Registration]:
    session = session_to_run(request, uuid)
    rows = Registration.objects.filter(session=session).select_related(
        "user", "maison__commune__department", "registered_by"
    )
    row = get_object_or_404(rows, uuid=person)
    row.session = session
    return session, row


@login_required
@never_cache
@require_safe
def person(request: HttpRequest, uuid: Any, person: Any) -> HttpResponse:
    """One registration, for whoever runs the session: how it came to be so, what can be done."""
    session, row = _row(request, uuid, person)
    return _shown(request, session, row)


def _shown(
    request: HttpRequest,
    session: Session,
    row: Registration,
    form: ReasonOwedForm | None = None,
    act: str = "",
    status: int = 200,
) -> HttpResponse:
    ahead = session.state == SessionState.OPEN and not session.has_started()
    waiting = row.state == RegistrationState.WAITING
    context = framed(
        request,
        session,
        "participants",
        str(row.user),
        row=row,
        rank=queries.ranks(session).get(row.pk) if waiting else 0,
        sees_adjustments=request.user.has_perm("learning.see_adjustments", session),
        events=row.events.select_related("by"),
        may_cancel=ahead and row.is_in_play,
        may_put_first=ahead and waiting and request.user.has_perm("learning.steer"),
        cancel_form=form if act == "annuler" else ReasonOwedForm(prefix="cancel"),
        first_form=form if act == "en-tete" else ReasonOwedForm(prefix="first"),
    )
    return render(request, "learning/running/person.html", context, status=status)


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, person: Any, act: str) -> HttpResponse:
    """Cancel somebody, or put them first on the waiting list: both for a reason."""
    session, row = _row(request, uuid, person)
    acts = {"annuler": ("cancel", _cancel), "en-tete": ("first", _put_first)}
    if act not in acts:
        raise Http404
    prefix, do = acts[act]
    if act == "en-tete" and not request.user.has_perm("learning.steer"):
        raise PermissionDenied
    form = ReasonOwedForm(request.POST, prefix=prefix)
    if form.is_valid():
        try:
            do(request, row, form.cleaned_data["reason"])
        except service.CannotRegister as error:
            form.add_error(None, error)
        else:
            return redirect("learning:run-person", session.uuid, row.uuid)
    return _shown(request, session, row, form, act, status=409 if form.non_field_errors() else 422)


def _cancel(request: HttpRequest, row: Registration, reason: str) -> None:
    service.cancel(row, by=request.user, reason=reason)
    flash.success(request, _("The registration is cancelled, the person is told."))


def _put_first(request: HttpRequest, row: Registration, reason: str) -> None:
    service.put_first(row, by=request.user, reason=reason)
    flash.success(request, _("This person is now first on the waiting list."))


# -- Somebody more --------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Register somebody of the network: before the session, or at the door until it ends."""
    session = session_to_run(request, uuid)
    if request.method == "POST":
        return _add(request, session)
    found: list[Any] = []
    form = SearchForm(request.GET or None)
    if form.is_valid():
        if allowed(request, "learning.people", SEARCHES_A_MINUTE):
            found = people.search(form.cleaned_data["q"])
        else:
            form.add_error("q", _("Too many searches: wait a minute."))
    return _adding(request, session, form, found)


def _adding(
    request: HttpRequest, session: Session, form: SearchForm, found: list[Any], status: int = 200
) -> HttpResponse:
    rows = Registration.objects.filter(session=session, user__in=found).in_play()
    context = framed(
        request,
        session,
        "participants",
        _("Register somebody"),
        form=form,
        found=found,
        already={row.user_id: row for row in rows},
        takes=session.state == SessionState.OPEN and not session.has_ended(),
    )
    return render(request, "learning/running/add.html", context, status=status)


def _add(request: HttpRequest, session: Session) -> HttpResponse:
    form = AddForm(request.POST)
    if not form.is_valid():
        flash.error(request, _("This person is not, or no longer, of the network."))
        return redirect("learning:run-add", session.uuid)
    person = form.cleaned_data["person"]
    remote = session.mode == Mode.REMOTE or (
        session.mode == Mode.HYBRID and form.cleaned_data["remote"]
    )
    try:
        row = service.register(
            session,
            person,
            by=request.user,
            maison=people.maison_of(person, form.cleaned_data["maison"]),
            remote=remote,
            at_the_door=True,
        )
    except service.CannotRegister as error:
        flash.error(request, " ".join(error.messages))
        return redirect("learning:run-add", session.uuid)
    flash.success(
        request,
        _("%(person)s: %(state)s.")
        % {"person": person, "state": str(row.get_state_display()).lower()},
    )
    return redirect("learning:run-session", session.uuid)


# -- Messages -------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def message_log(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The messages already sent to those of a session."""
    session = session_to_run(request, uuid)
    rows = queries.messages_of(session)
    context = framed(
        request, session, "messages", listing=narrow(rows, FilterForm(request.GET), per_page=20)
    )
    return render(request, "learning/running/messages.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Write, read over, send: `a` names people one by one, `public` a whole audience."""
    session = session_to_run(request, uuid)
    if request.method == "POST":
        form = MessageForm(request.POST)
    else:
        form = MessageForm(initial=_first_values(request))

    def show(form: Any, preview: bool, status: int) -> HttpResponse:
        return _writing(request, session, form, preview, status)

    def send(said: dict[str, Any]) -> Any:
        return messages.send(session, by=request.user, **said)

    return compose(
        request, form, show, send, lambda: redirect("learning:run-messages", session.uuid)
    )


def _first_values(request: HttpRequest) -> dict[str, Any]:
    chosen = ticked(request)
    audience = request.GET.get("public", "")
    if audience not in messages.Audience.values:
        audience = messages.Audience.CHOSEN if chosen else messages.Audience.REGISTERED
    return {"token": uuids.uuid4(), "audience": str(audience), "chosen": chosen}


def _writing(
    request: HttpRequest, session: Session, form: MessageForm, preview: bool, status: int
) -> HttpResponse:
    said = form.cleaned_data if form.is_bound else form.initial
    audience = said.get("audience", messages.Audience.CHOSEN)
    context = framed(
        request,
        session,
        "messages",
        _("Write to those who come"),
        form=form,
        audience=messages.Audience(audience).label,
        rows=list(messages.recipients(session, audience, said.get("chosen", []))),
        preview=preview,
    )
    return render(request, "learning/running/write.html", context, status=status)
