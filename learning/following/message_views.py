"""Writing to people of a cohort."""

import uuid as uuids
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.listings import FilterForm, narrow

from ..models import Cohort
from ..writing.composing import compose, ticked
from . import messages, queries
from .forms import CohortMessageForm, PeopleFilters
from .frame import cohort_to_follow, framed


@login_required
@never_cache
@require_safe
def message_log(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The messages already sent to people of a cohort."""
    cohort = cohort_to_follow(request, uuid)
    listing = narrow(messages.sent(cohort), FilterForm(request.GET), per_page=20)
    context = framed(request, cohort, "messages", listing=listing)
    return render(request, "learning/following/messages.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Write, read over, send: to those ticked (`a`), or to all that the filters ask for (`liste`)."""
    cohort = cohort_to_follow(request, uuid)
    if request.method == "POST":
        form = CohortMessageForm(request.POST)
    else:
        form = CohortMessageForm(initial=_first_values(request))

    def show(form: Any, preview: bool, status: int) -> HttpResponse:
        said = form.cleaned_data if form.is_bound else form.initial
        chosen, filters = said.get("chosen", []), _filters(said.get("filters", ""))
        context = framed(
            request,
            cohort,
            "messages",
            _("Write to people of the cohort"),
            form=form,
            rows=list(messages.recipients(cohort, filters, chosen)),
            audience=_audience(cohort, filters, chosen),
            preview=preview,
        )
        return render(request, "learning/following/write.html", context, status=status)

    def send(said: dict[str, Any]) -> Any:
        filters, chosen = _filters(said.pop("filters")), said.pop("chosen")
        rows = messages.recipients(cohort, filters, chosen)
        audience = _audience(cohort, filters, chosen)
        return messages.send(cohort, by=request.user, rows=rows, audience=audience, **said)

    return compose(
        request, form, show, send, lambda: redirect("learning:cohort-messages", cohort.uuid)
    )


def _first_values(request: HttpRequest) -> dict[str, Any]:
    """Nobody ticked and no list asked for: whoever waits for something."""
    chosen = [] if "liste" in request.GET else ticked(request)
    return {
        "token": uuids.uuid4(),
        "chosen": chosen,
        "filters": PeopleFilters(request.GET).query(),
    }


def _filters(query: str) -> PeopleFilters:
    return PeopleFilters(QueryDict(query))


def _audience(cohort: Cohort, filters: PeopleFilters, chosen: list[Any]) -> str:
    narrowed = queries.in_words(filters, queries.unit_titles(cohort))
    return messages.audience(chosen, narrowed) or _("Everybody")
