"""Declarations « we did it too », as moderators read them in the admin."""

from typing import Any

from django.contrib import messages
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied

from accounts.roles import has_role
from accounts.scopes import EDITOR

from . import adopting
from .forms import DecisionForm
from .models import Adoption

PER_PAGE = 50


def may_decide(user: Any) -> bool:
    """Editors, chief editors, the national team and administrators."""
    return bool(has_role(user, EDITOR))


def adoptions(request: HttpRequest) -> HttpResponse:
    """Those to review first, then the others."""
    if not may_decide(request.user):
        return permission_denied(request)
    found = Adoption.objects.select_related("sheet", "maison", "declared_by")
    waiting = found.filter(status=Adoption.Status.WAITING).order_by("declared_at")
    others = found.exclude(status=Adoption.Status.WAITING)
    try:
        page = Paginator(others, PER_PAGE).page(int(request.GET.get("p", "1")))
    except (ValueError, EmptyPage) as error:
        raise Http404 from error
    context = {"waiting": waiting, "page": page}
    return render(request, "initiatives/admin/adoptions.html", context)


def adoption(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One declaration, and the decision."""
    if not may_decide(request.user):
        return permission_denied(request)
    row = get_object_or_404(
        Adoption.objects.select_related("sheet", "maison", "declared_by", "own_sheet"), uuid=uuid
    )
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        accepted = form.cleaned_data["decision"] == Adoption.Status.ACCEPTED
        adopting.decide(row, accepted, request.user, form.cleaned_data["comment"])
        messages.success(request, _("Decided: the author is told."))
        return redirect("initiatives_adoptions")
    return render(request, "initiatives/admin/adoption.html", {"row": row, "form": form})
