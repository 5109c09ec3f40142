"""JSON that a script of ours sends. What no database keeps is refused here, never an error of the server."""

import json
import math
from typing import Any

# Deeper than anything that our pages send.
MOST_DEPTH = 12
MOST_DIGITS = 17


def read_object(body: bytes | str) -> dict[str, Any]:
    """The JSON object of a body.

    Raises ValueError for what is not one, and for NaN, infinities, endless numbers, NUL, halves of characters
    and nesting beyond MOST_DEPTH.
    """
    try:
        held = json.loads(
            body, parse_constant=_refuse, parse_float=_real_number, parse_int=_whole_number
        )
    except RecursionError as error:
        raise ValueError("Nested too deep.") from error
    if not isinstance(held, dict):
        raise ValueError("This is not an object.")
    _check(held, 0)
    return held


def _refuse(said: str) -> Any:
    raise ValueError(said[:20])


def _whole_number(said: str) -> int:
    return int(said) if len(said) <= MOST_DIGITS else _refuse(said)


def _real_number(said: str) -> float:
    number = float(said)
    return number if math.isfinite(number) else _refuse(said)


def _check(value: Any, depth: int) -> None:
    if depth > MOST_DEPTH:
        raise ValueError("Nested too deep.")
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("NUL in a text.")
        value.encode()  # half of a character: UnicodeEncodeError is a ValueError
    elif isinstance(value, dict):
        for name, each in value.items():
            _check(name, depth)
            _check(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check(each, depth + 1)
