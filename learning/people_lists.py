"""Lists of people that somebody sends as a file: what registering and enrolling from them share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.listings import Facet, FilterForm, KindField, Listing, narrow

from .csv_rows import Column, Row, read_upload

GOOD, REJECTED = "good", "rejected"
LINES_A_PAGE = 100


class Incomplete(ValidationError):
    """Some lines are rejected, and nobody asked to write the others."""


@dataclass
class Line:
    """A line and what was found of it; `verdict` is one of those of the rows that keep it."""

    row: Row
    person: Any = None
    verdict: str = GOOD
    reason: str = ""

    def reject(self, why: str) -> None:
        self.verdict, self.reason = REJECTED, why

    def check_once(self, seen: dict[int, int]) -> None:
        """Note that this line names its person. Raises ValidationError when another did before."""
        first = seen.setdefault(self.person.pk, self.row.line)
        if first != self.row.line:
            raise ValidationError(_("The same person as line %(line)d.") % {"line": first})


def rows_of(file: Any, columns: Sequence[Column], most: int) -> list[Row]:
    """The lines of a file. Raises ValidationError for one that cannot be read as a whole, or is too long."""
    rows = read_upload(file, columns)
    if len(rows) > most:
        raise ValidationError(
            _("The file has more than %(n)d lines: send it in several parts.") % {"n": most}
        )
    if not any(row.cells for row in rows):
        raise ValidationError(
            _("The first line must name these columns: e-mail, or name and Maison.")
        )
    return rows


@transaction.atomic
def keep(batch: Any, file: Any, lines: Iterable[Any], own: Callable[[Any], dict[str, Any]]) -> Any:
    """Save a batch that is not saved yet, with its lines. own: what a room keeps of each besides."""
    batch.filename = str(file.name)[-255:]
    batch.save()
    rows = batch.rows.model
    rows.objects.bulk_create(
        rows(
            batch=batch,
            line=line.row.line,
            said=" · ".join(text for text in line.row.cells.values() if text)[:300],
            person=line.person if line.verdict != REJECTED else None,
            verdict=line.verdict,
            reason=line.reason[:300],
            **own(line),
        )
        for line in lines
    )
    return batch


class LineFilters(FilterForm):
    """The lines of a report by what becomes of them. Parameters: resultat (a verdict), page."""

    facets = (Facet("resultat", "verdict", gettext_lazy("Every line")),)

    def __init__(self, data: QueryDict, *, verdicts: Any) -> None:
        super().__init__(data)
        self.fields["resultat"] = KindField(verdicts, label=gettext_lazy("What becomes of it"))


def report_on(batch: Any, asked: QueryDict, *related: str) -> dict[str, Any]:
    """What the report on a list shows: `counts` ({verdict: how many}) and the `listing` of its lines."""
    filters = LineFilters(asked, verdicts=batch.rows.model.Verdict.choices)
    listing: Listing = narrow(
        batch.rows.select_related("person", *related), filters, per_page=LINES_A_PAGE
    )
    counted = batch.rows.order_by().values_list("verdict").annotate(Count("pk"))
    return {"counts": dict(counted), "listing": listing}
