"""The moderators' screens, in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import ModelLogEntry

from cms.listings import narrow

from . import contributing
from .contribution_forms import MODERATED, DecisionForm, ModerationFilters
from .models import Contribution

PER_PAGE = 30
State = Contribution.State


def to_moderate(user: Any) -> QuerySet[Contribution]:
    """What moderators may read: all that was sent, never a draft nor what was taken back."""
    if not contributing.may_moderate(user):
        return Contribution.objects.none()
    found = Contribution.objects.filter(state__in=[code for code, _label in MODERATED])
    return found.select_related("consultation", "author")


def waiting(user: Any) -> QuerySet[Contribution]:
    """Those that wait for this moderator, the oldest first."""
    found = to_moderate(user).filter(state=State.SUBMITTED).exclude(author=user)
    return found.order_by("submitted_at", "pk")


@require_safe
def contribution_list(request: HttpRequest) -> HttpResponse:
    """What waits; with ?state=, what was decided."""
    if not contributing.may_moderate(request.user):
        raise PermissionDenied
    form = ModerationFilters(request.GET)
    state = form.value("state") or State.SUBMITTED
    rows = to_moderate(request.user).filter(state=state)
    order = ("submitted_at", "pk") if state == State.SUBMITTED else ("-decided_at", "-pk")
    listing = narrow(rows.order_by(*order), form, per_page=PER_PAGE)
    context = {
        "listing": listing,
        "state": state,
        "states": MODERATED,
    }
    return render(request, "newsroom/admin/contributions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, contribution_uuid: Any) -> HttpResponse:
    """One contribution: read it, publish it or say why not."""
    if not contributing.may_moderate(request.user):
        raise PermissionDenied
    row = get_object_or_404(to_moderate(request.user), uuid=contribution_uuid)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            message = _decide(request, row, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, message)
            return redirect("newsroom_moderation_list")
    context = {
        "contribution": row,
        "form": form,
        "scenario": row.consultation.scenarios.filter(translation_key=row.scenario_key).first(),
        "may_decide": contributing.may_moderate(request.user, row),
        "entries": ModelLogEntry.objects.for_instance(row).select_related("user")[:20],
    }
    return render(request, "newsroom/admin/contribution.html", context)


def _decide(request: HttpRequest, row: Contribution, form: DecisionForm) -> str:
    if form.cleaned_data["decision"] == DecisionForm.ACCEPT:
        contributing.accept(row, request.user)
        return _("The contribution is published; its author is told.")
    contributing.refuse(row, request.user, form.cleaned_data["reason"])
    return _("The contribution is not published; its author is told why.")
