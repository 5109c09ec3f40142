"""All visible sheets in a few columns: what filters, counts, the map and the order are made of.

Six queries, whatever the number of sheets and of filters: counts of one facet hold under the choices
of all the others, which no single query would say.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from .models import Adoption, ProjectSheetPage, State


@dataclass
class Row:
    """One sheet: what it answers to each facet."""

    pk: int
    title: str
    date: Any
    start_year: int | None
    end_year: int | None
    adoptions: int
    facets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def sheets(user: Any) -> Any:
    """Sheets that this person may see, in the language in which they are written."""
    return ProjectSheetPage.objects.visible_to(user).filter(locale__language_code="fr")


def rows(user: Any) -> list[Row]:
    found = sheets(user)
    accepted = Count("adoptions", filter=Q(adoptions__status=Adoption.Status.ACCEPTED))
    columns = ("pk", "title", "display_date", "start_year", "end_year", "state")
    listed: dict[int, Row] = {}
    for pk, title, date, start, end, state, taken_up in (
        found.order_by().annotate(taken_up=accepted).values_list(*columns, "taken_up")
    ):
        row = listed[pk] = Row(pk, title, date, start, end, taken_up)
        row.facets["etat"] = _states(state, taken_up)
        row.facets["periode"] = {str(year) for year in years(start, end, state)}
    for facet, (model, sheet, value) in _RELATIONS.items():
        pairs = model().objects.filter(**{f"{sheet}__in": found.order_by().values("pk")})
        for pk, code in pairs.values_list(sheet, value):
            if pk in listed:
                listed[pk].facets[facet].add(str(code))
    return list(listed.values())


def _states(state: str, taken_up: int) -> set[str]:
    """An initiative that Maisons took up counts as such, whatever else it is."""
    return {code for code in (state, State.REPLICATED if taken_up else "") if code}


def years(start: int | None, end: int | None, state: str = "") -> range:
    """The years in which it ran, as far as they are known; without an end, up to this year."""
    if not start:
        return range(end, end + 1) if end else range(0)
    last = end or (start if state == State.STOPPED else timezone.localdate().year)
    return range(start, max(start, last) + 1)


def _through(name: str) -> Callable[[], Any]:
    return lambda: getattr(ProjectSheetPage, name).through


# facet → (the table that links, its column of the sheet, the code it gives)
_RELATIONS: dict[str, tuple[Callable[[], Any], str, str]] = {
    "theme": (_through("themes"), "basepage", "theme__code"),
    "public": (_through("audiences"), "projectsheetpage", "audience__code"),
    "departement": (_through("departments"), "projectsheetpage", "department_id"),
    "operateur": (_through("operators"), "projectsheetpage", "operator__code"),
}


def matching(listed: Iterable[Row], chosen: dict[str, str], but: str = "") -> list[Row]:
    """Rows that answer every choice; `but` leaves one facet out, to count what else it offers."""
    wanted = {name: code for name, code in chosen.items() if name != but}
    return [row for row in listed if all(code in row.facets[name] for name, code in wanted.items())]


def counts(listed: list[Row], chosen: dict[str, str], facet: str) -> Counter[str]:
    """{code: number of sheets} of one facet under the other choices."""
    return Counter(
        code for row in matching(listed, chosen, but=facet) for code in row.facets[facet]
    )


def in_order(listed: list[Row], order: str) -> list[Row]:
    """The rows in the order asked; ties by title, so that pages never overlap."""
    listed = sorted(listed, key=lambda row: (row.title.casefold(), row.pk))
    if order == "titre":
        return listed
    if order == "debut":
        return sorted(listed, key=lambda row: -(row.start_year or 0))
    if order == "reprises":
        return sorted(listed, key=lambda row: -row.adoptions)
    return sorted(listed, key=lambda row: row.date.toordinal() if row.date else 0, reverse=True)
