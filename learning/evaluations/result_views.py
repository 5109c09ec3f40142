"""Reading results: of one session, of all those that one runs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.listings import Listing, narrow
from cms.meta import PageMeta

from ..models import Evaluation, Session, Tally
from ..rules import steers
from ..running.frame import framed, session_to_run
from . import drawing, results
from .filters import ResultFilters, form_for
from .kinds import THRESHOLD, EvaluationKind

TEXTS_SHOWN = 10
TEXTS_PER_PAGE = 50
KINDS = [kind.value for kind in EvaluationKind]


@login_required
@never_cache
@require_safe
def session_results(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The tab "Évaluation" of a session: each moment, once it is over and from five answers on."""
    session = session_to_run(request, uuid)
    one = Session.objects.filter(pk=session.pk)
    found = results.results_of(one, KINDS)
    evaluations = {row.kind: row for row in Evaluation.objects.filter(session=session)}
    for row in evaluations.values():
        row.session = session
    moments = [
        _moment(found[kind], evaluations[kind])
        for kind in (EvaluationKind.HOT, EvaluationKind.COLD, EvaluationKind.BEFORE)
        if kind in evaluations
    ]
    progress = results.progress_by_question(
        found[EvaluationKind.BEFORE], found[EvaluationKind.CHECK]
    )
    texts = results.texts_of(one, KINDS)
    for moment in moments:
        moment["texts"] = [row for row in texts if row.sheet.evaluation.kind == moment["kind"]]
    context = framed(
        request,
        session,
        "evaluation",
        moments=moments,
        progress=drawing.progress(progress),
        check=evaluations.get(EvaluationKind.CHECK),
        threshold=THRESHOLD,
    )
    return render(request, "learning/evaluations/session.html", context)


def _moment(found: results.Results, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "kind": evaluation.kind,
        "label": evaluation.get_kind_display(),
        "results": found,
        "evaluation": evaluation,
        "is_over": not evaluation.is_open() and evaluation.has_opened(),
        "charts": _charts(found),
    }


def _charts(found: results.Results) -> list[Any]:
    drawn = [drawing.opinions(found), drawing.recommendations(found), *drawing.choices(found)]
    return [chart for chart in drawn if chart]


# -- All of them ----------------------------------------------------------------------------------


def evaluated(user: Any) -> QuerySet[Session]:
    """Sessions whose results this person may read, pilot sessions apart."""
    shown = Tally.objects.shown().filter(evaluation__session=OuterRef("pk"))
    return (
        Session.objects.run_by(user)
        .filter(Exists(shown), kind=Session.Kind.REGULAR)
        .order_by("-first_starts_at", "-pk")
    )


def may_read_results(user: Any) -> bool:
    """The national team; trainers, and whoever is named on a session."""
    return bool(user.has_perm("learning.prepare_session") or Session.objects.run_by(user).exists())


def read(request: HttpRequest) -> tuple[ResultFilters, Listing, QuerySet[Session], str]:
    """(filters, the page of sessions, all those that the filters keep, the moment)."""
    user = request.user
    if not may_read_results(user):
        raise PermissionDenied
    form = form_for(steers(user))(request.GET)
    sessions = evaluated(user)
    listing = narrow(
        sessions, form, show=lambda rows: rows.select_related("module", "commune__department")
    )
    kept = narrowed(sessions, form)
    return form, listing, kept, form.value("moment") or EvaluationKind.HOT


def narrowed(sessions: QuerySet[Session], form: ResultFilters) -> QuerySet[Session]:
    for facet in form.facets:
        value = form.value(facet.name)
        if value is not None:
            sessions = sessions.filter(**{facet.path: value})
    return sessions


@login_required
@never_cache
@require_safe
def all_results(request: HttpRequest) -> HttpResponse:
    """Results by module, city and trainer; parameters: those of `NationalFilters`."""
    form, listing, kept, kind = read(request)
    found = results.results_of(kept, [kind])[kind]
    shown = list(listing.page.object_list)
    context = {
        "page_meta": _meta(_("Evaluation results")),
        "form": form,
        "listing": listing,
        "national": steers(request.user),
        "moments": _moments(form, kind),
        "results": found,
        "charts": _charts(found),
        "breakdowns": _breakdowns(request, kept, form, kind),
        "progress": _progress(kept, form),
        "texts": results.texts_of(kept, [kind])[:TEXTS_SHOWN],
        "rates": results.rates_of(shown, kind),
        "query": form.query(),
        "hidden": [("moment", kind)],
        "threshold": THRESHOLD,
    }
    return render(request, "learning/evaluations/results.html", context)


@login_required
@never_cache
@require_safe
def all_texts(request: HttpRequest) -> HttpResponse:
    """The free texts of these results, by pages; the same parameters."""
    form, _listing, kept, kind = read(request)
    pages = Paginator(results.texts_of(kept, [kind]), TEXTS_PER_PAGE)
    context = {
        "page_meta": _meta(_("Free texts"), (_("Evaluation results"), _address(form))),
        "page": pages.get_page(form.value("page") or 1),
        "form": form,
        "query": form.query(),
        "threshold": THRESHOLD,
    }
    return render(request, "learning/evaluations/texts.html", context)


def _meta(title: str, *trail: tuple[str, str]) -> PageMeta:
    space = (_("Professional space"), reverse("pro:home"))
    return PageMeta(title=title, breadcrumbs=[space, *trail], cache="private")


def _address(form: ResultFilters) -> str:
    query = form.query()
    return reverse("learning:evaluation-results") + (f"?{query}" if query else "")


def _moments(form: ResultFilters, kind: str) -> list[dict[str, Any]]:
    rest = form.query(without="moment")
    return [
        {
            "label": each.label,
            "url": f"?moment={each.value}{'&' if rest else ''}{rest}",
            "current": each.value == kind,
        }
        for each in (EvaluationKind.HOT, EvaluationKind.COLD)
    ]


BREAKDOWNS = (
    ("module", gettext_lazy("By module"), gettext_lazy("Module"), "module__slug", ("module__title",)),
    ("ville", gettext_lazy("By city"), gettext_lazy("City"), "commune__code", ("commune__name",)),
    (
        "formateur",
        gettext_lazy("By trainer"),
        gettext_lazy("Trainer"),
        "trainers__uuid",
        ("trainers__first_name", "trainers__last_name"),
    ),
)  # fmt: skip


def _breakdowns(
    request: HttpRequest, kept: QuerySet[Session], form: ResultFilters, kind: str
) -> list[Any]:
    """A chart for each thing that is not yet chosen; trainers are compared by the national team alone."""
    drawn = []
    for name, title, heading, code, labels in BREAKDOWNS:
        if name not in form.fields or form.value(name):
            continue
        groups = results.rates_by(kept, code, *labels, kind=kind)
        query = form.query(without=name)
        drawn.append(drawing.by_group(f"par-{name}", title, heading, groups, name, query))
    return [chart for chart in drawn if chart]


def _progress(kept: QuerySet[Session], form: ResultFilters) -> Any:
    if form.value("module") is None:
        return drawing.progress(results.progress_by_module(kept))
    found = results.results_of(kept, [EvaluationKind.BEFORE, EvaluationKind.CHECK])
    rows = results.progress_by_question(found[EvaluationKind.BEFORE], found[EvaluationKind.CHECK])
    return drawing.progress(rows)
