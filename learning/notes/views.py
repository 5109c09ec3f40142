"""Personal notes: under each unit, and all of them on one page. Their author alone comes here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.listings import narrow
from cms.meta import PageMeta
from cms.ratelimit import allowed

from .. import draft_answers, drafts
from ..draft_forms import DraftForm
from ..models import Enrolment, Unit, UnitNote
from . import queries, services
from .queries import SearchForm

SAVES_A_MINUTE = 90


@login_required
@never_cache
@require_POST
def save(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Keep the note on a unit of a path that one follows, or followed."""
    row = get_object_or_404(Unit, uuid=unit, path__uuid=uuid)
    if not Enrolment.objects.filter(user=request.user, path=row.path_id).exists():
        raise Http404
    form = DraftForm(request.POST)
    back = reverse("learning:unit", args=[uuid, unit]) + "#notes"
    if not form.is_valid():
        why = " ".join(str(each) for errors in form.errors.values() for each in errors)
        if draft_answers.wants_json(request):
            return JsonResponse({"error": why}, status=400)
        messages.error(request, _("Your text was not saved: %(why)s") % {"why": why})
        return redirect(back)
    if not allowed(request, "unit-note", SAVES_A_MINUTE, person=request.user):
        return JsonResponse({"error": _("That is many changes in a minute: wait.")}, status=429)
    asked = form.cleaned_data
    try:
        note = services.save(
            request.user, row, asked["text"], revision=asked["revision"], key=asked["key"]
        )
    except drafts.Stale as error:
        save_at = reverse("learning:note-save", args=[uuid, unit])
        return draft_answers.stale(request, asked["text"], error.held, action=save_at, back=back)
    if draft_answers.wants_json(request):
        return draft_answers.saved(note)
    messages.success(request, _("Your note is saved. Nobody else reads it."))
    return redirect(back)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All one's notes, the last written first; `q` searches."""
    form = SearchForm(request.GET)
    listing = narrow(queries.found(request.user, form.value("q") or ""), form)
    crumbs = [
        (_("Professional space"), reverse("pro:home")),
        (_("My training"), reverse("learning:mine")),
    ]
    deleted = services.deleted_of(request.user).select_related("unit__path").order_by("-deleted_at")
    context = {
        "page_meta": PageMeta(title=_("My notes"), breadcrumbs=crumbs, cache="private"),
        "listing": listing,
        "lines": queries.lines(listing.page.object_list),
        "deleted": queries.lines(deleted[:20]),
        "searched": form.value("q") or "",
    }
    return render(request, "learning/notes/mine.html", context)


@login_required
@never_cache
@require_safe
def as_text(request: HttpRequest) -> HttpResponse:
    """All one's notes in one file of plain text."""
    rows = UnitNote.objects.visible_to(request.user).exclude(text="").select_related("unit__path")
    answer = HttpResponse("".join(queries.as_text(rows)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mes-notes.txt"'
    return answer


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Delete a note ("supprimer"), or bring it back ("remettre")."""
    if act == "supprimer":
        note = get_object_or_404(UnitNote.objects.visible_to(request.user), uuid=uuid)
        services.delete(note)
        messages.success(request, _("The note is deleted. You can bring it back for 30 days."))
    elif act == "remettre":
        note = get_object_or_404(services.deleted_of(request.user), uuid=uuid)
        services.restore(note)
        messages.success(request, _("The note is back."))
    else:
        raise Http404
    return redirect("learning:notes")
