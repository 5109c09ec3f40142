"""A two-dimensional code as one path of an SVG, dark on light."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True)
class Square:
    """size: modules on a side; path: what is dark, in modules."""

    size: int
    path: str


def square(text: str) -> Square:
    code = qrcode.QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.get_matrix())
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return Square(len(code.get_matrix()), "".join(dark))
