"""Codes to scan, drawn as one SVG path: no inline style, sharp at any size."""

from dataclasses import dataclass

import qrcode  # comes with the `mfa` extra of django-allauth

QUIET = 4  # modules around, ISO/IEC 18004


@dataclass(frozen=True)
class Picture:
    """size: of the square, in modules; path: the dark ones, for `<path d>`."""

    size: int
    path: str


def drawn(text: str) -> Picture:
    """The picture of a text, which is still read with 15 % of it hidden (level M)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    runs = [
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return Picture(len(rows), "".join(runs))


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
