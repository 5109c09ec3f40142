"""The people who come back from picture to picture."""

from typing import Any

from .palette import (
    ACCENT,
    DEEP,
    HAIR_BLACK,
    HAIR_BROWN,
    HAIR_FAIR,
    HAIR_GREY,
    HAIR_RED,
    HILL_DARK,
    INK,
    PAPER,
    SAND,
    SKIN_BROWN,
    SKIN_DARK,
    SKIN_LIGHT,
    SKIN_TAN,
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
)
from .people import person

CAST: dict[str, dict[str, Any]] = {
    "agent": {
        "skin": SKIN_LIGHT,
        "hair": HAIR_BROWN,
        "style": "bob",
        "top": ACCENT,
        "shirt": PAPER,
        "wear": "cardigan",
        "bottom": INK,
    },
    "adviser": {
        "skin": SKIN_DARK,
        "hair": HAIR_BLACK,
        "style": "short",
        "top": HILL_DARK,
        "shirt": PAPER,
        "wear": "jacket",
        "bottom": INK,
    },
    "grandmother": {
        "skin": SKIN_LIGHT,
        "hair": HAIR_GREY,
        "style": "bun",
        "top": WARM,
        "shirt": WARM_SOFT,
        "wear": "scarf",
        "bottom": DEEP,
        "legs": "skirt",
        "glasses": True,
    },
    "grandfather": {
        "skin": SKIN_TAN,
        "hair": HAIR_GREY,
        "style": "bald",
        "top": SAND,
        "shirt": ACCENT,
        "wear": "cardigan",
        "bottom": INK,
        "beard": HAIR_GREY,
        "glasses": True,
    },
    "farmer": {
        "skin": SKIN_LIGHT,
        "hair": INK,
        "style": "cap",
        "top": SUN,
        "shirt": PAPER,
        "bottom": ACCENT,
        "beard": HAIR_BROWN,
    },
    "student": {
        "skin": SKIN_BROWN,
        "hair": HAIR_BLACK,
        "style": "curly",
        "top": SUN,
        "shirt": WARM_SOFT,
        "bottom": INK,
    },
    "neighbour": {
        "skin": SKIN_TAN,
        "hair": ACCENT,
        "style": "veil",
        "top": WARM,
        "shirt": ACCENT,
        "bottom": INK,
        "legs": "trousers",
    },
    "redhead": {
        "skin": SKIN_LIGHT,
        "hair": HAIR_RED,
        "style": "side",
        "top": PAPER,
        "shirt": WARM,
        "wear": "stripe",
        "bottom": ACCENT,
        "beard": HAIR_RED,
    },
    "manager": {
        "skin": SKIN_BROWN,
        "hair": HAIR_BLACK,
        "style": "knot",
        "top": WARM,
        "shirt": PAPER,
        "wear": "jacket",
        "bottom": INK,
    },
    "blonde": {
        "skin": SKIN_LIGHT,
        "hair": HAIR_FAIR,
        "style": "pony",
        "top": HILL_DARK,
        "shirt": PAPER,
        "bottom": INK,
    },
    "clerk": {
        "skin": SKIN_TAN,
        "hair": HAIR_BLACK,
        "style": "side",
        "top": DEEP,
        "shirt": PAPER,
        "wear": "jacket",
        "bottom": INK,
        "glasses": True,
    },
    "mayor": {
        "skin": SKIN_LIGHT,
        "hair": HAIR_GREY,
        "style": "bob",
        "top": INK,
        "shirt": PAPER,
        "wear": "sash",
        "bottom": INK,
    },
    "worker": {
        "skin": SKIN_DARK,
        "hair": HAIR_BLACK,
        "style": "afro",
        "top": SOFT,
        "shirt": PAPER,
        "bottom": WARM,
    },
    "young": {
        "skin": SKIN_TAN,
        "hair": HAIR_BROWN,
        "style": "long",
        "top": SUN,
        "shirt": PAPER,
        "bottom": ACCENT,
    },
}


def who(role: str, x: float, y: float, s: float = 1, **changes: Any) -> str:
    """Draw a member of the cast; ``changes`` are those of ``person``."""
    return person(x, y, s, **{**CAST[role], **changes})


def child(x: float, y: float, s: float = 0.6, **changes: Any) -> str:
    """A child: a smaller figure with a larger head is enough at this size."""
    base = {"skin": SKIN_TAN, "hair": HAIR_BROWN, "top": WARM, "bottom": ACCENT, "short": True}
    return person(x, y, s, **{**base, **changes})
