"""Codes to scan, drawn as one path of an SVG: no inline style, sharp at any size, on screen and on paper."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules around, ISO/IEC 18004


@dataclass(frozen=True)
class Code:
    """size: of the square, in modules, the quiet zone included; path: what is dark, for `<path d>`."""

    size: int
    path: str


def drawn(text: str, *, quiet: int = QUIET) -> Code:
    """The picture of a text, which is still read with 15 % of it hidden (level M).

    quiet: modules left blank around; 0 where the page around is blank.
    """
    # The picture must not change with the length of the text: no higher level where there is room.
    code = segno.make_qr(text, error="m", boost_error=False)
    rows = [[bool(dark) for dark in row] for row in code.matrix_iter(border=quiet)]
    runs = [
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return Code(len(rows), "".join(runs))


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """[(where dark modules begin, how many follow each other)]."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
