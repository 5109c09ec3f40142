"""The coming sessions as a calendar and as a map; the list is `learning.views.session_list`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.listings import narrow
from cms.meta import PageMeta, absolute
from cms.templatetags.theme_tags import moment

from .. import queries
from ..forms import SessionFilters
from . import public


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of sessions (`mois`), with the filters of the list."""
    form, months = SessionFilters(request.GET), public.MonthForm(request.GET)
    months.is_valid()
    wanted = queries.wanted(request.user, form)
    rows = queries.faceted(wanted.rows, form)
    month = public.month_of(rows, months.cleaned_data.get("mois"), form)
    context = {
        **_shared(form, wanted, "calendar"),
        "month": month,
        "months": months,
        "page_meta": _meta(
            _("Sessions in %(month)s") % {"month": moment(month.first, "month")},
            _("The coming training sessions, month by month."),
            "learning:sessions-calendar",
            form.query() or form.errors or months.errors or request.GET.get("mois"),
        ),
    }
    return render(request, "learning/running/calendar.html", context)


@require_safe
def map_view(request: HttpRequest) -> HttpResponse:
    """The sessions by department, as a drawing and as a list, with the filters of the list."""
    form = SessionFilters(request.GET)
    wanted = queries.wanted(request.user, form)
    rows = queries.faceted(wanted.rows, form)
    drawing, elsewhere = public.map_of(rows, form)
    context = {
        **_shared(form, wanted, "map"),
        "map": drawing,
        "remote": elsewhere,
        "page_meta": _meta(
            _("Map of the coming sessions"),
            _("Where the coming training sessions are held, by department."),
            "learning:sessions-map",
            form.query() or form.errors,
        ),
    }
    return render(request, "learning/running/map.html", context)


def _shared(form: SessionFilters, wanted: Any, current: str) -> dict[str, Any]:
    return {
        "form": form,
        "near": wanted.near,
        "listing": narrow(wanted.rows, form),
        "views": public.views_of_sessions(current, form),
    }


def _meta(title: str, description: str, name: str, narrowed: Any) -> PageMeta:
    return PageMeta(
        title=title,
        description=description,
        canonical=absolute(reverse(name)),
        breadcrumbs=[
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Training sessions"), reverse("learning:sessions")),
        ],
        robots="noindex, follow" if narrowed else "",
    )
