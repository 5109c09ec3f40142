"""What the pages of consultations read, within what the reader may see."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, narrow
from cms.models import BasePageQuerySet
from cms.queries import with_cards
from cms.streams import render_stream

from .meetings import counted
from .models import Contribution

if TYPE_CHECKING:
    from .models import ConsultationIndexPage, ConsultationPage

PER_PAGE = 10


class ConsultationList(FilterForm):
    """What may be asked of the list of consultations: a page of it."""


class ContributionList(FilterForm):
    """What may be asked of the contributions of one consultation."""

    scenario = forms.UUIDField(
        label=_("Scenario"),
        required=False,
        error_messages={"invalid": _("This scenario does not exist.")},
    )


def consultations(user: Any) -> BasePageQuerySet:
    """The consultations that this person may see, those that close last first."""
    from .models import ConsultationPage

    found = ConsultationPage.objects.visible_to(user)
    return found.order_by("-closes_at", "-display_date", "-pk")


def open_now(user: Any) -> BasePageQuerySet:
    """Those to which one may contribute now, the first to close first."""
    now = timezone.now()
    found = consultations(user).filter(
        takes_contributions=True, opens_at__lte=now, closes_at__gt=now
    )
    return found.order_by("closes_at", "pk")


def by_slug(slug: str, user: Any) -> "ConsultationPage | None":
    """The consultation at an address, in the language of the reader or else in French."""
    found = consultations(user).filter(slug=slug).select_related("locale")
    language = (get_language() or "fr").split("-")[0]
    return next(iter(sorted(found, key=lambda page: page.locale.language_code != language)), None)


def index_context(index: "ConsultationIndexPage", request: HttpRequest) -> dict[str, Any]:
    """`opened`: those open now, in full; `listing`: all the others, a page at a time."""
    below = consultations(request.user).child_of(index)
    opened = list(with_cards(open_now(request.user).child_of(index))[:PER_PAGE])
    others = below.exclude(pk__in=[page.pk for page in opened])
    listing = narrow(others, ConsultationList(request.GET), show=with_cards, per_page=PER_PAGE)
    return {"opened": opened, "listing": listing}


def consultation_context(page: "ConsultationPage", request: HttpRequest) -> dict[str, Any]:
    """See `templates/newsroom/consultation_page.html`."""
    scenarios = list(page.scenarios.all())
    form = ContributionList(request.GET)
    titles = {row.translation_key: row.title for row in scenarios}
    chosen = form.value("scenario")
    if chosen and chosen not in titles:
        form.add_error("scenario", _("This scenario does not exist."))
        chosen = None
    found = contributions(page, request.user)
    if chosen:
        found = found.filter(scenario_key=chosen)
    listing = narrow(found, form, per_page=PER_PAGE)
    for row in listing.page:
        row.scenario_title = titles.get(row.scenario_key, "")
    around: dict[str, Any] = {"page": page, "request": request}
    notes, called = page.footnotes.get_object_list(), {}
    body = render_stream(page.body, around, notes, called)
    outcome = render_stream(page.outcome, around, notes, called)
    return {
        "state": page.state,
        "figures": counted(list(page.figures.all())),
        "steps": list(page.steps.all()),
        "scenarios": scenarios,
        "listing": listing,
        "chosen": titles.get(chosen, ""),
        "body": body.html,
        "outcome": outcome.html,
        "footnotes": outcome.notes,
        "own": own_contributions(page, request.user),
    }


def contributions(page: "ConsultationPage", user: Any) -> QuerySet[Contribution]:
    """What is published of a consultation, newest first; whatever else exists is not said."""
    found = Contribution.objects.visible_to(user).to_consultation(page)
    return found.select_related("author").order_by("-submitted_at", "-pk")


def own_contributions(page: "ConsultationPage", user: Any) -> list[Contribution]:
    """Those of the reader to this consultation."""
    if not page.takes_contributions or not user.is_authenticated:
        return []
    found = Contribution.objects.written_by(user).to_consultation(page)
    return list(found.order_by("-created_at")[:PER_PAGE])
