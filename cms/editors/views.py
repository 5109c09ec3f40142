"""Screens of the editors: reports, templates, redirects from a file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import PageTemplate
from . import access, ages, redirects, reports, scanning, starting

PER_PAGE = 50


# -- Reports ----------------------------------------------------------------------------------------


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    found = reports.REPORTS.get(slug)
    if found is None:
        raise Http404
    if not found.export.may_export(request.user):
        raise PermissionDenied
    form = found.export.form(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    page = Paginator(found.export.rows(request.user, filters), PER_PAGE).get_page(
        request.GET.get("p")
    )
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "report": found,
        "reports": [reports.PLACES, reports.PICTURES]
        if found in (reports.PLACES, reports.PICTURES)
        else [],
        "form": form,
        "rows": page,
        "query": query.urlencode(),
        "filtered": any(value not in (None, "") for value in filters.values()),
        "outside": reports.addresses_in_words() if found is reports.LINKS else "",
    }
    return render(request, found.template, context)


@require_POST
def read_again(request: HttpRequest) -> HttpResponse:
    """Have every page read again for its links and pictures."""
    access.check_editor(request.user)
    scanning.read_everything.enqueue()
    messages.success(request, _("Every page is being read again: come back in a few minutes."))
    return redirect("cms_report", reports.LINKS.slug)


@require_POST
def checked(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that a page is still true."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    ages.mark_checked(page, request.user)
    messages.success(
        request, _("“%(title)s” is noted as checked.") % {"title": page.get_admin_display_title()}
    )
    return redirect(_next(request) or reports.AGES.url)


def _next(request: HttpRequest) -> str:
    url = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})
    return url if safe else ""


# -- Templates --------------------------------------------------------------------------------------


class TemplateForm(forms.ModelForm):
    class Meta:
        model = PageTemplate
        fields = ("label", "description")


class StartForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title of the new page"), max_length=255)


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, with the way to use it."""
    access.check_editor(request.user)
    rows = [
        {
            "template": template,
            "type": template.page.specific_class._meta.verbose_name,
            "may_edit": template.page.permissions_for_user(request.user).can_edit(),
            "parents": parents_for(template, request.user),
        }
        for template in starting.all_templates()
        if template.page.specific_class
    ]
    return render(request, "cms/admin/templates.html", {"rows": rows})


def parents_for(template: PageTemplate, user: Any) -> list[Page]:
    """The pages under which this template is most likely wanted: where its like already stand."""
    likely = Page.objects.filter(pk__in=_parents_of_its_like(template))
    # A branch of drafts that holds templates is not where their pages go.
    folder = template.page.get_parent()
    if not folder.live:
        likely = likely.exclude(pk=folder.pk)
    likely = likely.select_related("locale", "content_type")
    return [
        page
        for page in likely.order_by("path")
        if starting.allowed(template, page) and page.permissions_for_user(user).can_add_subpage()
    ][:5]


def _parents_of_its_like(template: PageTemplate) -> list[int]:
    like = Page.objects.filter(content_type=template.page.content_type).order_by("-pk")
    paths = {path[:-4] for path in like.values_list("path", flat=True)[:50]}
    return list(Page.objects.filter(path__in=paths).values_list("pk", flat=True))


@require_safe
def start_here(request: HttpRequest, parent_id: int) -> HttpResponse:
    """The templates that may stand under a page."""
    parent = _parent(request, parent_id)
    rows = [
        {"template": template, "type": template.page.specific_class._meta.verbose_name}
        for template in starting.templates_for(parent, request.user)
    ]
    return render(request, "cms/admin/start.html", {"parent": parent, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def start_from(request: HttpRequest, parent_id: int, uuid: Any) -> HttpResponse:
    """See what a template holds, give the new page its title, make it."""
    parent = _parent(request, parent_id)
    template = _allowed_template(request, parent, uuid)
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        page = starting.start(template, parent, form.cleaned_data["title"], request.user)
        messages.success(request, _("Draft made from “%(label)s”.") % {"label": template.label})
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"parent": parent, "template": template, "form": form}
    return render(request, "cms/admin/start_from.html", context)


@require_safe
def start_preview(request: HttpRequest, parent_id: int, uuid: Any) -> HttpResponse:
    """The page as it would be there, drawn by the site and written nowhere."""
    parent = _parent(request, parent_id)
    page = starting.draft_of(_allowed_template(request, parent, uuid), parent)
    return page.make_preview_request(request, page.default_preview_mode)


def _parent(request: HttpRequest, parent_id: int) -> Page:
    parent = get_object_or_404(Page, pk=parent_id).specific
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return parent


def _allowed_template(request: HttpRequest, parent: Page, uuid: Any) -> PageTemplate:
    template = get_object_or_404(starting.all_templates(), uuid=uuid)
    if not starting.allowed(template, parent):
        raise Http404
    return template


@require_http_methods(["GET", "HEAD", "POST"])
def mark_template(request: HttpRequest, page_id: int) -> HttpResponse:
    """Offer a page as a template, or change what it is called; or no longer offer it."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    template = starting.template_of(page)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST" and "remove" in request.POST:
        if template is not None:
            template.delete()
            log(instance=page.specific, action="cms.template", user=request.user)
        messages.success(request, _("This page is no longer offered as a template."))
        return redirect(edit_url)
    instance = template or PageTemplate(
        page=page, created_by=request.user, label=page.get_admin_display_title()[:120]
    )
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=instance)
    if request.method == "POST" and form.is_valid():
        form.save()
        log(instance=page.specific, action="cms.template", user=request.user)
        messages.success(request, _("Editors may now start from this page."))
        return redirect("cms_templates")
    context = {"page": page, "template": template, "form": form, "edit_url": edit_url}
    return render(request, "cms/admin/mark_template.html", context)


# -- Redirects --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def import_redirects(request: HttpRequest) -> HttpResponse:
    """Take the place of Wagtail's import, which writes what it can and says little of the rest."""
    if not request.user.has_perm("wagtailredirects.add_redirect"):
        raise PermissionDenied
    posted = request.method == "POST"
    form = redirects.ImportForm(*(request.POST, request.FILES) if posted else ())
    found = None
    if posted and form.is_valid():
        found = redirects.read(form.cleaned_data["file"])
        if not found.faults and found.redirects:
            count = redirects.save(found)
            text = ngettext("%(count)d redirect added.", "%(count)d redirects added.", count)
            messages.success(request, text % {"count": count})
            return redirect("wagtailredirects:index")
    context = {"form": form, "found": found}
    return render(request, "cms/admin/import_redirects.html", context, status=422 if found else 200)
