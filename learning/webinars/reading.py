"""What the announcement and the room of a webinar show."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.threads import queries as threads

from ..models import Webinar, WebinarPage
from ..paths.player import player_of
from ..paths.playing import share
from . import queries
from .discussions import KIND
from .forms import NoteForm, RoomForm
from .kinds import WebinarState
from .services import takes


def announcement_context(page: WebinarPage, request: HttpRequest) -> dict[str, Any]:
    """The public page: nothing of those registered, no link to the meeting, no recording that is private."""
    webinar = Webinar.objects.filter(uuid=page.translation_key).first()
    if webinar is None:
        # A page that is being previewed: nothing was announced yet.
        return {"webinar": None, "speakers": list(page.speakers.all())}
    state = webinar.state
    user = request.user
    follows = user.has_perm("learning.follow_webinar")
    context = {
        "webinar": webinar,
        "state": state,
        "speakers": list(page.speakers.all()),
        "follows": follows,
        "takes": takes(webinar),
        "registration": queries.registration_of(webinar, user) if follows else None,
        "player": None,
    }
    if state == WebinarState.REPLAY and page.recording_is_public and page.recording:
        context["player"] = player_of_replay(page, request)
        context["notes"] = queries.public_notes(webinar)
    return context


def player_of_replay(page: WebinarPage, request: HttpRequest) -> dict[str, Any]:
    chapters = [(row.starts_at, row.title) for row in page.chapters.all()]
    return player_of(page.recording, request, page.title, "", chapters)


def room_context(
    request: HttpRequest,
    webinar: Webinar,
    page: WebinarPage,
    note_form: NoteForm | None = None,
    corrected: Any = None,
) -> dict[str, Any]:
    """The room of a webinar, for a member of the network. corrected: the note that `note_form` is of."""
    state, user = webinar.state, request.user
    asked = RoomForm(request.GET)
    runs = user.has_perm("learning.run_webinar", webinar)
    registration = queries.registration_of(webinar, user)
    presence = queries.presence_of(webinar, user)
    context: dict[str, Any] = {
        "webinar": webinar,
        "page": page,
        "state": state,
        "asked": asked,
        "runs": runs,
        "registration": registration,
        "presence": presence,
        "takes": takes(webinar),
        "meeting_is_open": registration is not None and webinar.meeting_is_open(),
        "speakers": list(page.speakers.all()),
        "discussion": threads.conversations(KIND, webinar.uuid, user),
        "submission": uuid.uuid4(),
    }
    if state == WebinarState.REPLAY and page.recording:
        context |= _replay(request, webinar, page, asked, runs, note_form, corrected)
        context["seen"] = round(share(presence.played if presence else [], page.length) * 100)
    if state in (WebinarState.REPLAY, WebinarState.ENDED) or registration is not None:
        context["documents"] = [
            row.document for row in page.documents.select_related("document") if row.document
        ]
    return context


def _replay(
    request: HttpRequest,
    webinar: Webinar,
    page: WebinarPage,
    asked: RoomForm,
    runs: bool,
    note_form: NoteForm | None,
    corrected: Any,
) -> dict[str, Any]:
    notes = queries.notes_of(webinar, request.user, asked.value("notes") or 1)
    wanted = corrected or asked.value("modifier")
    own = {note.uuid: note for note in notes.page.object_list}
    editing = own.get(wanted)
    if editing is not None and not _may_change(editing, request.user, runs):
        editing = None
    edit_form = note_form if corrected else None
    if editing is not None and edit_form is None:
        initial = {"moment": editing.moment, "text": editing.text}
        edit_form = NoteForm(initial=initial, now=False, prefix="correction")
    return {
        "player": player_of_replay(page, request),
        "report_url": reverse("learning:webinar-report", args=[webinar.uuid]),
        "notes": notes,
        "changeable": {n.pk for n in own.values() if _may_change(n, request.user, runs)},
        "editing": editing,
        "edit_form": edit_form,
        "note_form": note_form if note_form and not corrected else NoteForm(team=runs),
    }


def _may_change(note: Any, user: Any, runs: bool) -> bool:
    return note.author_id == user.pk or (note.is_public and runs)
