"""Reading the CSV files that people send, as their spreadsheet wrote them. Every import uses it.

    sheet = read(file.read(), [Column("email", _("e-mail"), ("courriel",)), …])
    for row in sheet: row.line, row["email"]

Encoding (UTF-8 with or without mark, UTF-16 with a mark, Windows-1252) and separator (semicolon,
comma, tab, bar) are found out. Cells are text and nothing else: a formula stays what it says, and
is escaped again by `cms.exports` if it ever leaves. Stored rows hold nothing a database refuses.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.text import plain
from cms.uploads import check_size

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5_000
MAX_CELL = 2_000
SEPARATORS = ";,\t|"


class Unreadable(ValidationError):
    """The file as a whole cannot be read; the message says what would do."""


@dataclass(frozen=True)
class Column:
    """A column that is looked for: under its label or another of its names, whatever the case."""

    key: str
    label: Any
    names: tuple[str, ...] = ()
    required: bool = True
    hint: Any = ""

    def answers_to(self, header: str) -> bool:
        return header in {plain(self.key), plain(str(self.label)), *map(plain, self.names)}


@dataclass
class Row:
    """A line of the file. line: its number, as a spreadsheet or an editor shows it."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


def read_upload(file: Any, columns: Sequence[Column]) -> list[Row]:
    """The rows of an uploaded file. Raises ValidationError (too big, empty) and Unreadable."""
    check_size(file, MAX_BYTES)
    file.seek(0)
    return read(file.read(), columns)


def read(content: bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file with a header line. Raises Unreadable; a bad row has its `problem`.

    Empty lines, and the lines "# …" with which our own exports end, are left out.
    """
    text = decode(content)
    lines = iter(_lines(text, separator_of(text, columns)))
    _number, header = next(lines, (1, []))
    places = _places(header, columns)
    rows = []
    for number, cells in lines:
        if not any(cells) or cells[0].startswith("#"):
            continue
        if len(rows) >= MAX_ROWS:
            raise Unreadable(
                _("The file has more than %(n)d lines: send it in several parts.") % {"n": MAX_ROWS}
            )
        rows.append(_row(number, cells, places, len(header)))
    if not rows:
        raise Unreadable(_("The file has no line beneath its header."))
    return rows


def decode(content: bytes) -> str:
    """The text of a file. Raises Unreadable for what is not text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return unicodedata.normalize("NFC", text)
    raise Unreadable(_("This is not a text file: save the sheet as CSV (UTF-8)."))


def separator_of(text: str, columns: Sequence[Column]) -> str:
    """The separator with which the header names most columns."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")

    def known(separator: str) -> int:
        try:
            cells = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:  # A cell without end: said of its line, once the file is read.
            return 0
        return sum(any(c.answers_to(plain(cell)) for c in columns) for cell in cells)

    return max(SEPARATORS, key=known)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of each record that holds something."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [_clean(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d cannot be read: a quotation mark may be missing.") % {"line": start}
        ) from error


def _clean(cell: str) -> str:
    """Without spaces around, and without the control characters that nobody typed."""
    kept = "".join(c if c.isprintable() else " " for c in cell if c != "\ufeff")
    return " ".join(kept.split())


def _places(header: list[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands. Raises Unreadable for one that is missing or stands twice."""
    folded = [plain(cell) for cell in header]
    places: dict[str, int] = {}
    for column in columns:
        found = [n for n, name in enumerate(folded) if name and column.answers_to(name)]
        if len(found) > 1:
            raise Unreadable(
                _("The column “%(name)s” stands more than once.") % {"name": column.label}
            )
        if found:
            places[column.key] = found[0]
    missing = [str(c.label) for c in columns if c.required and c.key not in places]
    if missing:
        raise Unreadable(
            _("The first line must name these columns: %(names)s.") % {"names": ", ".join(missing)}
        )
    return places


def _row(number: int, cells: list[str], places: dict[str, int], width: int) -> Row:
    row = Row(number, {key: cells[n] if n < len(cells) else "" for key, n in places.items()})
    if any(cells[width:]):
        row.problem = _("This line has more cells than the header.")
    elif too_long := [cell for cell in row.cells.values() if len(cell) > MAX_CELL]:
        row.problem = _("A cell is too long (%(n)d characters).") % {"n": len(too_long[0])}
        row.cells = {key: cell[:MAX_CELL] for key, cell in row.cells.items()}
    return row
