"""Things that roll: each stands on its wheels, middle at (x, y)."""

from .palette import ACCENT, GREY, HILL_DARK, INK, PAPER, ROAD, SOFT, SUN, WARM, WARM_SOFT, mix
from .svg import circle, curve, group, line, path, rect, ring


def wheel(x: float, y: float, r: float) -> str:
    return circle(x, y, r, INK) + circle(x, y, r * 0.42, GREY)


def head(x: float, y: float, r: float, skin: str, hair: str) -> str:
    """A passenger behind a window."""
    return (
        path(
            f"M{x - r * 1.6},{y + r * 3}Q{x - r * 1.5},{y + r * 1.1} {x},{y + r * 1.1}"
            f"Q{x + r * 1.5},{y + r * 1.1} {x + r * 1.6},{y + r * 3}Z",
            mix(ACCENT, hair, 0.3),
        )
        + circle(x, y, r, skin)
        + path(
            f"M{x - r * 1.1},{y}A{r * 1.1},{r * 1.1} 0 0 1 {x + r * 1.1},{y - r * 0.2}"
            f"Q{x},{y - r * 0.7} {x - r * 1.1},{y}Z",
            hair,
        )
    )


def car(
    x: float, y: float, s: float = 1, colour: str = WARM, flip: bool = False, people: str = ""
) -> str:
    """A small car facing right, about 300 long."""
    shade = mix(colour, INK, 0.25)
    return group(
        path(
            "M-150,-34V-70Q-150,-92 -132,-96L-120,-100Q-104,-150 -52,-152H18"
            "Q58,-152 84,-112L90,-102L132,-94Q150,-90 150,-66V-34Z",
            colour,
        ),
        path("M-150,-34V-56H150V-34Z", shade),
        path("M-100,-100Q-90,-136 -52,-136H-18V-100Z", WARM_SOFT),
        path("M-4,-136H16Q46,-136 66,-100H-4Z", WARM_SOFT),
        people,
        path("M-128,-100H90L132,-94Q150,-90 150,-66V-56H-150V-70Q-150,-92 -128,-100Z", colour),
        rect(-18, -140, 14, 42, colour),
        rect(-20, -86, 26, 6, shade, 3),
        rect(134, -82, 18, 14, SUN, 6),
        rect(-152, -80, 12, 16, PAPER, 4),
        circle(-88, -30, 38, shade),
        circle(92, -30, 38, shade),
        wheel(-88, -30, 30),
        wheel(92, -30, 30),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def van(
    x: float,
    y: float,
    s: float = 1,
    colour: str = PAPER,
    flip: bool = False,
    side: str = "",
    awning: bool = False,
) -> str:
    """A service van facing right, about 420 long; ``side`` is drawn on its flank."""
    shade = mix(colour, ACCENT, 0.22)
    return group(
        path(
            "M-210,-40V-204Q-210,-226 -188,-226H86Q104,-226 118,-210L176,-136L200,-124"
            "Q212,-118 212,-98V-40Z",
            colour,
        ),
        path("M-210,-40V-70H212V-40Z", ACCENT),
        path("M98,-202L154,-134H74V-202Z", SOFT),
        rect(64, -206, 6, 150, shade),
        side,
        rect(-150, -240, 180, 14, shade, 6) if awning else "",
        rect(198, -96, 16, 18, SUN, 6),
        circle(-128, -38, 46, colour),
        circle(132, -38, 46, colour),
        wheel(-128, -36, 36),
        wheel(132, -36, 36),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def bus(x: float, y: float, s: float = 1, colour: str = ACCENT, flip: bool = False) -> str:
    """A country bus facing right, about 560 long."""
    parts = [
        rect(-280, -240, 560, 206, colour, 30),
        rect(-280, -84, 560, 50, mix(colour, INK, 0.3), 14),
        rect(-280, -112, 560, 14, SUN),
    ]
    for i in range(5):
        parts.append(rect(-256 + 86 * i, -212, 74, 84, SOFT, 8))
    parts += [rect(182, -212, 84, 100, SOFT, 10), rect(256, -84, 24, 20, SUN, 6)]
    for i, (skin, hair) in enumerate([("#d99f75", INK), ("#f2c7a4", GREY), ("#6f4430", INK)]):
        parts.append(head(-214 + 172 * i - (i == 2) * 86, -166, 17, skin, hair))
    parts += [wheel(-160, -36, 40), wheel(160, -36, 40)]
    return group(*parts, x=x, y=y, s=s, flip=flip)


def train(
    x: float, y: float, s: float = 1, colour: str = ACCENT, cars: int = 2, flip: bool = False
) -> str:
    """A regional train, its nose to the right at (x, y)."""
    parts = []
    for c in range(cars):
        left = -(c + 1) * 470
        if c == 0:
            parts.append(path(f"M{left},-30V-210H-120Q-40,-206 -8,-110Q4,-70 4,-30Z", colour))
            parts.append(path("M-112,-190Q-58,-184 -34,-120H-112Z", SOFT))
        else:
            parts.append(rect(left, -210, 462, 180, colour, 8))
        parts.append(rect(left, -92, 466, 14, SUN))
        for i in range(4 if c == 0 else 5):
            parts.append(rect(left + 26 + 86 * i, -188, 66, 70, SOFT, 8))
        parts += [
            wheel(left + 80, -20, 22),
            wheel(left + 140, -20, 22),
            wheel(left + 330, -20, 22),
            wheel(left + 390, -20, 22),
        ]
    parts.append(rect(-26, -66, 22, 16, SUN, 6))
    return group(*parts, x=x, y=y, s=s, flip=flip)


def bike(x: float, y: float, s: float = 1, colour: str = WARM, flip: bool = False) -> str:
    return group(
        ring(-62, -40, 38, INK, 7),
        ring(62, -40, 38, INK, 7),
        line([(-62, -40), (-28, -96), (40, -96), (-2, -40), (-62, -40)], colour, 8),
        line([(-28, -96), (-2, -40)], colour, 8),
        line([(62, -40), (36, -114), (56, -120)], colour, 8),
        line([(-34, -108), (-34, -96)], colour, 8),
        rect(-52, -116, 36, 10, INK, 5),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def tractor(x: float, y: float, s: float = 1, flip: bool = False) -> str:
    return group(
        rect(-20, -110, 130, 62, HILL_DARK, 10),
        rect(80, -160, 12, 54, INK),
        path("M-90,-60V-180H0L20,-104V-60Z", HILL_DARK),
        path("M-76,-108V-166H-8L4,-108Z", SOFT),
        rect(-100, -190, 112, 14, INK, 6),
        wheel(-62, -56, 56),
        wheel(88, -36, 36),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def road_line(y: float, colour: str = ROAD) -> str:
    return curve(f"M-20,{y}H1620", colour, 6, dash="46 40")
