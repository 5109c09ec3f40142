"""Houses and public buildings: each stands with the middle of its foot at (x, y)."""

from .palette import (
    ACCENT,
    DEEP,
    HILL_DARK,
    INK,
    PAPER,
    ROAD,
    SAND,
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .svg import circle, group, line, path, poly, rect, ring


def panes(x: float, y: float, w: float, h: float, glass: str = ACCENT, shutters: str = "") -> str:
    """A window in two panes, with shutters in a village."""
    out = rect(x, y, w, h, glass) + rect(x + w / 2 - 2, y, 4, h, PAPER)
    if shutters:
        out += rect(x - w * 0.45, y, w * 0.38, h, shutters)
        out += rect(x + w * 1.07, y, w * 0.38, h, shutters)
    return out


def house(
    x: float,
    y: float,
    s: float = 1,
    roof: str = WARM,
    wall: str = PAPER,
    door: str = WARM,
    shutters: str = "",
    chimney: bool = False,
) -> str:
    """The house of the network's sign: a gable and a thick roof, 150 wide."""
    parts = []
    if chimney:
        parts.append(rect(34, -186, 24, 60, mix(wall, WOOD, 0.35)))
    parts += [
        poly([(-66, 0), (-66, -96), (0, -152), (66, -96), (66, 0)], wall),
        poly([(34, 0), (34, -123), (66, -96), (66, 0)], mix(wall, SUN, 0.16)),
        line([(-80, -86), (0, -154), (80, -86)], roof, 22, "butt"),
        rect(-40, -64, 32, 64, door),
        panes(6, -70, 26, 34, ACCENT, shutters),
    ]
    return group(*parts, x=x, y=y, s=s)


def long_house(
    x: float,
    y: float,
    s: float = 1,
    roof: str = INK,
    wall: str = PAPER,
    windows: int = 3,
    w: float = 220,
    shutters: str = "",
) -> str:
    """A row house seen along its length."""
    step = w / windows
    parts = [
        rect(-w / 2, -96, w, 96, wall),
        poly(
            [(-w / 2 - 14, -94), (-w / 2 + 24, -152), (w / 2 - 24, -152), (w / 2 + 14, -94)], roof
        ),
        rect(w / 2 - 66, -182, 24, 44, mix(wall, WOOD, 0.35)),
    ]
    for i in range(windows):
        cx = -w / 2 + step * (i + 0.5)
        parts.append(
            rect(cx - 14, -62, 28, 62, WARM)
            if i == windows // 2
            else panes(cx - 13, -68, 26, 36, ACCENT, shutters)
        )
    return group(*parts, x=x, y=y, s=s)


def church(x: float, y: float, s: float = 1, spire: str = INK, stone: str = SAND) -> str:
    """A village church: nave, tower, spire."""
    return group(
        rect(10, -90, 130, 90, PAPER),
        poly([(0, -86), (30, -134), (128, -134), (152, -86)], mix(spire, ACCENT, 0.5)),
        rect(64, -60, 14, 34, ACCENT, 7),
        rect(100, -60, 14, 34, ACCENT, 7),
        rect(-36, -190, 68, 190, stone),
        rect(8, -190, 24, 190, mix(stone, WOOD, 0.25)),
        rect(-12, -166, 20, 40, INK, 10),
        circle(-2, -94, 12, PAPER),
        rect(-16, -44, 28, 44, WARM, 12),
        poly([(-46, -188), (-2, -320), (42, -188)], spire),
        poly([(-2, -320), (42, -188), (10, -188)], mix(spire, ACCENT, 0.45)),
        x=x,
        y=y,
        s=s,
    )


def sign(x: float, y: float, s: float = 1, ground: str = ACCENT, dot: str = WARM) -> str:
    """The mark of the network, 100 wide, middle of its foot at (x, y)."""
    return group(
        path("M0,-94L50,-51V0H21V-39H-21V0H-50V-51Z", ground),
        circle(0, -55, 11, dot),
        x=x,
        y=y,
        s=s,
    )


def maison(x: float, y: float, s: float = 1, open_door: bool = True) -> str:
    """A Maison de services au public: wide front, glazed door, the mark on its gable."""
    wall, shade = PAPER, mix(PAPER, SUN, 0.16)
    return group(
        rect(70, -118, 190, 118, wall),
        rect(70, -118, 190, 16, shade),
        poly([(56, -114), (84, -176), (250, -176), (276, -114)], DEEP),
        rect(112, -84, 56, 84 - 26, SOFT),
        rect(138, -84, 4, 58, PAPER),
        rect(188, -84, 56, 84 - 26, SOFT),
        rect(214, -84, 4, 58, PAPER),
        rect(104, -26, 148, 8, WOOD),
        poly([(-110, 0), (-110, -138), (0, -226), (110, -138), (110, 0)], wall),
        poly([(70, 0), (70, -170), (110, -138), (110, 0)], shade),
        line([(-128, -122), (0, -226), (128, -122)], ACCENT, 30, "butt"),
        circle(0, -150, 22, WARM),
        rect(-40, -104, 80, 104, SOFT if open_door else ACCENT),
        rect(-2, -104, 4, 104, PAPER),
        rect(-54, -116, 108, 14, WARM),
        rect(-92, -92, 34, 50, SOFT),
        rect(-77, -92, 4, 50, PAPER),
        rect(58, -92, 34, 50, SOFT),
        rect(73, -92, 4, 50, PAPER),
        rect(-50, -6, 100, 8, ROAD),
        x=x,
        y=y,
        s=s,
    )


def town_hall(x: float, y: float, s: float = 1) -> str:
    """A mairie: symmetrical, a clock and a flag."""
    wall, shade = PAPER, mix(PAPER, SUN, 0.16)
    parts = [
        rect(-200, -170, 400, 170, wall),
        rect(-200, -170, 400, 14, shade),
        poly([(-214, -166), (-180, -226), (180, -226), (214, -166)], INK),
        rect(-70, -190, 140, 190, wall),
        poly([(-84, -186), (0, -252), (84, -186)], WARM),
        rect(-28, -316, 56, 80, wall),
        poly([(-36, -312), (0, -352), (36, -312)], INK),
        ring(0, -276, 17, INK, 5, PAPER),
        line([(0, -276), (0, -287)], INK, 4),
        line([(0, -276), (8, -271)], INK, 4),
        rect(-24, -78, 48, 78, ACCENT, 0),
        rect(-2, -78, 4, 78, PAPER),
        rect(-36, -90, 72, 12, shade),
        line([(0, -120), (44, -166)], INK, 4),
        poly([(20, -141), (44, -166), (66, -146), (42, -121)], ACCENT),
        poly([(27, -134), (51, -159), (59, -152), (35, -127)], PAPER),
        poly([(35, -127), (59, -152), (66, -146), (42, -121)], WARM),
    ]
    for cx in (-162, -110, 110, 162):
        parts += [panes(cx - 15, -142, 30, 46), panes(cx - 15, -70, 30, 46)]
    return group(*parts, x=x, y=y, s=s)


def prefecture(x: float, y: float, s: float = 1) -> str:
    """A State building: pediment, columns, steps."""
    wall, shade = PAPER, mix(SAND, WOOD, 0.2)
    parts = [
        rect(-420, -210, 840, 210, wall),
        rect(-420, -222, 840, 22, SAND),
        poly([(-430, -218), (-400, -276), (400, -276), (430, -218)], ACCENT),
        rect(-170, -230, 340, 230, SAND),
        poly([(-196, -226), (0, -330), (196, -226)], SAND),
        poly([(-150, -238), (0, -316), (150, -238)], WARM_SOFT),
        circle(0, -266, 20, WARM),
        rect(-36, -126, 72, 126, ACCENT),
        rect(-2, -126, 4, 126, PAPER),
    ]
    for cx in (-140, -84, 56, 112):
        parts += [
            rect(cx, -208, 28, 190, PAPER),
            rect(cx + 18, -208, 10, 190, shade),
            rect(cx - 6, -216, 40, 12, PAPER),
        ]
    for cx in (-372, -300, -228, 228, 300, 372):
        parts += [panes(cx - 18, -182, 36, 62), panes(cx - 18, -90, 36, 62)]
    for i in range(3):
        parts.append(rect(-190 - 14 * i, -18 + 10 * i, 380 + 28 * i, 12, (PAPER, ROAD, SAND)[i]))
    return group(*parts, x=x, y=y, s=s)


def post_office(x: float, y: float, s: float = 1) -> str:
    """A rural post office: awning, letter box, an envelope for a sign."""
    shade = mix(PAPER, SUN, 0.16)
    parts = [
        rect(-190, -220, 380, 220, PAPER),
        rect(150, -220, 40, 220, shade),
        poly([(-210, -214), (-166, -292), (166, -292), (210, -214)], WARM),
        rect(90, -330, 30, 60, mix(PAPER, WOOD, 0.35)),
        rect(-150, -96, 110, 66, SOFT),
        rect(-97, -96, 4, 66, PAPER),
        rect(30, -112, 70, 112, ACCENT),
        rect(38, -104, 54, 60, SOFT),
        rect(-170, -150, 290, 16, INK),
        panes(-140, -204, 34, 40, ACCENT, HILL_DARK),
        panes(-40, -204, 34, 40, ACCENT, HILL_DARK),
        panes(60, -204, 34, 40, ACCENT, HILL_DARK),
        rect(-200 + 326, -86, 38, 56, SUN, 6),
        rect(132, -72, 26, 6, INK),
    ]
    for i in range(7):
        parts.append(
            poly(
                [
                    (-176 + 44 * i, -136),
                    (-132 + 44 * i, -136),
                    (-132 + 44 * i, -108),
                    (-176 + 44 * i, -108),
                ],
                SUN if i % 2 == 0 else PAPER,
            )
        )
    return group(*parts, x=x, y=y, s=s)


def station(x: float, y: float, s: float = 1) -> str:
    """A small railway station with its clock and platform roof."""
    shade = mix(SAND, SUN, 0.2)
    parts = [
        rect(-330, -130, 660, 130, SAND),
        poly([(-350, -126), (-316, -178), (316, -178), (350, -126)], ACCENT),
        rect(-130, -250, 260, 250, PAPER),
        rect(96, -250, 34, 250, shade),
        poly([(-154, -244), (0, -330), (154, -244)], WARM),
        ring(0, -262, 28, INK, 6, PAPER),
        line([(0, -262), (0, -280)], INK, 5),
        line([(0, -262), (12, -254)], INK, 5),
    ]
    for cx in (-88, 0, 88):
        parts += [rect(cx - 22, -208, 44, 60, ACCENT, 20), rect(cx - 2, -206, 4, 58, PAPER)]
        parts += [rect(cx - 24, -100, 48, 100, ACCENT if cx else WARM, 20)]
        parts.append(rect(cx - 24, -40, 48, 40, ACCENT if cx else WARM))
    for cx in (-280, -200, 200, 280):
        parts += [rect(cx - 20, -96, 40, 66, ACCENT, 18), rect(cx - 2, -94, 4, 64, PAPER)]
    return group(*parts, x=x, y=y, s=s)


def block(
    x: float,
    y: float,
    w: float,
    h: float,
    wall: str,
    floors: int = 4,
    cols: int = 3,
    glass: str = SOFT,
) -> str:
    """A block of flats or an office, foot at ``y``, left side at ``x``."""
    parts = [rect(x, y - h, w, h, wall)]
    dx, dy = w / cols, (h - 30) / floors
    for i in range(cols):
        for j in range(floors):
            parts.append(
                rect(x + dx * (i + 0.26), y - h + 18 + dy * (j + 0.16), dx * 0.48, dy * 0.56, glass)
            )
    return "".join(parts)


def chalet(x: float, y: float, s: float = 1, roof: str = INK) -> str:
    return group(
        rect(-100, -60, 200, 60, SAND),
        poly([(-100, -60), (-100, -104), (0, -170), (100, -104), (100, -60)], WOOD),
        line([(-138, -84), (0, -172), (138, -84)], roof, 24, "butt"),
        rect(-104, -66, 208, 10, mix(WOOD, INK, 0.4)),
        rect(-70, -40, 34, 40, WARM),
        panes(10, -42, 54, 28, ACCENT),
        panes(-22, -122, 44, 34),
        x=x,
        y=y,
        s=s,
    )
