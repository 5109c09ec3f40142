"""Marking, for the trainers named on a cohort and the national team."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.meta import PageMeta

from ..models import Submission
from ..paths.reading import names_of, unit_page
from ..rules import is_trainer
from . import files, marking, queue
from .blocks import Criterion, criteria_of
from .forms import MarkForm
from .kinds import FileSide, Outcome
from .reading import Attempt, rows_of
from .services import CannotHandIn, place_of
from .terms import terms_for

MOST_REMARKS = 3


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Professional space"), reverse("pro:home")), *more]


@login_required
@never_cache
@require_safe
def to_mark(request: HttpRequest) -> HttpResponse:
    """What waits in all the cohorts of this person."""
    if not request.user.has_perm("learning.mark_submissions") and not is_trainer(request.user):
        raise PermissionDenied
    found = queue.read(request.GET, request.user)
    context = {
        "page_meta": PageMeta(title=_("Works to mark"), breadcrumbs=_trail(), cache="private"),
        "queue": found,
        "pending": pending_of(request.user),
    }
    return render(request, "learning/assignments/queue_all.html", context)


def pending_of(user: Any) -> list[dict[str, Any]]:
    """What may still be undone, with its unit."""
    rows = queue.pending(user)
    titles = names_of(row.unit.uuid for row in rows) if rows else {}
    return [
        {
            "row": row,
            "title": titles.get(str(row.unit.uuid), ""),
            "until": marking.undone_until(row),
        }
        for row in rows
    ]


def _submission(request: HttpRequest, uuid: Any) -> Submission:
    """A work that this person marks; else it does not exist here (404)."""
    rows = Submission.objects.visible_to(request.user).exclude(enrolment__user=request.user)
    found: Submission = get_object_or_404(
        rows.select_related(
            "unit",
            "claimed_by",
            "marked_by",
            "enrolment__user",
            "enrolment__cohort",
            "enrolment__version",
            "enrolment__path",
        ),
        uuid=uuid,
    )
    return found


def _criteria(row: Submission) -> tuple[str, list[Criterion]]:
    """The title of the assignment, and its criteria where it is marked by them."""
    page = unit_page(str(row.unit.uuid))
    if page is None or page.kind != "assignment":
        return names_of([row.unit.uuid]).get(str(row.unit.uuid), ""), []
    value = page.content[0].value
    return page.title, criteria_of(value) if value["grading"] == "criteria" else []


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One work: what was handed in, and the form that marks it for whoever took it."""
    row = _submission(request, uuid)
    title, criteria = _criteria(row)
    form = MarkForm(criteria=criteria, initial=_initial(row, criteria))
    status = 200
    if request.method == "POST":
        form = MarkForm(request.POST, request.FILES, criteria=criteria)
        if form.is_valid():
            try:
                return _mark(request, row, form)
            except ValidationError as error:
                form.add_error(None, error)
                status = 409
                row = _submission(request, uuid)
        else:
            status = 400
    return render(
        request,
        "learning/assignments/mark.html",
        _context(request, row, title, form),
        status=status,
    )


def _initial(row: Submission, criteria: list[Criterion]) -> dict[str, Any]:
    """What was said before the mark was undone."""
    held = {str(each.criterion): each.level for each in row.criteria.all()}
    levels = {
        f"criterion-{number}": held[each.id]
        for number, each in enumerate(criteria)
        if each.id in held
    }
    return {"feedback": row.feedback, "key": uuids.uuid4(), **levels}


def _context(request: HttpRequest, row: Submission, title: str, form: MarkForm) -> dict[str, Any]:
    now = timezone.now()
    attempts = [Attempt(each) for each in rows_of(row.enrolment, row.unit.uuid)]
    this = next(each for each in attempts if each.row.pk == row.pk)
    held_by = marking.holder(row, now)
    crumbs = _trail((_("Works to mark"), reverse("learning:marking")))
    return {
        "page_meta": PageMeta(title=title, breadcrumbs=crumbs, cache="private"),
        "row": row,
        "attempt": this,
        "earlier": [each for each in attempts if each.row.number < row.number],
        "form": form,
        "mine": row.waits and held_by == request.user,
        "holder": held_by if row.waits and held_by != request.user else None,
        "frees_at": row.claimed_at + marking.CLAIM if row.claimed_at else None,
        "pending": pending_of(request.user),
        "history": list(row.events.select_related("by")),
        "may_rework": _may_rework(row),
        "outcomes": [o for o in Outcome if o != Outcome.REWORK or _may_rework(row)],
        "today": timezone.localdate(now),
    }


def _may_rework(row: Submission) -> bool:
    try:
        place = place_of(row.enrolment, row.unit)
    except CannotHandIn:
        return True
    return terms_for(row.enrolment, row.unit, place).may_try(row.number + 1)


def _mark(request: HttpRequest, row: Submission, form: MarkForm) -> HttpResponse:
    """Mark, and go to the next one when it is asked. Raises CannotMark, CannotHandIn."""
    if form.cleaned_data["file"]:
        # Before the mark: no file is in its transaction. Refused, the file stays for the next try.
        marking.claim(row, by=request.user)
        files.add(
            row,
            form.cleaned_data["file"],
            key=form.cleaned_data["key"],
            most=MOST_REMARKS,
            side=FileSide.FEEDBACK,
        )
    marked = marking.mark(row, form.mark(), by=request.user)
    said = _("Marked: %(outcome)s. %(person)s is told in %(n)d minutes; until then you may undo.")
    minutes = int(marking.UNDO.total_seconds() // 60)
    values = {
        "outcome": marked.get_outcome_display(),
        "person": row.enrolment.user,
        "n": minutes,
    }
    messages.success(request, said % values)
    if "next" in request.POST:
        following = queue.next_free(request.user, row)
        if following is not None:
            try:
                marking.claim(following, by=request.user)
            except marking.CannotMark:
                return redirect("learning:marking")
            return redirect("learning:marking-work", following.uuid)
    return redirect("learning:marking")


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Take ("prendre"), give back ("rendre"), undo a mark ("annuler"), tell it now ("transmettre")."""
    row = _submission(request, uuid)
    here = redirect("learning:marking-work", row.uuid)
    try:
        if act == "prendre":
            marking.claim(row, by=request.user)
        elif act == "rendre":
            marking.release(row, by=request.user)
            return redirect("learning:marking")
        elif act == "annuler":
            marking.undo(row, by=request.user)
            messages.success(request, _("The mark is undone: the work is yours to mark again."))
        elif act == "transmettre":
            if row.marked_by != request.user:
                raise Http404
            marking.tell(row)
            messages.success(request, _("The feedback is given."))
            return redirect("learning:marking")
        else:
            raise Http404
    except marking.CannotMark as error:
        messages.error(request, " ".join(error.messages))
    return here
