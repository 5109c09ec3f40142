"""Somebody's own history: every registration that is behind them, and what other rooms add to it.

A room adds its own with `source`: a function of the person that gives `Entry`s in one query or two. One
person's years are a few dozen entries: they are put in order and narrowed here, not by the database.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms import registry
from cms.exports import Export
from cms.listings import PER_PAGE, Choice, Listing, ShownFacet, page_of

from ..models import Registration
from ..templatetags.learning import session_days
from .forms import KINDS, HistoryFilters
from .rows import is_ahead, lines, result_of

TONES = {"attended": "good", "partly": "warm", "absent": "warm"}


@dataclass(frozen=True)
class Entry:
    """One line of a history. kind: one of `forms.KINDS`; day: its place in time; when, where, result,
    detail: in words; module: (slug, title) in person; seconds: learnt online."""

    kind: str
    title: str
    url: str
    day: dt.date | None
    when: str
    result: str
    where: str = ""
    detail: str = ""
    tone: str = "quiet"
    maison: str = ""
    module: tuple[str, str] | None = None
    half_days: tuple[int, int] = (0, 0)
    seconds: int = 0
    is_fictitious: bool = False

    @property
    def label(self) -> str:
        return str(dict(KINDS)[self.kind])


Source = Callable[[Any], Iterable[Entry]]
S = TypeVar("S", bound=Source)
_sources: list[Source] = []


def source(provider: S) -> S:
    """Decorate `callable(user) -> iterable of Entry`: one's own alone."""
    _sources.append(provider)
    return provider


def history_of(user: Any) -> QuerySet[Registration]:
    """Registrations, the newest first; nobody else's."""
    past = Registration.objects.filter(user=user).exclude(is_ahead())
    shown = lines(past, "maison__name").prefetch_related("session__dates")
    return shown.order_by("-session__first_starts_at", "-pk")


@source
def in_person(user: Any) -> Iterator[Entry]:
    for row in history_of(user):
        session = row.session
        start = session.first_starts_at
        yield Entry(
            kind="session",
            title=session.module.title,
            url=row.get_absolute_url(),
            day=start.astimezone(session.zone).date() if start else None,
            when=session_days(session),
            where=_place(session),
            result=result_of(row),
            tone=TONES.get(row.outcome, "quiet"),
            maison=row.maison.name if row.maison else "",
            module=(session.module.slug, session.module.title),
            half_days=(row.half_days_present, row.half_days_due),
            is_fictitious=session.is_fictitious,
        )


def _place(session: Any) -> str:
    if not session.city:
        return str(session.get_mode_display())
    return f"{session.city} ({session.commune.department_id})"


class Entries:
    """Entries as exports and pages read rows."""

    def __init__(self, rows: list[Entry]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.rows)

    def count(self) -> int:
        return len(self.rows)

    def iterator(self, chunk_size: int | None = None) -> Iterator[Entry]:
        return iter(self.rows)


def entries(user: Any) -> list[Entry]:
    """Everything, the newest first."""
    found = [entry for provider in _sources for entry in provider(user)]
    return sorted(found, key=lambda entry: entry.day or dt.date.min, reverse=True)


VALUES: dict[str, Callable[[Entry], tuple[str, str] | None]] = {
    "annee": lambda entry: (str(entry.day.year),) * 2 if entry.day else None,  # type: ignore[return-value]
    "type": lambda entry: (entry.kind, entry.label),
    "module": lambda entry: entry.module,
}


def chosen(user: Any, filters: dict[str, Any]) -> Entries:
    """The whole of it under the filters, for the files."""
    return Entries(_narrowed(entries(user), _asked(filters)))


def _asked(filters: dict[str, Any]) -> dict[str, str]:
    """{name of a facet: the code that is asked for}."""
    asked = {name: filters.get(name) for name in VALUES}
    return {name: str(getattr(value, "slug", value)) for name, value in asked.items() if value}


def _narrowed(rows: list[Entry], asked: dict[str, str]) -> list[Entry]:
    return [
        entry
        for entry in rows
        if all((found := VALUES[n](entry)) and found[0] == code for n, code in asked.items())
    ]


def listing(user: Any, form: HistoryFilters) -> Listing:
    """A page of the history with the counts of its filters, as `cms.listings.narrow` gives one."""
    form.is_valid()
    rows, asked = entries(user), _asked(form.cleaned_data)
    page = page_of(form, _narrowed(rows, asked), PER_PAGE)
    return Listing(form, page, page.paginator.count, form.query(), facets(form, rows))


def facets(form: HistoryFilters, rows: list[Entry]) -> list[ShownFacet]:
    """The choices that a history leaves, each with the others as they are."""
    asked = _asked(form.cleaned_data)
    return [
        _facet(
            form, name, everything, _narrowed(rows, {k: v for k, v in asked.items() if k != name})
        )
        for name, everything in form.all_of_them.items()
    ]


def _facet(form: HistoryFilters, name: str, everything: Any, rows: list[Entry]) -> ShownFacet:
    asked = form.code(name)
    found = [value for entry in rows if (value := VALUES[name](entry))]
    counts, labels = Counter(code for code, _label in found), dict(found)
    if asked and asked not in counts:
        labels[asked] = str(form.value(name))
    order = sorted(labels, key=lambda code: labels[code], reverse=name == "annee")
    return ShownFacet(
        name,
        form.fields[name].label,
        everything,
        [Choice(code, labels[code], counts[code], code == asked) for code in order],
        f"?{form.query(without=name)}",
    )


MY_HISTORY = Export(
    code="mes-formations",
    label=_("My training"),
    columns=[
        (_("Training"), lambda entry: entry.title),
        (_("Dates"), lambda entry: entry.when),
        (_("Place"), lambda entry: entry.where),
        (_("Half-days due"), lambda entry: entry.half_days[1] or ""),
        (_("Half-days attended"), lambda entry: entry.half_days[0] if entry.half_days[1] else ""),
        (_("Result"), lambda entry: entry.result),
        (_("Maison"), lambda entry: entry.maison),
        (_("Fictitious"), lambda entry: entry.is_fictitious),
        (_("Kind"), lambda entry: entry.label),
        (_("Detail"), lambda entry: entry.detail),
        (_("Minutes online"), lambda entry: round(entry.seconds / 60) or ""),
    ],
    rows=chosen,
    may_export=lambda user: user.is_authenticated,
    form=HistoryFilters,
)
registry.export_kinds.register(MY_HISTORY.code, MY_HISTORY)
