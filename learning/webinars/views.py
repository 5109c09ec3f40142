"""The webinars of a member: the list, the room of one, registering, joining, the replay and its notes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.listings import narrow
from cms.meta import PageMeta
from cms.ratelimit import allowed

from ..calendars.events import ICS
from ..models import Webinar, WebinarNote, WebinarPage
from ..paths.forms import read_report
from ..paths.playing import share
from . import calendars, notes, queries, services
from .forms import COMING, REPLAYS, NoteForm, WebinarFilters
from .kinds import WebinarState
from .reading import room_context

NOTES_A_MINUTE = 20


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Professional space"), reverse("pro:home")),
        (_("My training"), reverse("learning:mine")),
        *more,
    ]


def _members_only(request: HttpRequest) -> None:
    if not request.user.has_perm("learning.follow_webinar"):
        raise PermissionDenied


def _webinar(request: HttpRequest, uuid: Any) -> Webinar:
    """A webinar whose announcement this member may read."""
    _members_only(request)
    rows = Webinar.objects.visible_to(request.user).filter(archived_at=None)
    found: Webinar = get_object_or_404(rows, uuid=uuid)
    return found


def _with_page(request: HttpRequest, uuid: Any) -> tuple[Webinar, WebinarPage]:
    webinar = _webinar(request, uuid)
    page = queries.page_of(webinar)
    if page is None:
        raise Http404
    return webinar, page


# -- Reading --------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def webinars(request: HttpRequest) -> HttpResponse:
    """All the webinars: to come, live, replays. Parameters: voir, page."""
    _members_only(request)
    form = WebinarFilters(request.GET)
    rows = queries.shown(request.user)
    wanted = form.value("voir")
    if wanted == COMING:
        rows = rows.coming()
    elif wanted == REPLAYS:
        rows = queries.replays(rows)
    listing = narrow(rows, form)
    address = reverse("learning:webinars")
    tabs = [
        {
            "label": label,
            "url": f"{address}?voir={code}" if code else address,
            "current": code == (wanted or ""),
        }
        for code, label in (("", _("All")), (COMING, _("To come")), (REPLAYS, _("Replays")))
    ]
    context = {
        "page_meta": PageMeta(title=_("Webinars"), breadcrumbs=trail(), cache="private"),
        "listing": listing,
        "lines": queries.lines(listing.page.object_list),
        "tabs": tabs,
    }
    return render(request, "learning/webinars/list.html", context)


@login_required
@never_cache
@require_safe
def room(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One webinar, for a member: announced, live, then its replay. Parameters: dans, notes, modifier."""
    webinar, page = _with_page(request, uuid)
    return shown(request, webinar, page)


def shown(
    request: HttpRequest, webinar: Webinar, page: WebinarPage, status: int = 200, **more: Any
) -> HttpResponse:
    meta = PageMeta(
        title=page.title,
        breadcrumbs=trail((_("Webinars"), reverse("learning:webinars"))),
        cache="private",
    )
    context = {"page_meta": meta, **room_context(request, webinar, page, **more)}
    return render(request, "learning/webinars/room.html", context, status=status)


@require_safe
def calendar(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One webinar as a file, for whoever reads its announcement: never with the link to the meeting."""
    rows = Webinar.objects.visible_to(request.user).filter(archived_at=None)
    webinar = get_object_or_404(rows, uuid=uuid)
    page = queries.page_of(webinar)
    if page is None:
        raise Http404
    content = calendars.of_webinar(webinar, page.summary, page.get_url(request) or "/")
    response = HttpResponse(content, content_type=ICS)
    response["Content-Disposition"] = 'inline; filename="webinaire.ics"'
    response["X-Robots-Tag"] = "noindex"
    private = request.user.is_authenticated
    response["Cache-Control"] = "private" if private else "public, max-age=300"
    return response


# -- Taking part ----------------------------------------------------------------------------------

ACTS = {
    "inscription": (
        services.register,
        lambda: _("You are registered. A mail takes it to your calendar."),
    ),
    "annuler": (
        services.cancel,
        lambda: _("Your registration is cancelled. You can register again."),
    ),
    "vu": (services.mark_seen, lambda: _("Kept: you have seen this replay.")),
    "pas-vu": (services.unmark_seen, lambda: _("Kept: you have not seen it whole yet.")),
}


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Register, take it back, say that one saw the replay."""
    webinar = _webinar(request, uuid)
    if act not in ACTS:
        raise Http404
    do, said = ACTS[act]
    try:
        do(webinar, request.user)
    except services.CannotDo as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said())
    return redirect(webinar)


