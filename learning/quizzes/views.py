"""Answering a quiz: the learner's pages. Nothing here says what is right before an attempt is handed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.meta import PageMeta

from ..models import LearningPath, QuizAttempt, Unit, UnitPage
from ..paths import reading, structure
from . import asking, attempts, reviewing, services, terms, units, wording
from . import preview as previews
from .forms import AnswerForm, AnswersForm, TrialForm
from .rules import trained_enrolments

MOST_BYTES = 50_000


def _path(uuid: Any) -> LearningPath:
    return get_object_or_404(
        LearningPath.objects.select_related("version").exclude(version=None), uuid=uuid
    )


def _trail(path: LearningPath, outline: structure.Outline, unit: Unit) -> list[tuple[str, str]]:
    """To the unit, whose title comes last: no query in French, one in another language."""
    place = outline.find(str(unit.uuid))
    titles = reading.titles([str(path.uuid), str(unit.uuid)])
    quiz = titles.get(str(unit.uuid), place.title if place else _("Quiz"))
    return [
        (_("Professional space"), reverse("pro:home")),
        (_("My training"), reverse("learning:mine")),
        (titles.get(str(path.uuid), outline.title), path.get_absolute_url()),
        (quiz, _unit_url(path, unit)),
    ]


def _unit_url(path: LearningPath, unit: Unit) -> str:
    return reverse("learning:unit", args=[path.uuid, unit.uuid])


@login_required
@never_cache
@require_POST
def start(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Begin, or go on with the attempt that is open."""
    path = _path(uuid)
    enrolment = reading.enrolment_of(path, request.user)
    if enrolment is None:
        raise Http404
    row = get_object_or_404(Unit, path=path, uuid=unit)
    value = units.quiz_value(units.page_of_unit(row))
    if value is None:
        raise Http404
    try:
        made = services.start(enrolment, row, value)
    except services.CannotAnswer as error:
        messages.error(request, " ".join(error.messages))
        return redirect(_unit_url(path, row))
    return redirect("learning:quiz-attempt", path.uuid, row.uuid, made.uuid)


def _attempt(request: HttpRequest, uuid: Any, unit: Any, attempt: Any) -> QuizAttempt:
    """One's own attempt."""
    rows = QuizAttempt.objects.select_related(
        "unit", "enrolment__path", "enrolment__version", "enrolment__user"
    )
    found = get_object_or_404(rows, uuid=attempt, unit__uuid=unit, enrolment__path__uuid=uuid)
    if found.enrolment.user_id != request.user.pk:
        raise Http404
    return found


def _seen_attempt(request: HttpRequest, uuid: Any, unit: Any, attempt: Any) -> QuizAttempt:
    """One's own, or one that is handed in by somebody whom one trains."""
    try:
        return _attempt(request, uuid, unit, attempt)
    except Http404:
        trained = trained_enrolments(request.user).values("pk")
        rows = QuizAttempt.objects.select_related(
            "unit", "enrolment__path", "enrolment__version", "enrolment__user"
        )
        return get_object_or_404(
            rows.exclude(state="open"),
            uuid=attempt,
            unit__uuid=unit,
            enrolment__path__uuid=uuid,
            enrolment__in=trained,
        )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, uuid: Any, unit: Any, attempt: Any) -> HttpResponse:
    """An attempt: its questions while it is open, its review once it is handed in."""
    if request.method == "POST":
        return _post(request, _attempt(request, uuid, unit, attempt))
    found = _seen_attempt(request, uuid, unit, attempt)
    late = found.is_open and services.is_over(found, timezone.now())
    if late and services.close_if_over(found):
        messages.info(request, _("The time was over: what was kept is handed in."))
        found.refresh_from_db()
    return _asked(request, found) if found.is_open else _reviewed(request, found)


def _post(request: HttpRequest, found: QuizAttempt) -> HttpResponse:
    """Without a script: all the answers at once, to keep or to hand in."""
    form = AnswersForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The page was out of date: say it again."))
        return redirect(found)
    orders = list(found.items.values_list("order", flat=True))
    sent = form.sent(orders)
    act = form.cleaned_data["act"]
    try:
        if act == "submit-anyway":
            _held, conflicts = services.submit(found, sent)
        else:
            conflicts = [kept for kept in services.save(found, sent) if kept.conflict]
            if act == "submit" and not conflicts:
                if missing := _unanswered(found):
                    return _asked(request, found, missing=missing)
                _held, conflicts = services.submit(found)
    except services.TimeIsOver:
        messages.info(request, _("This attempt is handed in."))
        return redirect(found)
    if conflicts:
        return _asked(request, found, conflicts=[kept.item.order for kept in conflicts])
    if act == "keep":
        messages.success(request, _("Your answers are kept. Go on when you like."))
        return redirect(_unit_url(found.enrolment.path, found.unit))
    return redirect(found)


def _unanswered(found: QuizAttempt) -> list[int]:
    return list(found.items.filter(response__isnull=True).values_list("order", flat=True))


