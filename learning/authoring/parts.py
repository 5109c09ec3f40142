"""What other rooms keep about a unit besides its block, so that copies and files hold it too.

    parts.register(Part("rubrics", export=…, check=…, write=…, copied=…))

Content of blocks needs nothing here: a block whose values refer to rows says how they travel with
`register_reference` (`Reference`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..models import UnitPage

# A unit that was copied, and its copy.
Pair = tuple[UnitPage, UnitPage]


class DuplicatePart(ValueError):
    """Two rooms claim one name."""


@dataclass(frozen=True)
class Part:
    """Rows that belong to units. All but `code` are functions; none may open a transaction of its own.

    copied(pairs, by): write for the copies what the originals hold; called in the transaction.
    export(unit) -> JSON or None: what a file holds of it. check(data) -> reasons why it cannot be
    written, each a sentence. write(unit, data, by): called in the transaction of the import.
    """

    code: str
    copied: Callable[[list[Pair], Any], None] = lambda pairs, by: None
    export: Callable[[UnitPage], Any] = lambda unit: None
    check: Callable[[Any], list[str]] = lambda data: []
    write: Callable[[UnitPage, Any, Any], None] = lambda unit, data, by: None


@dataclass(frozen=True)
class Reference:
    """How the values of a class of blocks travel, where they name rows (of `model`, where blocks have one).

    export(value) -> JSON that names the row and, if need be, holds it. check(data) -> reasons against
    it. write(data, by) -> the value here; called in the transaction of the import. Pictures within their
    texts travel as those of units do.
    """

    block: type
    export: Callable[[Any], Any]
    check: Callable[[Any], list[str]]
    write: Callable[[Any, Any], Any]
    model: Any = None
    # The other languages in which the JSON says something, once for each row.
    languages: Callable[[Any], Iterable[str]] = lambda data: ()

    def fits(self, block: Any) -> bool:
        if not isinstance(block, self.block):
            return False
        return self.model is None or getattr(block, "target_model", None) is self.model


_parts: dict[str, Part] = {}
_references: list[Reference] = []


def register(part: Part) -> Part:
    """Raises DuplicatePart."""
    if part.code in _parts:
        raise DuplicatePart(part.code)
    _parts[part.code] = part
    return part


def register_reference(reference: Reference) -> Reference:
    _references.append(reference)
    return reference


def every() -> list[Part]:
    return list(_parts.values())


def find(code: str) -> Part | None:
    return _parts.get(code)


def reference_for(block: Any) -> Reference | None:
    return next((each for each in _references if each.fits(block)), None)
