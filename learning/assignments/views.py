"""What a learner does with an assignment: write, add files, hand in, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.ratelimit import allowed

from .. import draft_answers, drafts
from ..draft_forms import DraftForm
from ..models import Enrolment, LearningPath, Submission, SubmissionFile, Unit
from ..paths import reading
from . import files, services
from .forms import WorkFileForm

A_MINUTE = 20
SAVES_A_MINUTE = 90


class Place:
    """The assignment that a request is about: open to its reader, else it does not exist here (404)."""

    def __init__(self, request: HttpRequest, path_uuid: Any, unit_uuid: Any) -> None:
        path = get_object_or_404(
            LearningPath.objects.select_related("version").exclude(version=None), uuid=path_uuid
        )
        enrolment = reading.enrolment_of(path, request.user)
        view = reading.path_view(path, enrolment) if enrolment else None
        place = view.find(str(unit_uuid)) if view else None
        page = reading.unit_page(str(unit_uuid))
        if enrolment is None or place is None or page is None or page.kind != "assignment":
            raise Http404
        if not place.is_open:
            raise Http404
        self.enrolment: Enrolment = enrolment
        self.unit = get_object_or_404(Unit, path=path, uuid=unit_uuid)
        self.value = page.content[0].value
        self.args = [path.uuid, self.unit.uuid]

    @property
    def address(self) -> str:
        return reverse("learning:unit", args=self.args) + "#devoir"

    def back(self) -> HttpResponse:
        return redirect(self.address)

    def not_kept(self, request: HttpRequest, text: str, error: Any) -> HttpResponse:
        """What was written stays before the eyes of whoever wrote it."""
        why = " ".join(error.messages)
        if draft_answers.wants_json(request):
            return JsonResponse({"error": why}, status=400)
        if not text.strip():
            messages.error(request, why)
            return self.back()
        save = reverse("learning:work-draft", args=self.args)
        return draft_answers.both(request, text, why, action=save, back=self.address)

    def stale(self, request: HttpRequest, text: str, held: Any) -> HttpResponse:
        save = reverse("learning:work-draft", args=self.args)
        return draft_answers.stale(request, text, held, action=save, back=self.address)


@login_required
@never_cache
@require_POST
def draft(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Keep the text as it stands, again and again while one writes."""
    return _written(request, Place(request, uuid, unit), _keep)


@login_required
@never_cache
@require_POST
def submit(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Hand the work in. A double click is one."""
    return _written(request, Place(request, uuid, unit), _hand_in)


Act = Callable[[HttpRequest, Place, dict[str, Any]], HttpResponse]


def _written(request: HttpRequest, place: Place, act: Act) -> HttpResponse:
    """What the form says, given to `act`; what keeps it from being kept is said."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _wrong(request, place, form)
    asked = form.cleaned_data
    try:
        return act(request, place, asked)
    except drafts.Stale as error:
        return place.stale(request, asked["text"], error.held)
    except services.CannotHandIn as error:
        return place.not_kept(request, asked["text"], error)


def _keep(request: HttpRequest, place: Place, asked: dict[str, Any]) -> HttpResponse:
    if not allowed(request, "work-draft", SAVES_A_MINUTE, person=request.user):
        return JsonResponse({"error": _("That is many changes in a minute: wait.")}, status=429)
    row = services.save_draft(
        place.enrolment, place.unit, asked["text"], revision=asked["revision"], key=asked["key"]
    )
    if draft_answers.wants_json(request):
        return draft_answers.saved(row)
    messages.success(request, _("Your draft is saved. Nobody reads it until you hand it in."))
    return place.back()


def _hand_in(request: HttpRequest, place: Place, asked: dict[str, Any]) -> HttpResponse:
    services.submit(
        place.enrolment,
        place.unit,
        asked["text"],
        expected=place.value["expected"],
        revision=asked["revision"],
        key=asked["key"],
    )
    messages.success(request, _("Your work is handed in. You may take it back until it is marked."))
    return place.back()


def _wrong(request: HttpRequest, place: Place, form: DraftForm) -> HttpResponse:
    """The text is too long, or the form is not one of ours."""
    said = [message for errors in form.errors.values() for message in errors]
    if draft_answers.wants_json(request):
        return JsonResponse({"error": " ".join(str(each) for each in said)}, status=400)
    messages.error(request, _("Your text was not saved: %(why)s") % {"why": " ".join(said)})
    return place.back()


@login_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    place = Place(request, uuid, unit)
    row = services.last_of(place.enrolment, place.unit)
    if row is None:
        raise Http404
    try:
        services.withdraw(row, by=request.user)
    except services.CannotHandIn as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your work is a draft again: change it, then hand it in."))
    return place.back()


@login_required
@never_cache
@require_POST
def add_file(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Add a file to the draft."""
    place = Place(request, uuid, unit)
    form = WorkFileForm(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            for message in errors:
                messages.error(request, str(message))
        return place.back()
    if not allowed(request, "work-file", A_MINUTE, person=request.user):
        messages.error(request, _("That is many files in a minute: wait a little."))
        return place.back()
    asked = form.cleaned_data
    try:
        row = services.open_draft(place.enrolment, place.unit)
        file = files.add(row, asked["file"], key=asked["key"], most=place.value["most_files"])
    except services.CannotHandIn as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(title)s” is added.") % {"title": file.title})
    return place.back()


@login_required
@never_cache
@require_POST
def act_on_file(request: HttpRequest, uuid: Any, unit: Any, file: Any, act: str) -> HttpResponse:
    """Take a file of the draft away ("retirer"), or bring it back ("remettre")."""
    place = Place(request, uuid, unit)
    mine = Submission.objects.filter(enrolment=place.enrolment, unit=place.unit)
    rows = SubmissionFile.objects.filter(submission__in=mine, side="work")
    row = get_object_or_404(rows.select_related("submission"), uuid=file)
    try:
        if act == "retirer":
            files.remove(row)
            said = _("“%(title)s” is taken away. You can bring it back for 30 days.")
        elif act == "remettre":
            files.restore(row, place.value["most_files"])
            said = _("“%(title)s” is back.")
        else:
            raise Http404
    except services.CannotHandIn as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said % {"title": row.title})
    return place.back()
