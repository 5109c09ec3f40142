"""Screens of the admin for the authors of paths: outline, copy, publication."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.bin import outside

from ..models import LearningPathPage
from . import access, outlines
from .duplicating import duplicate
from .publishing import CannotPublish, publish

PER_PAGE = 30


class TitleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the copy"), max_length=255)


def path_page(request: HttpRequest, pk: int) -> LearningPathPage:
    """The page of a path that this person may edit. Raises Http404 and PermissionDenied."""
    page = get_object_or_404(outside(LearningPathPage.objects.all()), pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_safe
def path_list(request: HttpRequest) -> HttpResponse:
    """Every path, and what one can do with it."""
    access.check_author(request.user)
    rows = outside(LearningPathPage.objects.all()).select_related("locale", "latest_revision__user")
    page = Paginator(rows.order_by("draft_title", "pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = {"rows": page, "catalogue": access.catalogue_for(request.user)}
    return render(request, "learning/authoring/admin/paths.html", context)


@require_safe
def outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The units of a path with their rules, their state and what is wrong with them."""
    page = path_page(request, pk)
    may = page.permissions_for_user(request.user)
    context = {
        "page": page,
        "found": outlines.read(page),
        "may_publish": may.can_publish(),
        "may_copy": page.get_parent().permissions_for_user(request.user).can_add_subpage(),
    }
    return render(request, "learning/authoring/admin/outline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_path(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the copy its title, make it."""
    page = path_page(request, pk)
    if not page.get_parent().permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    initial = {"title": _("%(title)s (copy)") % {"title": page.draft_title}}
    form = TitleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        copy = duplicate(page, form.cleaned_data["title"], by=request.user)
        messages.success(request, _("Copied. The copy is a draft: nobody sees it yet."))
        return redirect("learning_path_outline", copy.pk)
    context: dict[str, Any] = {"page": page, "form": form, "found": outlines.read(page)}
    return render(request, "learning/authoring/admin/duplicate.html", context)


@require_POST
def publish_path(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish every draft of a path at once: those who follow it are told once."""
    page = path_page(request, pk)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    try:
        count = publish(page, by=request.user)
    except CannotPublish as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        text = ngettext("%(n)d page published.", "%(n)d pages published.", count)
        messages.success(request, text % {"n": count})
    return redirect("learning_path_outline", page.pk)
