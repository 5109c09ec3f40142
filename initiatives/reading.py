"""What the page of a sheet shows, and what it shows of itself within another page."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Value, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maisons.contact import About, ContactForm, form_for
from maisons.models import Maison

from . import catalogue
from .models import Adoption, CostPeriod, State
from .text import period, to_html

if TYPE_CHECKING:
    from .models import ProjectSheetPage

SIMILAR = 3
WEIGHTS = {"themes": 1, "audiences": 1, "departments": 2}
TONES = {
    State.EXPERIMENT: "warm",
    State.RUNNING: "good",
    State.REPLICATED: "good",
    State.STOPPED: "quiet",
}
# Sections of the text, in the order in which they are read: field → title.
SECTIONS = ("objectives", "actions", "results", "reuse")


def sheet_context(sheet: "ProjectSheetPage", request: HttpRequest) -> dict[str, Any]:
    """See `templates/initiatives/sheet_page.html`. A preview gives its draft."""
    user = request.user
    adoptions = adoptions_of(sheet, user)
    similar = similar_to(sheet, user)
    shown = [image for page in (sheet, *similar) if (image := page.listing_image)]
    prefetch_related_objects(shown, "renditions")
    maisons = maisons_of(sheet, user)
    return {
        "departments": sheet.department_list,
        "place": ", ".join(department.label for department in sheet.department_list[:3]),
        "state": state_of(sheet),
        "period": period(sheet),
        "sections": text_sections(sheet),
        "stop_reason": to_html(sheet.stop_reason),
        "figures": values(sheet.figures),
        "actors": values(sheet.actors),
        "audiences": sheet.audience_list,
        "operators": list(sheet.operators.all()),
        "theme_links": theme_links(sheet, request),
        "cost": cost_of(sheet),
        "fundings": values(sheet.fundings),
        "maisons": maisons,
        "contact_form": contact_form(sheet, maisons, request),
        "adopt_url": reverse("initiatives:adopt", args=[sheet.translation_key]),
        "bearers": values(sheet.bearers),
        "contacts": values(sheet.contacts),
        "pictures": [
            row
            for row in values(sheet.pictures)
            if row["image"] and row["image"].pk != sheet.listing_image_id
        ],
        "files": [row["document"] for row in values(sheet.files) if row["document"]],
        "sources": values(sheet.sources),
        "adoptions": adoptions,
        "similar": similar,
        "near_url": f"{index_url(sheet, request)}pres/",
    }


def contact_form(
    sheet: "ProjectSheetPage", maisons: list[Maison], request: HttpRequest
) -> ContactForm:
    """To one of its Maisons, else to the prefecture referent of its department."""
    public = [maison for maison in maisons if maison.is_public]
    return form_for(
        "initiative",
        maisons=public,
        department="" if public else next((d.code for d in sheet.department_list), ""),
        about=About(sheet.title, sheet.get_url(request) or ""),
    )


def values(stream: Any) -> list[Any]:
    """The values of a stream of one kind of block."""
    return [block.value for block in stream]


def index_url(sheet: "ProjectSheetPage", request: HttpRequest) -> str:
    return sheet.pages_above()[-1].get_url(request) or ""


def theme_links(sheet: "ProjectSheetPage", request: HttpRequest) -> list[dict[str, str]]:
    """Its themes, each leading to the list under it."""
    index = index_url(sheet, request)
    return [
        {"label": theme.label, "url": f"{index}?theme={theme.code}"} for theme in sheet.theme_list
    ]


def text_sections(sheet: "ProjectSheetPage") -> list[tuple[str, str, Any]]:
    """(anchor, title, HTML) of each text that was written."""
    titles = {
        "objectives": _("What it is for"),
        "actions": pgettext("initiative", "What is done"),
        "results": pgettext("initiative", "What came of it"),
        "reuse": _("What to reuse elsewhere"),
    }
    return [
        (name, titles[name], to_html(getattr(sheet, name)))
        for name in SECTIONS
        if getattr(sheet, name).strip()
    ]


def state_of(sheet: "ProjectSheetPage") -> dict[str, Any] | None:
    """The state in words with its tone, or nothing when nobody said it."""
    if not sheet.state:
        return None
    return {
        "label": sheet.get_state_display(),
        "tone": TONES[State(sheet.state)],
        "note": sheet.state_note,
    }


def cost_of(sheet: "ProjectSheetPage") -> dict[str, Any] | None:
    if sheet.cost is None:
        return None
    return {
        "amount": sheet.cost,
        "period": CostPeriod(sheet.cost_period).label,
        "note": sheet.cost_note,
    }


def maisons_of(sheet: "ProjectSheetPage", user: Any) -> list[Maison]:
    """Its Maisons that this reader may see, with their place."""
    wanted = [maison.pk for maison in sheet.maisons.all()]
    if not wanted:
        return []
    return list(Maison.objects.visible_to(user).filter(pk__in=wanted).with_place().in_order())


def adoptions_of(sheet: "ProjectSheetPage", user: Any) -> list[Adoption]:
    """Who did it too; `own_sheet` is left out when this reader may not see it."""
    if not sheet.pk:
        return []
    found = list(
        Adoption.objects.visible_to(user)
        .filter(sheet_id=sheet.pk)
        .select_related("maison__commune__department", "own_sheet__locale")
        .order_by("year", "maison__name")
    )
    own = [row.own_sheet_id for row in found if row.own_sheet_id]
    shown = (
        set(catalogue.sheets(user).filter(pk__in=own).values_list("pk", flat=True)) if own else ()
    )
    for row in found:
        if row.own_sheet_id not in shown:
            row.own_sheet = None
    return found


def similar_to(sheet: "ProjectSheetPage", user: Any) -> list[Any]:
    """Sheets that share most with this one: a department counts twice, a theme or a public once."""
    if not sheet.pk:
        return []
    shared = {
        "themes": [theme.pk for theme in sheet.theme_list],
        "audiences": [audience.pk for audience in sheet.audience_list],
        "departments": [department.pk for department in sheet.department_list],
    }
    wanted, score = Q(pk__in=[]), Value(0)
    for name, ids in shared.items():
        if ids:
            held = Q(**{f"{name}__in": ids})
            wanted |= held
            score = score + Count(name, filter=held, distinct=True) * WEIGHTS[name]
    return list(
        catalogue.sheets(user)
        .filter(wanted)
        .exclude(pk=sheet.pk)
        .annotate(shared=score)
        .select_related("listing_image", "locale")
        .order_by("-shared", "-display_date", "pk")[:SIMILAR]
    )


def embed_context(sheet: "ProjectSheetPage", request: HttpRequest | None) -> dict[str, Any]:
    """What an article shows of a sheet: its summary, its figures, its state, its Maisons."""
    user = getattr(request, "user", None)
    return {
        "figures": values(sheet.figures)[:4],
        "state": state_of(sheet),
        "period": period(sheet),
        "maisons": maisons_of(sheet, user),
    }
