"""Reads JSON that somebody else wrote: what is not of the type expected is a fault, never an exception."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from . import said
from .pictured import clean

T = TypeVar("T")

KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
PHRASING = frozenset({"a", "abbr", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup", "u"})
MOST_HTML = 20_000
MOST_ROWS = 100
# Beyond this a number is no quantity that anybody answers.
MOST_EXPONENT = 100
MOST_NUMBER = 1_000_000


class Reader:
    """One JSON object. `faults` gathers what is wrong with it and with the rows under it."""

    def __init__(
        self,
        data: Any,
        *,
        clean: bool,
        new_id: Callable[[], str],
        faults: list[str] | None = None,
    ) -> None:
        self.faults: list[str] = [] if faults is None else faults
        self._clean, self._new_id = clean, new_id
        if not isinstance(data, dict):
            self.faults.append(_("A question, and each of its parts, is a JSON object."))
            data = {}
        self._data: dict[str, Any] = data

    def html(self, name: str) -> str:
        text = self._data.get(name) or ""
        if not isinstance(text, str):
            return self._fault(name, _("a text"), "")
        if len(text) > MOST_HTML:
            return self._fault(
                name, _("a text of at most %(most)s signs") % {"most": MOST_HTML}, ""
            )
        return clean(text).strip() if self._clean else text

    def inline(self, name: str) -> str:
        """HTML that stands within a line, as a choice does in its label: paragraphs become lines."""
        text = self.html(name)
        if not self._clean or "<" not in text:
            return text
        lines = re.sub(r"</(?:p|div|li|h[1-6]|tr)>\s*(?=<|\S)", "<br>", text)
        return re.sub(r"(?:\s*<br>)+$", "", clean(lines, tags=PHRASING)).strip()

    def word(self, name: str) -> str:
        """Plain text, spaces around it taken off."""
        text = self._data.get(name) or ""
        if not isinstance(text, str):
            return self._fault(name, _("a text"), "")
        return text.replace("\x00", "").strip()

    def number(self, name: str, default: float) -> float:
        value = self._data.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._fault(name, _("a number"), default)
        if not abs(value) <= MOST_NUMBER:
            return self._fault(name, _("a number"), default)
        return float(value)

    def decimal(self, name: str, default: Decimal | None = None) -> Decimal | None:
        """An exact number, written as a number or as a text."""
        value = self._data.get(name)
        if value is None:
            return default
        read = said.decimal(str(value)) if isinstance(value, int | float | str) else None
        if read is None or isinstance(value, bool) or abs(read.adjusted()) > MOST_EXPONENT:
            return self._fault(name, _("a number"), default)
        return read

    def flag(self, name: str, *, needed: bool = False) -> bool:
        value = self._data.get(name, None if needed else False)
        if not isinstance(value, bool):
            return self._fault(name, _("true or false"), False)
        return value

    def key(self) -> str:
        """The identifier of a part; a new one where there is none."""
        value = self._data.get("id") or self._new_id()
        if not isinstance(value, str) or not KEY.fullmatch(value):
            return self._fault("id", _("letters, digits, - and _, at most 40"), "")
        return value

    def rows(self, name: str) -> Iterator["Reader"]:
        rows = self._data.get(name) or []
        if not isinstance(rows, list) or len(rows) > MOST_ROWS:
            self._fault(name, _("a list of at most %(most)s rows") % {"most": MOST_ROWS}, None)
            return
        for row in rows:
            yield Reader(row, clean=self._clean, new_id=self._new_id, faults=self.faults)

    def _fault(self, name: str, wanted: str, instead: T) -> T:
        self.faults.append(_("“%(name)s” is not %(wanted)s.") % {"name": name, "wanted": wanted})
        return instead
