"""Rooms and what stands in them."""

from .land import H, W
from .palette import (
    ACCENT,
    DEEP,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    SAND,
    SKY,
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .svg import circle, curve, ellipse, group, line, path, poly, rect
from .things import bars


def room(wall: str = WARM_SOFT, floor: str = SAND, y: float = 700) -> str:
    """A wall, its skirting board and a floor that starts at ``y``."""
    return (
        rect(0, 0, W, H, wall)
        + rect(0, y, W, H - y, floor)
        + rect(0, y - 14, W, 14, mix(wall, INK, 0.1))
    )


def window(
    x: float,
    y: float,
    w: float,
    h: float,
    frame: str = PAPER,
    sky: str = SKY,
    view: str = "",
    name: str = "w",
) -> str:
    """A window on hills; ``view`` is drawn inside, in a 0–w by 0–h box."""
    clip = f"{name}{int(x)}-{int(y)}"
    land = (
        path(f"M0,{h * 0.58}Q{w * 0.3},{h * 0.4} {w * 0.6},{h * 0.54}T{w},{h * 0.46}V{h}H0Z", HAZE)
        + path(
            f"M0,{h * 0.72}Q{w * 0.35},{h * 0.56} {w * 0.7},{h * 0.7}T{w},{h * 0.62}V{h}H0Z", HILL
        )
        + path(f"M0,{h * 0.84}Q{w * 0.5},{h * 0.72} {w},{h * 0.86}V{h}H0Z", HILL_DARK)
    )
    inside = (
        f'<clipPath id="{clip}"><rect width="{w:g}" height="{h:g}"/></clipPath>'
        f'<g clip-path="url(#{clip})">{rect(0, 0, w, h, sky)}'
        f"{circle(w * 0.74, h * 0.3, min(w, h) * 0.12, SUN)}{land}{view}</g>"
    )
    bar = rect(x + w / 2 - 5, y, 10, h, frame)
    return (
        rect(x - 16, y - 16, w + 32, h + 32, frame)
        + group(inside, x=x, y=y)
        + bar
        + rect(x - 30, y + h + 12, w + 60, 16, mix(frame, WOOD, 0.3))
    )


def plant(x: float, y: float, s: float = 1, pot: str = WARM, leaf: str = HILL_DARK) -> str:
    """A large pot plant, 260 high, foot at (x, y)."""
    dark = mix(leaf, DEEP, 0.4)
    leaves = [
        (-58, -196, -34),
        (58, -190, 34),
        (-84, -140, -62),
        (84, -136, 62),
        (0, -226, 0),
        (-30, -150, -20),
        (34, -150, 22),
    ]
    parts = [
        group(
            path("M0,0C-26,-24 -26,-70 0,-104C26,-70 26,-24 0,0Z", dark if i % 2 else leaf),
            x=lx * 0.55,
            y=ly * 0.55 - 26,
            turn=turn,
            s=1.02,
        )
        for i, (lx, ly, turn) in enumerate(leaves)
    ]
    return group(
        *parts,
        poly([(-46, -76), (46, -76), (36, 0), (-36, 0)], pot),
        rect(-52, -88, 104, 20, mix(pot, INK, 0.15), 4),
        x=x,
        y=y,
        s=s,
    )


def small_plant(x: float, y: float, s: float = 1, pot: str = PAPER) -> str:
    return group(
        *[
            group(
                path(
                    "M0,0C-14,-18 -12,-50 0,-72C12,-50 14,-18 0,0Z",
                    HILL_DARK if i % 2 else mix(HILL_DARK, DEEP, 0.4),
                ),
                y=-34,
                turn=turn,
            )
            for i, turn in enumerate((-46, -22, 0, 24, 48))
        ],
        poly([(-28, -42), (28, -42), (22, 0), (-22, 0)], pot),
        x=x,
        y=y,
        s=s,
    )


def pendant(x: float, length: float, colour: str = WARM, s: float = 1) -> str:
    """A lamp hanging from the top of the picture."""
    return line([(x, 0), (x, length)], INK, 4) + group(
        path("M-74,56Q-70,-6 0,-10Q70,-6 74,56Z", colour),
        path("M-26,56A26,20 0 0 0 26,56Z", PAPER),
        x=x,
        y=length,
        s=s,
    )


def desk_lamp(x: float, y: float, s: float = 1, colour: str = WARM, flip: bool = False) -> str:
    return group(
        rect(-36, -10, 72, 10, INK, 5),
        line([(0, -8), (-30, -90), (34, -156)], INK, 7),
        poly([(10, -186), (56, -152), (96, -124), (38, -112)], colour),
        circle(-30, -90, 8, colour),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def poster(
    x: float, y: float, w: float, h: float, ground: str = SOFT, inside: str = "", frame: str = PAPER
) -> str:
    """A frame on the wall; ``inside`` is drawn around its middle."""
    return (
        rect(x - 10, y - 10, w + 20, h + 20, frame)
        + rect(x, y, w, h, ground)
        + group(inside, x=x + w / 2, y=y + h / 2)
    )


def shelf(x: float, y: float, w: float, items: str = "", colour: str = WOOD) -> str:
    """A board at ``y``; what stands on it is drawn with its foot at 0."""
    return group(items, x=x, y=y) + rect(x - 12, y, w + 24, 14, colour)


BOOK_COLOURS = (ACCENT, WARM, HILL_DARK, SUN, PAPER, DEEP, HILL, SAND)


def books(n: int, start: int = 0, lean: bool = False) -> str:
    """``n`` books in a row, of repeatable sizes; about 30 wide each."""
    out, x = "", 0.0
    for i in range(n):
        k = (i * 7 + start * 5) % 8
        w, h = 20 + (k * 3) % 14, 74 + (k * 11) % 36
        colour = BOOK_COLOURS[(i * 3 + start) % 8]
        out += rect(x, -h, w, h, colour, 2) + rect(x, -h + 14, w, 7, mix(colour, INK, 0.25))
        x += w + 3
    if lean:
        out += group(rect(0, -84, 22, 84, WARM, 2), x=x + 22, turn=14)
    return out


def counter(
    x: float, y: float, w: float, h: float, front: str = ACCENT, top: str = WOOD, panel: str = ""
) -> str:
    """A reception counter, its top edge at ``y``."""
    shade = mix(front, INK, 0.2)
    slats = "".join(
        rect(x + 30 + i * 60, y + 60, 6, h - 60, shade) for i in range(int((w - 40) / 60) + 1)
    )
    return (
        rect(x, y, w, h, front)
        + slats
        + rect(x, y + 18, w, 18, shade)
        + rect(x - 24, y, w + 48, 26, top, 6)
        + panel
    )


def table(
    x: float, y: float, w: float, h: float, top: str = WOOD, leg: str = INK, inset: float = 50
) -> str:
    """A table in front view, its top edge at ``y``, its feet at ``y + h``."""
    return (
        line([(x + inset, y + 20), (x + inset - 16, y + h)], leg, 14, "butt")
        + line([(x + w - inset, y + 20), (x + w - inset + 16, y + h)], leg, 14, "butt")
        + rect(x, y, w, 26, top, 8)
    )


def chair(x: float, y: float, s: float = 1, colour: str = WARM, flip: bool = False) -> str:
    """A chair in profile, facing right, its seat 92 above the floor."""
    return group(
        line([(-46, -76), (-58, 0)], INK, 9),
        line([(46, -76), (54, 0)], INK, 9),
        line([(-50, -84), (-64, -206)], INK, 9),
        rect(-60, -92, 116, 20, colour, 9),
        group(rect(-14, -76, 24, 96, colour, 10), x=-58, y=-156, turn=-6),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def chair_back(x: float, y: float, s: float = 1, colour: str = WARM) -> str:
    """A chair seen from behind."""
    return group(
        line([(-44, -96), (-50, 0)], INK, 9),
        line([(44, -96), (50, 0)], INK, 9),
        rect(-52, -112, 104, 22, mix(colour, INK, 0.2), 8),
        line([(-40, -104), (-40, -190)], INK, 9),
        line([(40, -104), (40, -190)], INK, 9),
        rect(-56, -226, 112, 76, colour, 16),
        x=x,
        y=y,
        s=s,
    )


def armchair(x: float, y: float, s: float = 1, colour: str = HILL_DARK, flip: bool = False) -> str:
    """A low armchair facing right."""
    dark = mix(colour, DEEP, 0.4)
    return group(
        line([(-60, -20), (-66, 0)], INK, 10),
        line([(70, -20), (76, 0)], INK, 10),
        path("M-96,-40V-190Q-96,-226 -64,-226Q-36,-226 -36,-196V-100H96V-40Z", dark),
        rect(-70, -128, 170, 92, colour, 24),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def bench(x: float, y: float, w: float = 360, colour: str = WOOD) -> str:
    """A slatted bench from the front, its seat 90 above the ground."""
    return (
        line([(x - w / 2 + 30, y - 90), (x - w / 2 + 24, y)], INK, 10)
        + line([(x + w / 2 - 30, y - 90), (x + w / 2 - 24, y)], INK, 10)
        + "".join(rect(x - w / 2, y - 190 + i * 34, w, 22, colour, 6) for i in range(3))
        + rect(x - w / 2 - 10, y - 98, w + 20, 18, mix(colour, INK, 0.15), 6)
    )


def board(x: float, y: float, w: float, h: float, inside: str = "", frame: str = WOOD) -> str:
    """A white board or a paper board on the wall."""
    return (
        rect(x - 12, y - 12, w + 24, h + 24, frame, 6)
        + rect(x, y, w, h, PAPER)
        + group(inside, x=x, y=y)
    )


def mug(x: float, y: float, s: float = 1, colour: str = WARM) -> str:
    return group(
        curve("M16,-34Q38,-34 36,-20Q34,-6 16,-10", colour, 7),
        rect(-22, -46, 44, 46, colour, 6),
        x=x,
        y=y,
        s=s,
    )


def rug(x: float, y: float, rx: float, ry: float, colour: str = WARM_SOFT) -> str:
    return ellipse(x, y, rx, ry, colour) + ellipse(
        x, y, rx * 0.82, ry * 0.78, mix(colour, SUN, 0.25)
    )


def bunting(y: float, colours: tuple[str, ...] = (WARM, PAPER, ACCENT, SUN), n: int = 18) -> str:
    out = curve(f"M-20,{y}Q400,{y + 70} 800,{y + 20}T1620,{y}", INK, 3)
    for i in range(n):
        x = 40 + i * 90
        dip = 44 if (i // 1) % 9 in (3, 4, 5) else 24
        out += poly(
            [(x - 22, y + dip - 6), (x + 22, y + dip - 6), (x, y + dip + 40)],
            colours[i % len(colours)],
        )
    return out


def notice(w: float, colour: str = ACCENT) -> str:
    """The lines of a small notice, around the middle of a poster."""
    return bars(-w / 2, -30, [w, w * 0.8, w, w * 0.6], 20, 7, colour)


def door(
    x: float, y: float, w: float = 150, h: float = 320, colour: str = ACCENT, glass: bool = False
) -> str:
    """A door, the middle of its foot at (x, y)."""
    return (
        rect(x - w / 2 - 14, y - h - 14, w + 28, h + 14, PAPER)
        + rect(x - w / 2, y - h, w, h, colour)
        + (
            rect(x - w / 2 + 24, y - h + 26, w - 48, h * 0.5, SOFT)
            if glass
            else rect(x - w / 2 + 24, y - h + 26, w - 48, h * 0.36, mix(colour, INK, 0.18))
            + rect(x - w / 2 + 24, y - h * 0.5, w - 48, h * 0.38, mix(colour, INK, 0.18))
        )
        + circle(x + w / 2 - 18, y - h * 0.44, 8, SUN)
    )
