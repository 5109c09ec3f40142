"""The list of initiatives as a file, with the filters of the page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.exports import Export
from cms.meta import absolute
from maisons.models import Maison

from . import catalogue
from .filters import FACETS, ListingForm
from .reading import cost_of
from .text import period


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Any]:
    chosen = {name: str(filters[name]) for name in FACETS if filters.get(name)}
    found = catalogue.matching(catalogue.rows(user), chosen)
    return (
        catalogue.sheets(user)
        .filter(pk__in=[row.pk for row in found])
        .select_related("locale")
        .prefetch_related("departments", "themes", "audiences", "operators", "maisons")
        .order_by("title", "pk")
    )


def _names(name: str) -> Any:
    def read(sheet: Any) -> str:
        return ", ".join(row.label for row in getattr(sheet, name).all())

    return read


def _maisons(sheet: Any) -> str:
    """A Maison that the public does not see is in no file."""
    recognised = Maison.Status.RECOGNISED
    return ", ".join(row.name for row in sheet.maisons.all() if row.status == recognised)


def _cost(sheet: Any) -> Any:
    cost = cost_of(sheet)
    return cost["amount"] if cost else ""


INITIATIVES = Export(
    code="initiatives",
    label=_("Initiatives of the network"),
    columns=[
        (_("Title"), lambda s: s.title),
        (_("Summary"), lambda s: s.summary),
        (_("State"), lambda s: s.get_state_display()),
        (_("Period"), period),
        (_("Departments"), _names("departments")),
        (_("Themes"), _names("themes")),
        (_("Publics"), _names("audiences")),
        (_("Operators"), lambda s: ", ".join(str(row) for row in s.operators.all())),
        (_("Maisons"), _maisons),
        (_("Other bearers"), lambda s: ", ".join(block.value["name"] for block in s.bearers)),
        (_("Cost in euros"), _cost),
        (_("About the cost"), lambda s: s.cost_note),
        (_("Fictitious"), lambda s: s.is_fictitious),
        (_("Date"), lambda s: s.display_date),
        (_("Address"), lambda s: absolute(s.get_url() or "")),
    ],
    rows=rows,
    may_export=lambda user: user.is_authenticated,
    form=ListingForm,
)
