"""One's cohorts, and how those of each get on."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.addresses import of_each
from cms.listings import FilterForm
from cms.meta import PageMeta

from ..models import Cohort
from . import awaiting, queries, saying
from .drawing import funnel_chart
from .forms import PeopleFilters
from .frame import cohort_to_follow, framed, path_title
from .kinds import FlagKind, Progress, Shown
from .services import rules_of


@login_required
@never_cache
@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """ "Mes cohortes": those where somebody waits for the trainer first."""
    if not request.user.has_perm("learning.follow_cohorts"):
        raise PermissionDenied
    listing = queries.my_cohorts(request.user, FilterForm(request.GET))
    meta = PageMeta(
        title=_("My cohorts"),
        breadcrumbs=[(_("Professional space"), reverse("pro:home"))],
        cache="private",
    )
    shown = [(cohort, path_title(cohort)) for cohort in listing.page.object_list]
    context = {
        "page_meta": meta,
        "listing": listing,
        "cohorts": shown,
        "may_make": request.user.has_perm("learning.make_cohort"),
        "may_steer": request.user.has_perm("learning.steer"),
    }
    return render(request, "learning/following/cohorts.html", context)


@login_required
@never_cache
@require_safe
def cohort(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A cohort: who waits for its trainer, the path unit by unit, its people."""
    found = cohort_to_follow(request, uuid)
    form = PeopleFilters(request.GET)
    listing = queries.people(found, form)
    _address(listing.page.object_list, found)
    tally, stages = queries.tally(found), queries.funnel(found)
    titles = {stage.outline.uuid: stage.title for stage in stages}
    base = found.get_absolute_url()
    context = framed(
        request,
        found,
        "people",
        form=form,
        listing=listing,
        tally=tally,
        rules=rules_of(found),
        kinds=_by_kind(tally, base),
        everybody=queries.link(base, repere=Shown.ANY),
        chart=funnel_chart(stages, tally.people, base),
        waiting=awaiting.lines(found),
        halt=_halt(stages, base),
        titles=titles,
        hidden=parse_qsl(listing.query),
        narrowed=queries.in_words(form, titles),
    )
    return render(request, "learning/following/cohort.html", context)


def _address(rows: Iterable[Any], cohort: Cohort) -> None:
    """Where the page and the terms of each person are."""
    person, terms = (
        of_each(f"learning:cohort-{name}", cohort.uuid) for name in ("person", "terms")
    )
    for row in rows:
        row.address, row.terms_address = person(row.uuid), terms(row.uuid)


def _by_kind(tally: queries.Tally, base: str) -> list[dict[str, Any]]:
    """The figures of the lead, each with its list."""
    return [
        {
            "kind": kind.value,
            "label": saying.many(kind, tally.by_kind[kind]),
            "url": queries.link(base, repere=kind.value),
        }
        for kind in FlagKind
        if tally.by_kind[kind]
    ]


def _halt(stages: list[queries.Stage], base: str) -> dict[str, Any] | None:
    stage = queries.where_they_halt(stages)
    if stage is None:
        return None
    asked = {"etape": stage.outline.uuid, "stade": Progress.HALFWAY.value}
    return {"title": stage.title, "n": stage.halfway, "url": queries.link(base, **asked)}