def _asked(
    request: HttpRequest,
    found: QuizAttempt,
    missing: list[int] | None = None,
    conflicts: list[int] | None = None,
) -> HttpResponse:
    path, outline = found.enrolment.path, structure.read(found.enrolment.version)
    *trail, (title, _url) = _trail(path, outline, found.unit)
    items = list(found.items.select_related("version").order_by("order"))
    said = wording.said_in(units.language_of(found.unit), [item.version for item in items])
    shown = [
        asking.show(said[item.version_id], item.layout, item.response, item.order, item.revision)
        for item in items
    ]
    meta = PageMeta(title=title, breadcrumbs=trail, cache="private")
    left = (found.ends_at - timezone.now()).total_seconds() if found.ends_at else None
    context = {
        "page_meta": meta,
        "path": path,
        "attempt": found,
        "shown": shown,
        "answered": sum(each.answered for each in shown),
        "missing": missing or [],
        "conflicts": conflicts or [],
        "left": max(0, round(left)) if left is not None else None,
        "terms": terms.of_attempt(found),
    }
    return render(request, "learning/quizzes/attempt.html", context)


def _reviewed(request: HttpRequest, found: QuizAttempt) -> HttpResponse:
    enrolment, path = found.enrolment, found.enrolment.path
    own = enrolment.user_id == request.user.pk
    outline = structure.read(enrolment.version)
    place = outline.find(str(found.unit.uuid))
    held = terms.of_attempt(found)
    page = units.page_of_unit(found.unit)
    standing = attempts.standing(_terms_now(found, page, place), enrolment, found.unit)
    view = reviewing.EVERYTHING
    if own:
        view = reviewing.View(
            feedback=terms.shows(held, held.feedback, over=standing.over),
            answers=terms.shows(held, held.answers, over=standing.over),
        )
    items = found.items.select_related("version", "key").order_by("order")
    meta = PageMeta(
        title=_("Attempt %(number)s") % {"number": found.number},
        breadcrumbs=_trail(path, outline, found.unit),
        cache="private",
    )
    context = {
        "page_meta": meta,
        "path": path,
        "attempt": found,
        "place": place,
        "own": own,
        "view": view,
        "reviewed": reviewing.review(items, view, units.language_of_page(page)),
        "terms": held,
        "passed": held.passed(found.score),
        "standing": standing,
    }
    return render(request, "learning/quizzes/review.html", context)


def _terms_now(
    found: QuizAttempt, page: UnitPage | None, place: structure.UnitOutline | None
) -> terms.Terms:
    """The terms now in force, which may grant more attempts than those of the attempt."""
    value = units.quiz_value(page)
    if value is None or place is None:
        return terms.of_attempt(found)
    return terms.of_person(value, place, found.enrolment, found.unit)


@login_required
@never_cache
@require_POST
def answer(request: HttpRequest, uuid: Any, unit: Any, attempt: Any) -> JsonResponse:
    """One answer, kept as soon as it is given: JSON in, JSON out; never what it is worth."""
    found = _attempt(request, uuid, unit, attempt)
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"error": _("This answer is too long.")}, status=413)
    try:
        form = AnswerForm.of(request.body)
    except ValueError:
        return JsonResponse({"error": _("This is not JSON.")}, status=400)
    if not form.is_valid():
        return JsonResponse({"error": form.errors.get_json_data()}, status=400)
    order = form.cleaned_data["order"]
    try:
        kept = services.save(found, form.sent(), [order])
    except services.TimeIsOver as error:
        return JsonResponse({"error": " ".join(error.messages), "over": True}, status=410)
    if not kept:
        return JsonResponse({"error": _("There is no such question.")}, status=400)
    said = {
        "order": order,
        "revision": kept[0].item.revision,
        "answered": found.items.exclude(response__isnull=True).count(),
    }
    if kept[0].conflict:
        changed = _("Question %(order)s was answered in another tab: reload this page.")
        return JsonResponse({**said, "error": changed % {"order": order}}, status=409)
    return JsonResponse(said)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """A quiz tried by those who write it, then what their answers would be worth; nothing is kept."""
    path = _path(uuid)
    if not request.user.has_perm("learning.preview_path"):
        raise PermissionDenied
    row = get_object_or_404(Unit, path=path, uuid=unit)
    page = units.page_of_unit(row)
    value = units.quiz_value(page)
    if page is None or value is None or path.version is None:
        raise Http404
    form = TrialForm(request.POST)
    seed = form.cleaned_data["seed"] if form.is_valid() else None
    drawn = previews.trial(value, units.language_of_page(page), seed)
    reviewed = drawn.reviewed(request.POST) if seed is not None else []
    total = sum(each.points for each in reviewed)
    context = {
        "page_meta": PageMeta(
            title=page.title,
            breadcrumbs=_trail(path, structure.read(path.version), row),
            cache="private",
        ),
        "path": path,
        "unit": row,
        "trial": drawn,
        "reviewed": reviewed,
        "view": reviewing.EVERYTHING,
        "score": sum(each.earned for each in reviewed) / total if total else 0,
    }
    return render(request, "learning/quizzes/trial.html", context)