@login_required
@never_cache
@require_safe
def join(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Open the meeting: kept as presence, then on to the meeting tool.

    A link and no form: forms may lead to this site alone. What a browser asks ahead of a click is no
    presence.
    """
    webinar = _webinar(request, uuid)
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=503)
    try:
        url = services.join(webinar, request.user)
    except services.CannotDo as error:
        messages.error(request, " ".join(error.messages))
        return redirect(webinar)
    response = HttpResponse(status=302)
    response["Location"] = url
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@never_cache
@require_POST
def report(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What the page of the replay reports: JSON in, JSON out, nothing lowered."""
    webinar, page = _with_page(request, uuid)
    if webinar.state != WebinarState.REPLAY:
        return JsonResponse({"error": _("There is no replay yet.")}, status=409)
    now = timezone.now()
    said, refusal = read_report(request, now)
    if said is None:
        return refusal
    try:
        row = services.report(
            webinar, request.user, said.report, length=page.length, share=page.share, now=now
        )
    except ValidationError as error:
        return JsonResponse({"error": error.messages}, status=409)
    percent = round(share(row.played, page.length) * 100)
    return JsonResponse(
        {"done": row.replay_done_at is not None, "percent": percent, "played": row.played}
    )


# -- Notes ----------------------------------------------------------------------------------------


@login_required
@never_cache
@require_POST
def add_note(request: HttpRequest, uuid: Any) -> HttpResponse:
    webinar, page = _with_page(request, uuid)
    team = request.user.has_perm("learning.run_webinar", webinar)
    form = NoteForm(request.POST, team=team)
    status = 422
    if form.is_valid():
        if not allowed(request, "webinar-note", NOTES_A_MINUTE):
            form.add_error(None, _("That is many notes in a minute: wait a little."))
            status = 429
        else:
            asked = form.cleaned_data
            try:
                note = notes.add(
                    webinar,
                    request.user,
                    asked["moment"],
                    asked["text"],
                    submission=asked["submission"],
                    public=asked.get("is_public", False),
                )
            except services.CannotDo as error:
                form.add_error(None, error)
                status = 409
            else:
                return _to_note(webinar, note)
    return shown(request, webinar, page, status, note_form=form)


def _to_note(webinar: Webinar, note: WebinarNote) -> HttpResponse:
    return redirect(f"{webinar.get_absolute_url()}#note-{note.uuid}")


@login_required
@never_cache
@require_POST
def change_note(request: HttpRequest, uuid: Any, note: Any, act: str) -> HttpResponse:
    """Correct a note, delete it, put it back: its author, and the team for its own."""
    webinar, page = _with_page(request, uuid)
    rows = WebinarNote.objects.filter(webinar=webinar).select_related("webinar")
    row = get_object_or_404(rows, uuid=note)
    if not notes.may_change(row, request.user):
        raise Http404
    if act == "supprimer":
        notes.delete(row)
        messages.success(request, _("The note is deleted. You can put it back for 30 days."))
        return redirect(f"{webinar.get_absolute_url()}#notes")
    if act == "remettre":
        try:
            notes.put_back(row)
        except services.CannotDo as error:
            messages.error(request, " ".join(error.messages))
        return _to_note(webinar, row)
    if act != "corriger" or row.deleted_at is not None:
        raise Http404
    form = NoteForm(request.POST, prefix="correction", now=False)
    if form.is_valid():
        notes.correct(row, form.cleaned_data["moment"], form.cleaned_data["text"])
        return _to_note(webinar, row)
    return shown(request, webinar, page, 422, note_form=form, corrected=row.uuid)
