""" "Mes formations": what awaits this person, and what they did."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import pdf
from cms.meta import PageMeta

from ...overview.words import duration
from ...views import pro_trail
from .. import history as past
from .. import mine as queries
from ..forms import HistoryFilters
from ..panels import actions_for, figures_for, panels_for, to_do_for


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The next session first, what is to do, what waits, what was done."""
    found = queries.mine(request.user)
    context = {
        "page_meta": PageMeta(title=_("My training"), breadcrumbs=pro_trail(), cache="private"),
        "mine": found,
        "actions": actions_for(request, found.next),
        "to_do": to_do_for(request),
        "panels": panels_for(request),
        "figures": figures_for(request),
    }
    return render(request, "learning/steering/mine.html", context)


@login_required
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All that one did; parameters: those of `HistoryFilters`."""
    form = HistoryFilters(request.GET)
    meta = PageMeta(
        title=_("My training history"),
        breadcrumbs=[*pro_trail(), (_("My training"), reverse("learning:mine"))],
        cache="private",
    )
    context = {"page_meta": meta, "listing": past.listing(request.user, form)}
    return render(request, "learning/steering/history.html", context)


@login_required
@never_cache
@require_safe
def history_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a document. A wrong filter is said by the page."""
    form = HistoryFilters(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('learning:history')}?{request.GET.urlencode()}")
    rows = list(past.chosen(request.user, form.cleaned_data))
    context = {
        "title": _("Training of %(person)s") % {"person": request.user},
        "person": request.user,
        "rows": rows,
        "filters": [facet.chosen.label for facet in past.facets(form, rows) if facet.chosen],
        "half_days": sum(entry.half_days[0] for entry in rows),
        "online": duration(sum(entry.seconds for entry in rows)),
        "any_fictitious": any(entry.is_fictitious for entry in rows),
    }
    try:
        content = pdf.make("learning/steering/pdf/history.html", context, reader=request.user)
    except pdf.PdfUnavailable:
        return pdf.unavailable(request)
    return pdf.respond(content, "mes-formations.pdf")
