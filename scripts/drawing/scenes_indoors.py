"""Inside the Maisons and around the tables: counters, meetings, workshops."""

import math

from . import france
from .buildings import maison, sign
from .cast import CAST, child, who
from .furniture import (
    board,
    books,
    chair,
    counter,
    mug,
    pendant,
    plant,
    poster,
    room,
    shelf,
    small_plant,
    table,
    window,
)
from .land import birds, cloud, hill, pine, ranges, road, sky, sun, tree
from .palette import (
    ACCENT,
    DEEP,
    GREY,
    HAIR_BLACK,
    HAIR_GREY,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    ROAD,
    SAND,
    SKIN_BROWN,
    SKIN_LIGHT,
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .people import person
from .scenes import scene
from .svg import circle, curve, ellipse, group, line, path, poly, rect, ring
from .things import (
    bars,
    bubble,
    chart,
    clock,
    envelope,
    gear,
    laptop,
    magnifier,
    network,
    screen,
    sheet,
)
from .vehicles import van

FOREST = mix(HILL_DARK, DEEP, 0.35)


def from_behind(role: str, x: float, y: float, s: float) -> str:
    """A member of the audience, cut by the bottom of the picture."""
    look = CAST[role]
    return person(
        x,
        y,
        s,
        pose="bust",
        back=True,
        skin=look["skin"],
        hair=look["hair"],
        style=look.get("style", "short"),
        top=look["top"],
    )


@scene("assemblee")
def assembly() -> str:
    points = "".join(circle(x, y, 6, ACCENT) for x, y in france.dots(34))
    lamps = "".join(
        poly([(x - 26, 0), (x + 26, 0), (x + 130, 420), (x - 130, 420)], mix(ACCENT, SOFT, 0.1))
        for x in (260, 1340)
    )
    rows = [
        (
            640,
            0.92,
            [
                "student",
                "clerk",
                "blonde",
                "farmer",
                "neighbour",
                "adviser",
                "redhead",
                "manager",
                "grandmother",
            ],
        ),
        (
            760,
            1.16,
            ["worker", "young", "mayor", "student", "clerk", "agent", "farmer", "neighbour"],
        ),
        (900, 1.5, ["grandmother", "adviser", "blonde", "worker", "redhead", "manager", "young"]),
    ]
    crowd = ""
    for i, (y, s, roles) in enumerate(rows):
        step = 1700 / len(roles)
        shade = (HILL_DARK, mix(ACCENT, DEEP, 0.6), INK)[i]
        for j, role in enumerate(roles):
            x = -50 + step * (j + 0.5) + (i % 2) * 26
            crowd += from_behind(role, x, y + 200 * s, s)
            crowd += rect(x - 62 * s, y + 6 * s, 124 * s, 220 * s, shade, 20 * s)
    return (
        rect(0, 0, 1600, 900, ACCENT)
        + lamps
        + rect(0, 520, 1600, 380, DEEP)
        + rect(470, 60, 620, 380, PAPER, 6)
        + group(france.country(SOFT) + points, x=610, y=78, s=0.6)
        + rect(120, 500, 1360, 40, WOOD)
        + rect(120, 500, 1360, 10, SUN)
        + who("manager", 1240, 508, 0.92, look=-0.9, left=(-90, -250), right=(34, -180))
        + poly([(1150, 370), (1250, 370), (1240, 508), (1160, 508)], WOOD)
        + rect(1140, 356, 120, 18, SUN, 4)
        + rect(250, 420, 150, 12, PAPER, 4)
        + line([(325, 430), (325, 506)], INK, 8)
        + who("clerk", 210, 508, 0.88, pose="sit", look=1, right=(60, -190))
        + who("grandfather", 440, 508, 0.88, pose="sit", look=-1, left=(-60, -190))
        + crowd
    )


@scene("guichet")
def front_desk() -> str:
    wall_sign = group(circle(0, 0, 96, PAPER), sign(0, 48, 1.06))
    glass = bars(26, 30, [150, 110, 130], 30, 10, HILL) + rect(26, 130, 90, 34, WARM, 8)
    return (
        room(SOFT, SAND, 730)
        + window(90, 120, 380, 330, name="g")
        + group(wall_sign, x=800, y=190)
        + shelf(1120, 300, 360, books(7, 1) + group(small_plant(0, 0, 1.2, WARM), x=300))
        + shelf(1120, 470, 360, group(books(9, 4), x=60))
        + pendant(590, 90, WARM, 0.9)
        + pendant(1030, 90, WARM, 0.9)
        + who(
            "agent",
            990,
            800,
            1.62,
            pose="bust",
            look=-0.9,
            left=(-104, -222),
            right=(-20, -214),
            hair=mix(WARM, INK, 0.4),
        )
        + group(screen(0, 0, 210, 150, glass), x=1150, y=410, s=1)
        + counter(640, 540, 800, 290, ACCENT, WOOD)
        + poly([(770, 534), (884, 534), (900, 556), (762, 556)], PAPER)
        + small_plant(700, 540, 1.3, WARM)
        + who(
            "grandfather", 420, 880, 1.62, look=0.9, right=(112, -222), left=(-40, -160), beard=""
        )
        + plant(140, 860, 1.5)
    )


def _roof_sign(kind: str, colour: str) -> str:
    """A sign for each national operator's trade, around the origin, about 100 wide."""
    on = PAPER
    return {
        "work": rect(-44, -22, 88, 60, on, 8)
        + curve("M-18,-24V-40H18V-24", on, 9)
        + rect(-44, 2, 88, 7, colour),
        "family": circle(-22, -30, 15, on)
        + circle(24, -24, 13, on)
        + circle(2, 4, 10, on)
        + path(
            "M-44,40V10Q-42,-10 -22,-10Q-4,-10 -2,8L0,16Q4,8 6,4Q10,-8 24,-8Q44,-8 44,12V40Z", on
        ),
        "health": rect(-13, -42, 26, 84, on, 4) + rect(-42, -13, 84, 26, on, 4),
        "pension": clock(0, 0, 40, on, on),
        "gas": path(
            "M0,-50C34,-16 38,-2 34,16A34,34 0 0 1 -34,16C-36,-2 -18,-14 -14,-30"
            "Q-2,-20 -4,-6Q8,-22 0,-50Z",
            on,
        ),
        "post": envelope(0, 0, 0.66),
        "farm": line([(0, 46), (0, -20)], on, 7)
        + "".join(
            group(path("M0,0C-16,-8 -18,-26 0,-36C18,-26 16,-8 0,0Z", on), x=x, y=y, turn=t)
            for x, y, t in [(0, -16, 0), (-4, 4, -46), (4, 4, 46), (-4, 28, -46), (4, 28, 46)]
        ),
    }[kind]


@scene("operateurs")
def operators() -> str:
    kinds = [
        ("work", WARM),
        ("family", HILL_DARK),
        ("health", ACCENT),
        ("pension", SUN),
        ("gas", WARM),
        ("post", HILL_DARK),
        ("farm", ACCENT),
    ]
    spokes, signs = "", ""
    for i, (kind, colour) in enumerate(kinds):
        t = math.pi * (1 + i / 6)
        x, y = 800 + 600 * math.cos(t), 610 + 450 * math.sin(t)
        spokes += curve(
            f"M800,620Q{(x + 800) / 2},{y + 40} {x:.0f},{y:.0f}",
            mix(WARM_SOFT, SUN, 0.7),
            8,
            dash="1 20",
        )
        signs += circle(x, y, 86, PAPER) + circle(x, y, 74, colour)
        signs += group(_roof_sign(kind, colour), x=x, y=y, s=0.98)
    return (
        sky(WARM_SOFT)
        + circle(800, 620, 330, mix(WARM_SOFT, SUN, 0.25))
        + spokes
        + hill([(-40, 700), (340, 640), (800, 690), (1250, 640), (1640, 700)], HILL)
        + hill([(-40, 780), (400, 730), (800, 750), (1200, 730), (1640, 780)], HILL_DARK)
        + road([(760, 756, 60), (740, 830, 110), (700, 980, 220)])
        + "".join(
            tree(x, y, k, FOREST)
            for x, y, k in [(180, 770, 1.0), (300, 752, 0.8), (1340, 752, 0.8), (1450, 770, 1.0)]
        )
        + maison(760, 764, 1.7)
        + signs
        + who("agent", 690, 830, 0.62, look=-0.6, left=(-84, -290))
    )


@scene("equipe-nationale")
def national_team() -> str:
    points = "".join(
        circle(x, y, 5, WARM if i % 17 == 0 else ACCENT) for i, (x, y) in enumerate(france.dots(30))
    )
    return (
        room(WARM_SOFT, SAND, 700)
        + rect(520, 54, 560, 470, PAPER, 8)
        + group(france.country(SOFT, PAPER) + points, x=590, y=84, s=0.72)
        + window(110, 110, 280, 330, name="e")
        + window(1210, 110, 280, 330, name="f")
        + plant(1500, 770, 1.25)
        + plant(100, 770, 1.25, ACCENT)
        + who("adviser", 540, 860, 1.42, look=0.8, right=(108, -300), left=(-50, -150))
        + who("clerk", 1100, 860, 1.42, look=-0.9, left=(-92, -290), right=(36, -180), top=WARM)
        + who(
            "young",
            300,
            900,
            1.34,
            pose="bust",
            look=0.9,
            right=(86, -172),
            left=(4, -172),
            hair=HAIR_BLACK,
        )
        + who("redhead", 815, 900, 1.34, pose="bust", look=0, left=(-56, -172), right=(56, -172))
        + who(
            "agent",
            1330,
            900,
            1.34,
            pose="bust",
            look=-0.9,
            left=(-86, -172),
            right=(-8, -172),
            top=HILL_DARK,
        )
        + rect(80, 680, 1440, 34, WOOD, 10)
        + rect(80, 704, 1440, 10, mix(WOOD, INK, 0.25), 5)
        + "".join(
            line([(x, 714), (x + d, 900)], INK, 20, "butt") for x, d in ((170, -20), (1430, 20))
        )
        + rect(360, 714, 880, 110, mix(WOOD, INK, 0.16))
        + laptop(470, 684, 0.92)
        + laptop(1150, 684, 0.92, colour=DEEP)
        + mug(640, 682, 0.9)
        + mug(990, 682, 0.9, ACCENT)
        + small_plant(140, 682, 1.0, WARM)
    )


@scene("enquete")
def survey() -> str:
    """A desk from above."""
    ticks = "".join(
        rect(-150, -150 + i * 92, 54, 54, SOFT, 8)
        + (curve(f"M-138,{-124 + i * 92}l14,16 24,-32", WARM, 11) if i != 2 else "")
        + bars(-70, -144 + i * 92, [220, 150], 26, 11, GREY)
        for i in range(5)
    )
    clip = group(
        rect(-216, -320, 432, 700, WOOD, 18),
        rect(-190, -262, 380, 616, PAPER, 4),
        rect(-90, -348, 180, 74, INK, 14),
        circle(0, -322, 14, GREY),
        bars(-150, -226, [170], 20, 20, ACCENT),
        ticks,
        x=760,
        y=450,
        turn=-7,
    )
    pencil = group(
        rect(-15, -190, 30, 300, SUN),
        rect(-15, -226, 30, 40, WARM, 8),
        rect(-15, -196, 30, 14, GREY),
        poly([(-15, 110), (15, 110), (0, 160)], SAND),
        poly([(-5, 143), (5, 143), (0, 160)], INK),
        x=1060,
        y=520,
        turn=32,
    )
    graph = group(
        rect(-180, -230, 360, 460, PAPER, 4),
        bars(-140, -190, [150], 20, 18, WARM),
        chart(-136, 60, [90, 150, 210, 130], 48, 26, [HILL, HILL_DARK, ACCENT, SUN]),
        rect(-146, 60, 300, 6, INK),
        bars(-136, 100, [270, 220, 250], 34, 11, GREY),
        x=1340,
        y=330,
        turn=9,
    )
    pie = group(
        rect(-170, -200, 340, 400, PAPER, 4),
        circle(0, -40, 110, HILL),
        path("M0,-40L0,-150A110,110 0 0 1 104,-4Z", WARM),
        path("M0,-40L104,-4A110,110 0 0 1 -20,68Z", ACCENT),
        bars(-110, 110, [220, 150], 34, 11, GREY),
        x=250,
        y=330,
        turn=-13,
    )
    cup = group(
        circle(0, 0, 132, PAPER),
        circle(0, 0, 92, WARM),
        circle(0, 0, 72, mix(WARM, INK, 0.55)),
        rect(80, -16, 86, 32, WARM, 14),
        x=1420,
        y=760,
    )
    glass = magnifier(
        300,
        720,
        120,
        mix(SOFT, PAPER, 0.5),
        INK,
        135,
        group(chart(-60, 44, [40, 76, 100], 30, 14, [HILL_DARK, ACCENT, SUN]), x=300, y=720),
    )
    return (
        rect(0, 0, 1600, 900, mix(SAND, WOOD, 0.28))
        + path("M0,0H1600V150Q800,240 0,130Z", SAND)
        + (pie + graph + clip + glass + pencil + cup)
    )


@scene("identite")
def new_sign() -> str:
    return (
        sky()
        + sun(240, 210, 96)
        + cloud(1330, 170, 0.9, "#f6e4cb")
        + ranges(470)
        + tree(90, 760, 1.6)
        + pine(210, 760, 1.0, FOREST)
        # the front, cut by the frame
        + rect(430, 260, 1200, 540, PAPER)
        + rect(430, 260, 1200, 26, mix(PAPER, SUN, 0.2))
        + poly([(380, 268), (470, 110), (1640, 110), (1640, 268)], ACCENT)
        + rect(560, 520, 240, 180, SOFT)
        + rect(674, 520, 12, 180, PAPER)
        + rect(548, 700, 264, 16, WOOD)
        + rect(1330, 470, 200, 330, ACCENT)
        + rect(1352, 494, 156, 170, SOFT)
        + rect(1316, 452, 228, 22, WARM)
        + rect(0, 796, 1600, 104, SAND)
        + rect(0, 796, 1600, 18, ROAD)
        + group(
            rect(-140, -140, 280, 280, WARM_SOFT, 22),
            sign(0, 96, 2.0, ACCENT, WARM),
            x=1060,
            y=440,
            turn=-6,
        )
        + line([(780, 812), (880, 300)], WOOD, 14)
        + line([(900, 812), (960, 300)], WOOD, 14)
        + "".join(
            line([(794 + i * 21, 740 - i * 100), (908 + i * 12, 740 - i * 100)], WOOD, 11)
            for i in range(5)
        )
        + who(
            "worker",
            836,
            660,
            1.02,
            look=0.9,
            right=(108, -250),
            left=(50, -190),
            bottom=INK,
            top=SUN,
            step=8,
        )
        + who(
            "agent",
            1270,
            846,
            1.05,
            look=-0.9,
            left=(-108, -330),
            right=(54, -156),
            top=WARM,
            wear="jacket",
        )
        + group(
            rect(-120, -150, 240, 150, WOOD, 6),
            rect(-90, -190, 60, 60, ACCENT),
            rect(-20, -210, 50, 90, WARM),
            rect(40, -196, 50, 70, SUN),
            rect(-120, -120, 240, 120, WOOD, 6),
            x=560,
            y=856,
        )
    )


@scene("formation")
def training() -> str:
    plan = network(
        [
            (90, 120, 26),
            (260, 70, 20),
            (430, 130, 26),
            (300, 230, 34),
            (120, 280, 20),
            (480, 280, 20),
        ],
        [(0, 1), (1, 2), (1, 3), (0, 4), (3, 4), (2, 5), (3, 5)],
        GREY,
        [ACCENT, WARM, HILL_DARK, SUN],
    ) + bars(600, 90, [190, 150, 170, 120], 54, 14, GREY)
    return (
        room(SOFT, SAND, 640)
        + board(420, 80, 860, 370, plan)
        + window(70, 110, 230, 300, name="t")
        + shelf(1350, 250, 200, books(6, 2))
        + plant(1500, 690, 1.3)
        + who("manager", 1130, 790, 1.3, look=-0.9, left=(-108, -340), right=(50, -164))
        + "".join(
            from_behind(r, x, 1000, 1.5) + rect(x - 108, 760, 216, 200, c, 30)
            for r, x, c in [("student", 300, WARM), ("clerk", 830, WARM), ("blonde", 1360, WARM)]
        )
        + "".join(
            group(
                laptop(0, 0, 1.1, False, INK, bars(-56, -94, [80, 50, 66], 22, 8, HILL)), x=x, y=728
            )
            for x in (90, 560, 1090)
        )
        + rect(-20, 724, 1640, 30, WOOD)
        + "".join(
            from_behind(r, x, 1000, 1.5)
            for r, x in [("student", 300), ("clerk", 830), ("blonde", 1360)]
        )
        + "".join(rect(x - 104, 800, 208, 200, mix(WARM, INK, 0.12), 34) for x in (300, 830, 1360))
    )


@scene("plateforme")
def platform() -> str:
    window_bar = (
        rect(0, 0, 860, 54, ACCENT)
        + "".join(circle(32 + i * 32, 27, 9, c) for i, c in enumerate((WARM, SUN, SOFT)))
        + rect(150, 14, 620, 26, mix(ACCENT, SOFT, 0.3), 13)
    )
    left = group(
        '<clipPath id="pl"><rect y="54" width="430" height="426"/></clipPath><g clip-path="url(#pl)">'
        + rect(0, 54, 430, 430, "#f3d9b8")
        + circle(330, 140, 44, SUN)
        + path("M0,260Q140,180 260,240T430,220V484H0Z", HILL)
        + path("M0,360Q160,290 430,340V484H0Z", HILL_DARK)
        + group(maison(190, 400, 0.86))
        + "</g>"
    )
    right = rect(430, 54, 430, 426, PAPER) + "".join(
        circle(490, 112 + i * 124, 30, c)
        + rect(540, 84 + i * 124, 270, 62, SOFT, 18)
        + bars(562, 100 + i * 124, [200, 140], 20, 8, HILL_DARK)
        for i, c in enumerate((WARM, SUN, ACCENT))
    )
    return (
        sky(WARM_SOFT)
        + circle(800, 520, 470, SKY_SOFT)
        + hill([(-40, 700), (400, 650), (900, 690), (1640, 640)], HILL)
        + rect(340, 120, 920, 560, INK, 26)
        + group(left + right + window_bar, x=370, y=150)
        + path("M240,690H1360L1420,740Q1424,760 1400,760H200Q176,760 180,740Z", GREY)
        + rect(180, 738, 1240, 24, mix(GREY, INK, 0.25), 12)
        + rect(0, 800, 1600, 100, HILL_DARK)
        + hill([(-40, 820), (800, 770), (1640, 820)], HILL_DARK)
        + line([(250, 820), (250, 420)], WOOD, 14)
        + line([(330, 820), (330, 420)], WOOD, 14)
        + "".join(line([(250, 470 + i * 66), (330, 470 + i * 66)], WOOD, 11) for i in range(6))
        + who("redhead", 290, 640, 1.0, look=0.9, right=(112, -250), left=(38, -190))
        + who("agent", 1340, 850, 1.12, look=-0.9, left=(-106, -320), right=(50, -160), top=WARM)
        + who(
            "student",
            560,
            860,
            1.0,
            look=0.8,
            top=SUN,
            left=(-40, -190),
            right=(60, -196),
            held=rect(-12, -226, 84, 54, INK, 8),
        )
        + who("grandmother", 980, 860, 0.98, look=-0.8, left=(-86, -270), right=(50, -164))
        + plant(1500, 860, 1.3)
    )


@scene("temoins")
def witnesses() -> str:
    def mic(x: float, y: float) -> str:
        return line([(x, y), (x - 20, y + 40)], INK, 9) + circle(x + 2, y - 6, 14, GREY)

    seats = [
        (360, "grandfather", HILL_DARK, 1),
        (800, "manager", ACCENT, 0),
        (1240, "clerk", HILL_DARK, -1),
    ]
    people = ""
    for x, role, colour, look in seats:
        people += rect(x - 150, 480, 300, 320, colour, 50)
        people += rect(x - 190, 620, 80, 190, mix(colour, DEEP, 0.45), 34)
        people += rect(x + 110, 620, 80, 190, mix(colour, DEEP, 0.45), 34)
        people += who(
            role,
            x,
            910,
            1.5,
            pose="bust",
            look=look * 0.8,
            left=(-20, -206) if look >= 0 else (-60, -170),
            right=(24, -206) if look < 0 else (60, -170),
            top={"grandfather": WARM, "manager": SUN, "clerk": INK}[role],
        )
        people += rect(x - 130, 690, 260, 120, mix(colour, PAPER, 0.12), 30)
    lines = bars(-70, -30, [140, 110, 126], 26, 11, HILL_DARK)
    return (
        rect(0, 0, 1600, 900, WARM)
        + circle(800, 470, 560, mix(WARM, SUN, 0.28))
        + rect(0, 790, 1600, 110, mix(WARM, INK, 0.55))
        + bubble(340, 200, 320, 170, PAPER, (366, 410), lines)
        + bubble(800, 160, 300, 150, WARM_SOFT, (806, 410), bars(-70, -24, [140, 96], 30, 11, WARM))
        + bubble(1260, 200, 320, 170, PAPER, (1236, 410), lines)
        + people
        + mic(396, 560)
        + mic(1204, 560)
        + rect(540, 730, 90, 12, PAPER, 4)
        + line([(585, 740), (585, 830)], INK, 8)
        + rect(970, 730, 90, 12, PAPER, 4)
        + line([(1015, 740), (1015, 830)], INK, 8)
        + rect(566, 690, 26, 42, SOFT, 4)
        + rect(1002, 690, 26, 42, SOFT, 4)
        + plant(110, 830, 1.4, SUN)
        + plant(1500, 830, 1.4, SUN)
    )


@scene("prospective")
def four_roads() -> str:
    ends = [(150, 470), (560, 420), (1010, 410), (1440, 470)]
    signs = [
        laptop(0, 0, 0.62, False, INK, bars(-56, -94, [90, 60, 76], 24, 9, HILL)),
        network(
            [(-50, -10, 16), (0, -70, 20), (52, -14, 16), (0, -6, 12)],
            [(0, 1), (1, 2), (0, 3), (2, 3), (1, 3)],
            INK,
            [WARM, ACCENT, SUN, HILL_DARK],
            5,
        ),
        group(
            line([(0, 0), (0, -44)], HILL_DARK, 10),
            path("M0,-40C-44,-44 -56,-76 -50,-100C-14,-96 0,-76 0,-40Z", HILL_DARK),
            path("M0,-48C40,-50 54,-84 48,-112C12,-106 0,-84 0,-48Z", FOREST),
        ),
        "",
    ]
    signs[3] = van(0, 0, 0.36, SUN, side=sign(-50, -90, 0.9))
    roads = "".join(
        road(
            [
                (x, y, 10),
                (x + (800 - x) * 0.2, y + 70, 34),
                (800 + (x - 800) * 0.42, 660, 90),
                (800 + (x - 800) * 0.1, 780, 170),
                (800, 940, 260),
            ]
        )
        for x, y in ends
    )
    marks = "".join(
        circle(x, y - 130, 92, PAPER)
        + group(signs[i], x=x, y=y - 130 + (46, 40, 54, 34)[i])
        + line([(x, y - 40), (x, y + 4)], INK, 6)
        for i, (x, y) in enumerate(ends)
    )
    return (
        sky()
        + circle(800, 430, 210, SUN)
        + circle(800, 430, 290, "#efc79b55")
        + hill([(-40, 440), (300, 380), (800, 430), (1300, 370), (1640, 430)], HAZE)
        + hill([(-40, 500), (400, 450), (800, 480), (1200, 440), (1640, 500)], HILL)
        + hill([(-40, 640), (400, 590), (800, 560), (1200, 590), (1640, 640)], HILL_DARK)
        + roads
        + marks
        + birds(740, 190)
        + "".join(
            tree(x, y, k, FOREST)
            for x, y, k in [(90, 760, 1.4), (230, 790, 1.1), (1390, 790, 1.1), (1520, 760, 1.4)]
        )
        + person(
            690,
            880,
            0.98,
            back=True,
            skin=SKIN_BROWN,
            hair=HAIR_BLACK,
            style="afro",
            top=WARM,
            left=(-60, -156),
            right=(60, -300),
        )
        + person(
            890,
            880,
            0.94,
            back=True,
            skin=SKIN_LIGHT,
            hair=HAIR_GREY,
            style="bun",
            top=ACCENT,
            bottom=ACCENT,
            legs="skirt",
        )
        + child(795, 880, 0.6, back=True, top=SUN, style="bob")
    )


@scene("ateliers")
def workshops() -> str:
    notes = ""
    colours = (SUN, WARM_SOFT, HILL, SOFT, WARM)
    for i in range(21):
        col, row = i % 7, i // 7
        if (col, row) in ((3, 2), (6, 0)):
            continue
        notes += group(
            rect(-40, -40, 80, 80, colours[(i * 3 + row) % 5]),
            bars(-26, -20, [52, 36], 20, 7, mix(INK, colours[(i * 3 + row) % 5], 0.45)),
            x=90 + col * 118,
            y=76 + row * 108,
            turn=((i * 37) % 13) - 6,
        )
    return (
        room(WARM_SOFT, WOOD, 720)
        + board(330, 70, 890, 400, notes, ACCENT)
        + pendant(180, 120, ACCENT)
        + pendant(1420, 120, ACCENT)
        + who("student", 420, 830, 1.22, look=0.8, right=(112, -330), left=(-48, -160), top=WARM)
        + who("blonde", 1150, 830, 1.22, look=-0.9, left=(-110, -320), right=(46, -168))
        + who("adviser", 790, 826, 1.18, look=-0.7, left=(-74, -200), right=(58, -200), top=ACCENT)
        + who(
            "mayor",
            160,
            860,
            1.22,
            look=0.9,
            right=(84, -190),
            left=(-20, -186),
            wear="jacket",
            top=HILL_DARK,
        )
        + who(
            "redhead",
            1430,
            860,
            1.24,
            look=-0.9,
            left=(-30, -194),
            right=(24, -190),
            held=rect(-40, -232, 72, 52, PAPER, 4),
        )
        + rect(500, 740, 600, 30, PAPER, 8)
        + line([(560, 766), (530, 900)], INK, 14)
        + line([(1040, 766), (1070, 900)], INK, 14)
        + rect(600, 724, 70, 18, SUN)
        + rect(684, 728, 60, 14, WARM)
        + mug(960, 742, 1.1)
        + rect(800, 730, 100, 12, SOFT, 3)
    )


@scene("fablab")
def maker_space() -> str:
    pegs = "".join(
        circle(30 + i * 48, 30 + j * 48, 4, mix(WOOD, INK, 0.3))
        for i in range(11)
        for j in range(5)
    )
    tools = (
        line([(90, 60), (90, 190)], WARM, 16)
        + rect(56, 40, 70, 34, GREY, 6)
        + line([(190, 50), (190, 120)], GREY, 10)
        + rect(180, 116, 20, 80, SUN, 8)
        + ring(290, 90, 30, GREY, 12)
        + line([(290, 122), (290, 200)], GREY, 14)
        + poly([(370, 60), (520, 60), (520, 96), (370, 130)], GREY)
        + rect(350, 52, 40, 90, WARM, 12)
    )
    printer = group(
        rect(-170, -360, 340, 360, INK, 14),
        rect(-136, -320, 272, 270, SOFT),
        rect(-136, -250, 272, 14, GREY),
        rect(-22, -262, 44, 40, WARM, 4),
        poly([(-8, -222), (8, -222), (0, -206)], WARM),
        rect(-110, -70, 220, 20, GREY),
        sign(0, -70, 1.3, ACCENT, WARM),
        rect(60, -36, 80, 14, SUN, 6),
        circle(-120, -28, 12, WARM),
    )
    spool = ring(0, 0, 44, WARM, 30) + circle(0, 0, 16, INK)
    return (
        room(SOFT, GREY, 780)
        + group(rect(0, 0, 560, 250, WOOD, 8), pegs, tools, x=90, y=90)
        + window(1180, 100, 320, 300, name="l")
        + shelf(
            760,
            250,
            330,
            group(spool, x=60, y=-50)
            + group(ring(0, 0, 44, ACCENT, 30), x=180, y=-50)
            + group(ring(0, 0, 44, SUN, 30), x=290, y=-50),
        )
        + who("young", 1130, 830, 1.4, look=-0.9, left=(-108, -236), right=(0, -196), top=HILL_DARK)
        + who(
            "grandfather",
            420,
            830,
            1.4,
            look=0.8,
            right=(106, -240),
            left=(-10, -196),
            top=WARM,
            shirt=SAND,
        )
        + who("student", 250, 830, 1.3, look=0.9, right=(84, -206), left=(-40, -170), top=SUN)
        + group(printer, x=770, y=646, s=0.96)
        + rect(60, 640, 1480, 34, WOOD, 8)
        + rect(110, 674, 1380, 226, mix(WOOD, INK, 0.3))
        + rect(110, 674, 1380, 16, mix(WOOD, INK, 0.45))
        + laptop(1330, 642, 1.2)
        + gear(560, 616, 22, WARM, WOOD)
        + gear(610, 624, 15, ACCENT, WOOD)
        + sign(980, 640, 0.5, WARM, PAPER)
        + sign(1040, 640, 0.36, SUN, PAPER)
    )


@scene("mediation-numerique")
def side_by_side() -> str:
    page = (
        rect(0, 0, 420, 44, ACCENT)
        + bars(30, 76, [190, 250, 220], 34, 13, HILL)
        + rect(30, 194, 250, 40, SOFT, 8)
        + rect(30, 250, 130, 44, WARM, 10)
        + circle(350, 130, 44, WARM_SOFT)
        + circle(350, 118, 17, WARM)
        + path("M318,160Q350,126 382,160Z", WARM)
    )
    return (
        room(WARM_SOFT, SAND, 720)
        + poster(1340, 130, 200, 270, ACCENT, sign(0, 60, 1.25, PAPER, SUN))
        + window(80, 110, 250, 330, name="m")
        + shelf(640, 150, 400, books(11, 3) + small_plant(350, 0, 1.1, WARM))
        + pendant(480, 60, ACCENT)
        + who(
            "grandmother", 420, 980, 1.95, pose="bust", look=0.9, right=(112, -184), left=(10, -180)
        )
        + screen(640, 290, 420, 310, page, INK)
        + who(
            "adviser",
            1190,
            960,
            1.9,
            pose="bust",
            look=-0.9,
            left=(-118, -262),
            right=(50, -160),
            top=ACCENT,
        )
        + rect(-20, 660, 1640, 40, WOOD)
        + rect(-20, 700, 1640, 200, mix(WOOD, INK, 0.22))
        + rect(120, 740, 420, 160, mix(WOOD, INK, 0.32), 10)
        + rect(300, 772, 60, 12, SUN, 6)
        + rect(580, 640, 150, 18, GREY, 6)
        + mug(200, 662, 1.4, ACCENT)
        + small_plant(1440, 662, 1.7)
    )


SKY_SOFT = mix(WARM_SOFT, SUN, 0.2)


@scene("chacun-sa-chaise")
def two_chairs() -> str:
    """For a question: who holds the mouse, and where the agent sits."""
    return (
        room(SOFT, SAND, 730)
        + window(110, 110, 330, 320, name="c")
        + shelf(640, 190, 330, books(9, 2) + small_plant(290, 0, 1, WARM))
        + poster(1330, 110, 180, 240, WARM, sign(0, 52, 1.15, PAPER, SUN))
        + plant(1490, 800, 1.25)
        + ellipse(760, 830, 640, 60, mix(SAND, WOOD, 0.35))
        + table(850, 552, 520, 258, WOOD, INK, 40)
        # The screen, in profile, turned towards them.
        + poly([(1168, 540), (1224, 540), (1216, 484), (1176, 484)], INK)
        + rect(1136, 540, 120, 14, INK, 6)
        + group(rect(-16, -250, 34, 262, INK, 10), rect(-24, -238, 12, 238, SUN, 4), x=1188, y=508)
        + chair(390, 812, 1.62, HILL_DARK)
        + who("agent", 390, 812, 1.62, pose="sit", look=0.9, right=(58, -168), left=(44, -158))
        + chair(720, 812, 1.62, WARM)
        + rect(872, 538, 150, 15, GREY, 6)
        + who(
            "grandmother",
            720,
            812,
            1.62,
            pose="sit",
            look=0.9,
            right=(148, -238),
            left=(122, -230),
            legs="trousers",
        )
        + mug(1290, 554, 1.1, ACCENT)
    )
