"""One person of a cohort: what happened, what their trainer decides."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.listings import FilterForm

from ..models import Cohort, Enrolment, Flag, Unit, UnitProgress
from ..paths import record, structure
from . import queries, services, sources, timeline
from .acts import ACTS, perform
from .forms import MuteForm
from .frame import cohort_to_follow, framed


def _row(request: HttpRequest, uuid: Any, person: Any) -> tuple[Cohort, Enrolment]:
    cohort = cohort_to_follow(request, uuid)
    # Whoever follows the cohort sees its enrolments (`visible_to` says the same, with more queries).
    rows = Enrolment.objects.filter(cohort=cohort)
    rows = queries.shown_with(rows).select_related("user", "version", "path", "enrolled_by")
    row = get_object_or_404(rows, uuid=person)
    row.cohort = cohort
    return cohort, row


@login_required
@never_cache
@require_safe
def person(request: HttpRequest, uuid: Any, person: Any) -> HttpResponse:
    """What is said of somebody, their units, and what happened, newest first."""
    cohort, row = _row(request, uuid, person)
    form = FilterForm(request.GET)
    number = min(form.value("page") or 1, timeline.MOST_PAGES)
    own = row.user_id == request.user.pk
    context = framed(
        request,
        cohort,
        "people",
        str(row.user),
        row=row,
        form=form,
        units=_units(row, may_act=not own),
        timeline=timeline.page(row, number),
        titles=queries.unit_titles(cohort, row.version),
        own=own,
        terms_url=""
        if row.superseded
        else reverse("learning:cohort-terms", args=[cohort.uuid, row.uuid]),
        write_url=f"{reverse('learning:cohort-write', args=[cohort.uuid])}?a={row.uuid}",
    )
    return render(request, "learning/following/person.html", context)


def _units(row: Enrolment, may_act: bool) -> list[dict[str, Any]]:
    """Each unit of the person's version, how far they are, what may be decided."""
    held = {str(progress.unit.uuid): progress for progress in sources.progress_of(row)}
    open_to_acts = may_act and not row.superseded and row.state != Enrolment.State.LEFT
    found = []
    for unit in structure.read(row.version).units():
        progress = held.get(unit.uuid)
        acts = [act for act in ACTS.values() if open_to_acts and act.possible(progress)]
        found.append({"outline": unit, "progress": progress, "acts": acts})
    return found


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, uuid: Any, person: Any, unit: Any, act: str) -> HttpResponse:
    """Declare a unit done, reopen it, start it again: said first, then confirmed."""
    cohort, row = _row(request, uuid, person)
    asked = ACTS.get(act)
    found = Unit.objects.filter(path=row.path_id, uuid=unit).first()
    place = structure.read(row.version).find(str(unit))
    if asked is None or found is None or place is None or row.user_id == request.user.pk:
        raise Http404
    progress = UnitProgress.objects.filter(enrolment=row, unit=found).first()
    back = redirect("learning:cohort-person", cohort.uuid, row.uuid)
    if not asked.possible(progress):
        flash.info(request, _("Nothing to change: it is so already."))
        return back
    if request.method == "POST":
        try:
            perform(asked, row, found, by=request.user)
        except record.CannotRecord as error:
            flash.error(request, " ".join(error.messages))
        else:
            flash.success(request, str(asked.done))
        return back
    context = framed(request, cohort, "people", str(asked.label), row=row, act=asked, place=place)
    return render(request, "learning/following/act.html", context)


def _flag(row: Enrolment, kind: str) -> Flag:
    return get_object_or_404(Flag.objects.select_related("unit"), enrolment=row, kind=kind)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, uuid: Any, person: Any, kind: str) -> HttpResponse:
    """Set aside what is said of somebody, for some days and a reason."""
    cohort, row = _row(request, uuid, person)
    flag = _flag(row, kind)
    form = MuteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.mute(flag, by=request.user, **form.cleaned_data)
        except services.CannotAct as error:
            flash.info(request, " ".join(error.messages))
        else:
            flash.success(request, _("Set aside: the list shows it no more until then."))
        return redirect("learning:cohort-person", cohort.uuid, row.uuid)
    titles = queries.unit_titles(cohort, row.version)
    context = framed(
        request, cohort, "people", _("Set aside"), row=row, flag=flag, form=form, titles=titles
    )
    status = 422 if form.errors else 200
    return render(request, "learning/following/mute.html", context, status=status)


@login_required
@never_cache
@require_POST
def unmute(request: HttpRequest, uuid: Any, person: Any, kind: str) -> HttpResponse:
    """Show again what was set aside."""
    cohort, row = _row(request, uuid, person)
    services.unmute(_flag(row, kind), by=request.user)
    flash.success(request, _("The list shows it again."))
    return redirect("learning:cohort-person", cohort.uuid, row.uuid)
