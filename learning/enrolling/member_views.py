"""The members of a cohort: who they are, who more, and the terms of each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.listings import narrow
from cms.ratelimit import allowed

from ..following.frame import cohort_to_follow, framed
from ..models import Cohort, Enrolment
from ..paths import services as paths
from ..running import people
from ..running.people_forms import AddForm, ReasonOwedForm, SearchForm
from ..running.people_views import SEARCHES_A_MINUTE
from . import cohort_rules, file_views, overrides, queries, rules, services
from . import terms as member_terms
from .cohort_views import TAB
from .forms import MemberFilters

MEMBERS_A_PAGE = 50


@login_required
@never_cache
@require_safe
def members(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Who is in the cohort, the rule by which one enters, its reminders; somebody more (`nom`)."""
    cohort = cohort_to_follow(request, uuid)
    filters = MemberFilters(request.GET)
    rows = queries.members(cohort, request.user, filters.value("q") or "")
    listing = narrow(rows, filters, per_page=MEMBERS_A_PAGE)
    shown = list(listing.page.object_list)
    rule = getattr(cohort, "rule", None)
    context = framed(
        request,
        cohort,
        TAB,
        listing=listing,
        members=shown,
        own=overrides.with_own_due_date(shown),
        rule=rule,
        words=cohort_rules.in_words(cohort_rules.condition_of(rule)) if rule else [],
        own_plan=hasattr(cohort, "reminders"),
    )
    return render(request, "learning/enrolling/members.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Find somebody within one's reach, and take them into the cohort."""
    cohort = cohort_to_follow(request, uuid)
    if request.method == "POST":
        return _add(request, cohort)
    found: list[Any] = []
    form = SearchForm(request.GET or None)
    if form.is_valid():
        if allowed(request, "learning.people", SEARCHES_A_MINUTE):
            found = people.search(form.cleaned_data["q"], rules.within_reach(request.user))
        else:
            form.add_error("q", _("Too many searches: wait a minute."))
    held = Enrolment.objects.filter(path=cohort.path, user__in=found, superseded=False)
    context = framed(
        request,
        cohort,
        TAB,
        _("Enrol somebody"),
        form=form,
        found=found,
        held={row.user_id: row for row in held},
    )
    return render(request, "learning/enrolling/add.html", context)


def _add(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    form = AddForm(request.POST)
    person = form.cleaned_data["person"] if form.is_valid() else None
    if person is None or not rules.within_reach(request.user).filter(pk=person.pk).exists():
        messages.error(request, _("This person is not, or no longer, of the network."))
        return redirect("learning:cohort-add", cohort.uuid)
    try:
        [outcome] = services.add_people(cohort, [person], by=request.user)
    except services.CannotChange as error:
        messages.error(request, " ".join(error.messages))
        return redirect("learning:cohort-members", cohort.uuid)
    text = _("%(person)s: %(state)s.") % {
        "person": person,
        "state": outcome.reason.rstrip(".") or str(outcome.fate.label).lower(),
    }
    (messages.success if outcome.enrolment else messages.error)(request, text)
    return redirect("learning:cohort-members", cohort.uuid)


# -- One member -----------------------------------------------------------------------------------


def _member(request: HttpRequest, uuid: Any, member: Any) -> tuple[Cohort, Enrolment]:
    cohort = cohort_to_follow(request, uuid)
    found = queries.member(cohort, request.user, member)
    if found is None:
        raise Http404
    return cohort, found


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, uuid: Any, member: Any) -> HttpResponse:
    """The terms of one person, their history, and taking them out or back."""
    cohort, row = _member(request, uuid, member)
    form, done = member_terms.granted(request, row)
    if done:
        return redirect("learning:cohort-terms", cohort.uuid, row.uuid)
    context = framed(
        request,
        cohort,
        TAB,
        str(row.user),
        form=form,
        reason_form=ReasonOwedForm(prefix="act"),
        follow_url=reverse("learning:cohort-person", args=[cohort.uuid, row.uuid]),
        own=row.user_id == request.user.pk,
        **member_terms.shown(row),
    )
    status = 422 if form and form.errors else 200
    return render(request, "learning/enrolling/terms.html", context, status=status)


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, member: Any, act: str) -> HttpResponse:
    """Take somebody out of the path, or back: both for a reason."""
    cohort, row = _member(request, uuid, member)
    acts = {
        "retirer": (paths.leave, _("This person is out of the path; what they did is kept.")),
        "reprendre": (paths.restore, _("This person is in the path again.")),
    }
    if act not in acts:
        raise Http404
    form = ReasonOwedForm(request.POST, prefix="act")
    if not form.is_valid():
        messages.error(request, _("Say why."))
    else:
        do, said = acts[act]
        do(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, said)
    return redirect("learning:cohort-terms", cohort.uuid, row.uuid)


# -- From a file ----------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Take the people of a file into the cohort."""
    return file_views.upload(request, cohort_to_follow(request, uuid))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, uuid: Any, batch: Any) -> HttpResponse:
    return file_views.report(request, batch, cohort_to_follow(request, uuid))
