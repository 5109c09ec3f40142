"""One way to export a list: CSV (streamed) or XLSX, checked, escaped, logged.

An app registers an `Export` under `cms.registry.export_kinds`; the address is then
`/exports/<code>/?format=csv` with the export's own filters. Above `MAX_INLINE` rows the worker
makes the file and the person finds it under `/exports/`.
"""

import csv
import datetime as dt
import io
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from wagtail.log_actions import log

from . import registry
from .models import ExportFile
from .tasks import background

logger = logging.getLogger("cms.exports")

MAX_INLINE = 5_000
KEEP_DAYS = 7
# Rows that are written at once.
BLOCK = 1_000
# A cell that a spreadsheet would run as a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class NotAllowed(PermissionError):
    """The person may not make this export."""


Columns = list[tuple[str | Promise, Callable[[Any], Any]]]


class Rows(Protocol):
    """What an export reads: a queryset, or what is counted and gone through as one."""

    def count(self) -> int: ...
    def iterator(self, chunk_size: int) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Export:
    """A list that can be exported.

    columns: (header, function of one row) pairs, or what gives them for a person and filters, when
    they depend on what is asked. rows(user, filters) returns a queryset already cut to what this
    person may see, and may raise NotAllowed. form: validates the filters of the query string.
    cells(user, filters): optional, for hundreds of thousands of rows: lists of cells in the order of the
    columns, already escaped, as many as `rows` counts.
    """

    code: str
    label: str | Promise
    columns: Columns | Callable[[Any, dict[str, Any]], Columns]
    rows: Callable[[Any, dict[str, Any]], Rows]
    may_export: Callable[[Any], bool]
    form: type[forms.Form] = forms.Form
    cells: Callable[[Any, dict[str, Any]], Iterator[list[Any]]] | None = None

    def columns_for(self, user: Any, filters: dict[str, Any]) -> Columns:
        return self.columns(user, filters) if callable(self.columns) else self.columns


def escape(value: Any) -> Any:
    """A cell as a spreadsheet may hold it: text that looks like a formula becomes plain text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return value
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def statement(export: Export, user: Any, filters: dict[str, Any]) -> list[str]:
    """What the file is: title, filters, date and author."""
    shown = ", ".join(
        f"{key} = {value}" for key, value in filters.items() if value not in (None, "")
    )
    return [
        str(export.label),
        _("Filters: %(filters)s") % {"filters": shown or _("none")},
        _("Made on %(date)s by %(author)s")
        % {"date": date_format(timezone.localtime(), "DATETIME_FORMAT"), "author": user},
    ]


def _cells(
    export: Export, columns: Columns, user: Any, filters: dict[str, Any]
) -> Iterator[list[Any]]:
    if export.cells is not None:
        yield from export.cells(user, filters)
        return
    getters = [getter for _header, getter in columns]
    for row in export.rows(user, filters).iterator(chunk_size=2000):
        yield [escape(getter(row)) for getter in getters]


def csv_blocks(export: Export, user: Any, filters: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The CSV in blocks, as (text, number of rows of data): UTF-8 with a byte-order mark and
    semicolons, as spreadsheets here read it.

    The statement stands after the data, so that the first line is the header.
    """
    columns = export.columns_for(user, filters)
    yield "\ufeff" + _csv([[escape(str(header)) for header, _getter in columns]]), 0
    rows = _cells(export, columns, user, filters)
    while block := list(itertools.islice(rows, BLOCK)):
        yield _csv(block), len(block)
    yield _csv([[f"# {line}"] for line in statement(export, user, filters)]), 0


def _csv(rows: Iterable[list[Any]]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rows)
    return target.getvalue()


def csv_lines(export: Export, user: Any, filters: dict[str, Any]) -> Iterator[str]:
    """The CSV as an answer sends it, a block at a time."""
    return (text for text, _count in csv_blocks(export, user, filters))


def write_xlsx(export: Export, user: Any, filters: dict[str, Any], target: Any) -> int:
    """Write a workbook (data, then what it is). Returns the number of rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Data"))
    sheet.freeze_panes = "A2"
    columns = export.columns_for(user, filters)
    sheet.append([_text_cell(sheet, str(header)) for header, _getter in columns])
    count = 0
    for cells in _cells(export, columns, user, filters):
        sheet.append([_text_cell(sheet, cell) for cell in cells])
        count += 1
    about = book.create_sheet(_("About"))
    for line in statement(export, user, filters):
        about.append([_text_cell(about, line)])
    book.save(target)
    return count


def _text_cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_printable(value))
    # Never a formula, whatever it starts with.
    cell.data_type = "s"
    return cell


def _printable(text: str) -> str:
    """Without the control characters that an XLSX file cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n\r")


def find(code: str, user: Any) -> Export:
    """The export of that code. Raises KeyError (no such export) or NotAllowed."""
    export = registry.export_kinds.get(code)
    if export is None:
        raise KeyError(code)
    if not export.may_export(user):
        raise NotAllowed(code)
    return export


def record(export: Export, user: Any, filters: dict[str, Any], rows: int, file_format: str) -> None:
    """Log that this person took this list."""
    log(
        instance=user,
        action="cms.export",
        user=user,
        data={"export": export.code, "filters": filters, "rows": rows, "format": file_format},
    )


def folder() -> Path:
    path = Path(settings.PRIVATE_ROOT) / "exports"
    path.mkdir(parents=True, exist_ok=True)
    return path


@background(attempts=3)
def make_file(export_file_id: int) -> None:
    """Make a long export in the worker, then say that it is ready."""
    row = ExportFile.objects.select_related("user").filter(pk=export_file_id).first()
    if row is None or row.state == ExportFile.State.READY:
        return
    try:
        export = find(row.export, row.user)
        filters = bound_filters(export, row.filters)
        export.rows(row.user, filters)
    except (KeyError, NotAllowed):
        row.state, row.error = ExportFile.State.FAILED, _("This export is no longer open to you.")
        row.save(update_fields=["state", "error"])
        return
    name = f"{row.uuid}.{row.format}"
    part = folder() / f"{name}.part"
    if row.format == "xlsx":
        row.rows = write_xlsx(export, row.user, filters, part)
    else:
        with part.open("w", encoding="utf-8", newline="") as file:
            for text, count in csv_blocks(export, row.user, filters):
                file.write(text)
                row.rows += count
    part.rename(folder() / name)
    row.path, row.state = name, ExportFile.State.READY
    row.save(update_fields=["path", "state", "rows"])
    record(export, row.user, row.filters, row.rows, row.format)


def bound_filters(export: Export, data: Any) -> dict[str, Any]:
    """The cleaned filters. Raises forms.ValidationError naming what is wrong."""
    form = export.form(data)
    if not form.is_valid():
        raise forms.ValidationError(
            [f"{field}: {' '.join(errors)}" for field, errors in form.errors.items()]
        )
    return form.cleaned_data


def xlsx_bytes(export: Export, user: Any, filters: dict[str, Any]) -> tuple[bytes, int]:
    target = io.BytesIO()
    count = write_xlsx(export, user, filters, target)
    return target.getvalue(), count


def stale(now: dt.datetime | None = None) -> Iterable[ExportFile]:
    return ExportFile.objects.filter(
        created_at__lt=(now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)
    )


def purge(now: dt.datetime | None = None) -> int:
    """Erase the files older than KEEP_DAYS, and their rows."""
    rows = list(stale(now))
    for row in rows:
        if row.path:
            (folder() / row.path).unlink(missing_ok=True)
    return ExportFile.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
