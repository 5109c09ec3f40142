"""What people write in a field, compared with what was expected: words with variants, numbers with units."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'"})
# Letters that no decomposition makes plain.
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
# A number longer than this is nobody's answer, and would cost time to read.
MOST_DIGITS = 60


def plain(text: str, *, case: bool, accents: bool) -> str:
    """A text as it is compared: spaces and apostrophes made equal; case and accents kept when they count."""
    text = unicodedata.normalize("NFC", text).translate(APOSTROPHES)
    text = " ".join(text.split())
    if not accents:
        split = unicodedata.normalize("NFD", text.translate(LIGATURES))
        text = unicodedata.normalize(
            "NFC", "".join(sign for sign in split if not unicodedata.combining(sign))
        )
    return text if case else text.casefold()


def pieces(pattern: str) -> list[str]:
    r"""A pattern cut at its wildcards: `*` stands for anything, `\*` for the sign itself."""
    found, piece = [], ""
    rest = iter(re.split(r"(\\\*|\*)", pattern))
    for part in rest:
        if part == "*":
            found.append(piece)
            piece = ""
        else:
            piece += "*" if part == "\\*" else part
    return [*found, piece]


def matches(pattern: str, text: str, *, case: bool = False, accents: bool = False) -> bool:
    """Whether a text is what a pattern describes, as a whole."""
    cut = [plain(piece, case=case, accents=accents) for piece in _spaced(pieces(pattern))]
    said = plain(text, case=case, accents=accents)
    first, *more = cut
    if not more:
        return said == first
    *middle, last = more
    if len(said) < len(first) + len(last):
        return False
    if not said.startswith(first) or not said.endswith(last):
        return False
    # The pieces between, one after the other: linear, where an expression could take for ever.
    place, end = len(first), len(said) - len(last)
    for piece in middle:
        at = said.find(piece, place, end)
        if at < 0:
            return False
        place = at + len(piece)
    return True


def _spaced(cut: Sequence[str]) -> list[str]:
    """Spaces beside a wildcard are part of what it stands for."""
    return [piece.strip() for piece in cut]


def example(pattern: str) -> str:
    """A text that a pattern describes."""
    cut = pieces(pattern)
    text = " ".join("".join(cut).split())
    return text or "…"


def decimal(text: str) -> Decimal | None:
    """A number as people write it: `1 234,5`, `1.5`, `1e3`. None when it is none."""
    written = re.sub(r"[\s\u00a0\u202f_']", "", text.replace("−", "-"))
    if "," in written and "." in written:
        thousands = "," if written.rfind(".") > written.rfind(",") else "."
        written = written.replace(thousands, "")
    if len(written) > MOST_DIGITS or not NUMBER.fullmatch(written):
        return None
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None


def quantity(text: str, units: Sequence[tuple[str, Decimal]]) -> Decimal | None:
    """A number, with or without one of these units after it, in the first of them.

    Each unit comes with how many of it make one of the first (km: 1, m: 1000).
    """
    bare = decimal(text)
    if bare is not None:
        return bare
    written = " ".join(text.split())
    for name, factor in sorted(units, key=lambda unit: -len(unit[0])):
        if name and written.casefold().endswith(name.casefold()):
            held = decimal(written[: len(written) - len(name)])
            if held is not None and factor:
                return held / factor
    return None
