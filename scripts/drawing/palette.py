"""The few colours every picture is made of."""

PAPER = "#fbf7ee"
INK = "#16242c"
ACCENT = "#0b5563"
DEEP = "#083f4a"
SOFT = "#dceae6"
WARM = "#a93c19"
WARM_SOFT = "#f8e3d3"
SKY = "#f3d9b8"
SUN = "#e8a06a"
ROAD = "#f3e8cf"
SAND = "#ecdcba"
HILL = "#9dbfae"
HILL_DARK = "#5f9387"
HAZE = "#c9d8c3"
WOOD = "#c98a58"
GREY = "#c9c4b8"

SKIN_LIGHT = "#f2c7a4"
SKIN_TAN = "#d99f75"
SKIN_BROWN = "#a66a44"
SKIN_DARK = "#6f4430"

HAIR_BLACK = INK
HAIR_BROWN = "#6b3a22"
HAIR_RED = "#b3562a"
HAIR_FAIR = "#dba75f"
HAIR_GREY = "#d3cec3"


def mix(first: str, second: str, share: float) -> str:
    """Return ``first`` with ``share`` (0 to 1) of ``second`` in it."""
    a = [int(first[i : i + 2], 16) for i in (1, 3, 5)]
    b = [int(second[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * share):02x}" for p, q in zip(a, b, strict=True))
