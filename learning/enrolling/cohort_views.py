"""Making a cohort, changing it, closing it; when its people are reminded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.meta import PageMeta

from ..following.frame import cohort_to_follow, framed
from ..models import Cohort, ReminderPlan
from . import cohort_rules, editing, reminders, services
from .forms import CohortForm, PlanForm

TAB = "members"
# Names shown of those who would enter; the others are counted.
MOST_NAMES = 60


def alone(title: str) -> dict[str, Any]:
    """The context of a page that belongs to no cohort yet."""
    trail = [
        (_("Professional space"), reverse("pro:home")),
        (_("My cohorts"), reverse("learning:cohorts")),
    ]
    return {"page_meta": PageMeta(title=title, breadcrumbs=trail, cache="private")}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new cohort, with or without a rule."""
    if not request.user.has_perm("learning.make_cohort"):
        raise PermissionDenied
    return _edit(request, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Change a cohort: its due date moves those of its members, its rule takes in who now matches."""
    return _edit(request, cohort_to_follow(request, uuid))


def _edit(request: HttpRequest, cohort: Cohort | None) -> HttpResponse:
    if request.method != "POST":
        form = CohortForm(user=request.user, cohort=cohort)
        return _shown(request, form, cohort)
    form = CohortForm(request.POST, user=request.user, cohort=cohort)
    if not form.is_valid():
        return _shown(request, form, cohort, status=422)
    preview = _preview(form, cohort)
    # Whoever saves has read how many would enter: another number since is shown first.
    agreed = preview is None or request.POST.get("confirmed") == str(preview.taken)
    if "save" not in request.POST or not agreed:
        return _shown(request, form, cohort, preview=preview)
    saved, moved, entered = editing.save(form, by=request.user, cohort=cohort)
    messages.success(request, _said(moved, entered))
    return redirect("learning:cohort-members", saved.uuid)


def _preview(form: CohortForm, cohort: Cohort | None) -> cohort_rules.Preview | None:
    if not form.condition or (cohort is not None and not cohort.is_open):
        return None
    path = cohort.path if cohort else form.offered[form.cleaned_data["path"]].path
    return cohort_rules.preview(form.condition, path, cohort)


def _said(moved: int, entered: int) -> str:
    parts = [_("The cohort is saved.")]
    if entered:
        parts.append(
            ngettext("%(n)d person entered.", "%(n)d people entered.", entered) % {"n": entered}
        )
    if moved:
        parts.append(
            ngettext("%(n)d due date changed.", "%(n)d due dates changed.", moved) % {"n": moved}
        )
    return " ".join(parts)


def _shown(
    request: HttpRequest,
    form: CohortForm,
    cohort: Cohort | None,
    preview: cohort_rules.Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    title = _("Change the cohort") if cohort else _("A new cohort")
    frame = framed(request, cohort, TAB, title) if cohort else alone(title)
    context = {
        **frame,
        "base": "learning/following/base.html" if cohort else "learning/enrolling/alone.html",
        "form": form,
        "preview": preview,
        "words": cohort_rules.in_words(form.condition) if preview else [],
        "most": MOST_NAMES,
        "checked": form.is_bound and status == 200,
    }
    return render(request, "learning/enrolling/cohort_form.html", context, status=status)


@login_required
@never_cache
@require_POST
def close(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Take nobody any more."""
    cohort = services.close_cohort(cohort_to_follow(request, uuid), by=request.user)
    messages.success(request, _("The cohort is closed: nobody enters any more, its people go on."))
    return redirect("learning:cohort-members", cohort.uuid)


@login_required
@never_cache
@require_POST
def reopen(request: HttpRequest, uuid: Any) -> HttpResponse:
    cohort = services.reopen_cohort(cohort_to_follow(request, uuid), by=request.user)
    messages.success(request, _("The cohort is open again."))
    return redirect("learning:cohort-members", cohort.uuid)


# -- Reminders ------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def general_reminders(request: HttpRequest) -> HttpResponse:
    """When people are reminded of their paths: the rules for all, set by the national team."""
    if not request.user.has_perm("learning.steer"):
        raise PermissionDenied
    form = PlanForm(request.POST or None, instance=reminders.general_plan())
    if request.method == "POST" and form.is_valid():
        form.instance.changed_by = request.user
        form.save()
        messages.success(request, _("The reminders are saved."))
        return redirect("learning:path-reminders")
    context = {
        **alone(_("Reminders of paths")),
        "base": "learning/enrolling/alone.html",
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "learning/enrolling/reminders.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_reminders(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The reminders of one cohort: those for all, or its own."""
    cohort = cohort_to_follow(request, uuid)
    own = ReminderPlan.objects.filter(cohort=cohort).first()
    plan = own or _copy(reminders.general_plan(), cohort)
    form = PlanForm(
        request.POST or None, instance=plan, cohort=cohort, initial={"own": own is not None}
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["own"]:
            form.instance.changed_by = request.user
            form.save()
        elif own is not None:
            own.delete()
        messages.success(request, _("The reminders are saved."))
        return redirect("learning:cohort-members", cohort.uuid)
    title = _("Reminders of the cohort")
    base = "learning/following/base.html"
    context = framed(request, cohort, TAB, title, base=base, form=form)
    status = 422 if form.errors else 200
    return render(request, "learning/enrolling/reminders.html", context, status=status)


def _copy(plan: ReminderPlan, cohort: Cohort) -> ReminderPlan:
    """The rules for all, to start from."""
    return ReminderPlan(
        cohort=cohort, **{name: getattr(plan, name) for name in PlanForm.Meta.fields}
    )
