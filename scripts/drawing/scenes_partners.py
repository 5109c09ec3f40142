"""Public policy and partners: the second issue's first half, and its portraits."""

from . import france
from .buildings import (
    block,
    church,
    house,
    long_house,
    maison,
    panes,
    sign,
)
from .cast import child, who
from .furniture import (
    armchair,
    bench,
    books,
    chair,
    counter,
    desk_lamp,
    mug,
    plant,
    poster,
    room,
    rug,
    shelf,
    small_plant,
    window,
    pendant,
)
from .land import birds, bush, cloud, grass, hill, pine, ranges, rows, sky, sun, tree
from .palette import (
    ACCENT,
    DEEP,
    HAIR_RED,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    ROAD,
    SAND,
    SKIN_DARK,
    SKIN_LIGHT,
    SKIN_TAN,
    SKY,
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .people import stick, wheelchair
from .scenes import scene
from .svg import circle, curve, group, line, path, poly, rect, ring
from .things import (
    bars,
    chart,
    clock,
    flag,
    folder,
    key,
    laptop,
    scales,
    screen,
    sheet,
    star,
    tablet,
)

FOREST = mix(HILL_DARK, DEEP, 0.35)
LATE_SKY = "#f6e4cb"


@scene("une-maison-au-village")
def front_door() -> str:
    pram = (
        path("M-60,-110H60Q56,-50 0,-46Q-56,-50 -60,-110Z", WARM)
        + path("M-60,-112A62,62 0 0 1 0,-172V-112Z", ACCENT)
        + line([(56, -112), (96, -160)], INK, 7)
        + ring(-34, -20, 18, INK, 7)
        + ring(34, -20, 18, INK, 7)
        + line([(-34, -24), (20, -54)], INK, 6)
        + line([(34, -24), (-20, -54)], INK, 6)
    )
    return (
        sky()
        + sun(190, 170, 84)
        + cloud(1400, 130, 0.8, LATE_SKY)
        + ranges(400)
        + church(240, 620, 0.95)
        + house(90, 640, 1.3, roof=INK, door=ACCENT)
        + long_house(1460, 640, 1.35, roof=WARM, shutters=HILL_DARK)
        + tree(390, 690, 1.5)
        + rect(0, 640, 1600, 260, HILL_DARK)
        + maison(740, 720, 2.5)
        + path("M-20,900V742Q800,700 1620,742V900Z", ROAD)
        + path("M-20,900V830Q800,790 1620,830V900Z", SAND)
        + bush(1500, 742, 1.1, FOREST)
        + bush(330, 736, 0.9, FOREST)
        + who("agent", 740, 724, 0.74, look=0.5, top=WARM, wear="jacket", right=(92, -300))
        + who("worker", 320, 850, 0.92, pose="sit", look=1, right=(50, -180), left=(30, -180))
        + wheelchair(326, 852, 0.92)
        + who("neighbour", 1210, 840, 0.98, look=-0.9, left=(-84, -164), right=(-40, -166))
        + group(pram, x=1076, y=846, s=0.95, flip=False)
        + who("grandfather", 1400, 856, 0.96, look=-0.8, left=(-60, -170), top=SUN)
        + stick(1340, 856, 700, WOOD)
        + child(520, 850, 0.62, look=0.8, right=(78, -300), style="curly", hair=INK, top=SUN)
    )


def _stand(x: float, colour: str, mark: str) -> str:
    return (
        rect(x, 250, 300, 380, PAPER)
        + rect(x, 250, 300, 70, colour)
        + group(mark, x=x + 150, y=440)
        + rect(x + 30, 540, 240, 100, colour)
        + rect(x + 20, 530, 260, 18, WOOD, 4)
    )


@scene("salon-des-maires")
def fair() -> str:
    roof = "".join(
        line([(-40 + i * 210, 0), (170 + i * 210, 130)], mix(SOFT, ACCENT, 0.25), 7)
        + line([(170 + i * 210, 0), (-40 + i * 210, 130)], mix(SOFT, ACCENT, 0.25), 7)
        for i in range(8)
    )
    banners = "".join(
        line([(x, 0), (x, 120)], INK, 4)
        + poly([(x - 60, 120), (x + 60, 120), (x + 60, 300), (x, 268), (x - 60, 300)], c)
        + group(sign(0, 0, 0.7, PAPER, SUN if c == WARM else WARM), x=x, y=226)
        for x, c in ((420, WARM), (1180, ACCENT))
    )
    return (
        rect(0, 0, 1600, 900, SOFT)
        + roof
        + rect(0, 130, 1600, 8, mix(SOFT, ACCENT, 0.4))
        + rect(0, 620, 1600, 280, SAND)
        + poly([(560, 620), (1040, 620), (1360, 900), (240, 900)], WARM)
        + _stand(60, HILL_DARK, group(tree(0, 60, 1.0)))
        + _stand(
            1240, SUN, group(chart(-80, 60, [60, 110, 90, 140], 34, 12, [ACCENT, WARM, HILL_DARK]))
        )
        + rect(600, 190, 400, 440, PAPER)
        + rect(600, 190, 400, 66, ACCENT)
        + group(
            france.country(SOFT, PAPER)
            + "".join(circle(x, y, 7, WARM) for x, y in france.dots(58)),
            x=670,
            y=268,
            s=0.44,
        )
        + banners
        + who(
            "blonde",
            160,
            660,
            0.86,
            pose="bust",
            look=0.6,
            left=(-40, -196),
            right=(64, -200),
            top=WARM,
        )
        + rect(90, 540, 240, 100, HILL_DARK)
        + rect(80, 530, 260, 18, WOOD, 4)
        + who("farmer", 400, 800, 0.98, look=-0.9, left=(-90, -204))
        + who(
            "student", 1400, 660, 0.86, pose="bust", look=-0.6, left=(-56, -200), right=(40, -196)
        )
        + rect(1270, 540, 240, 100, SUN)
        + rect(1260, 530, 260, 18, WOOD, 4)
        + who("clerk", 1200, 800, 0.98, look=0.9, right=(86, -206), top=HILL_DARK)
        + who("mayor", 700, 880, 1.2, look=0.9, right=(84, -196), left=(-50, -150))
        + who(
            "adviser",
            900,
            880,
            1.22,
            look=-0.9,
            left=(-80, -194),
            right=(50, -150),
            top=DEEP,
            wear="sash",
        )
    )


@scene("comite-ruralites")
def ministers() -> str:
    view = church(150, 300, 0.5) + house(240, 310, 0.4)
    seats = [
        (250, "clerk", 0.6),
        (435, "mayor", 0.5),
        (620, "adviser", 0.3),
        (800, "manager", 0),
        (980, "grandfather", -0.3),
        (1165, "young", -0.5),
        (1350, "redhead", -0.6),
    ]
    tops = [DEEP, WARM, ACCENT, INK, HILL_DARK, WARM, DEEP]
    people = "".join(
        rect(x - 66, 400, 132, 200, mix(WARM, INK, 0.3), 26)
        + who(
            role,
            x,
            770,
            1.06,
            pose="bust",
            look=look,
            top=top,
            wear="jacket",
            shirt=PAPER,
            left=(-52, -182),
            right=(52, -182),
        )
        for (x, role, look), top in zip(seats, tops, strict=True)
    )
    papers = "".join(
        poly([(x - 44, 616), (x + 26, 616), (x + 34, 646), (x - 48, 646)], PAPER)
        + rect(x + 48, 588, 18, 30, SOFT, 3)
        for x, _, _ in seats
    )
    return (
        room(SAND, mix(WOOD, INK, 0.2), 690)
        + window(130, 70, 560, 300, name="c", view=view)
        + window(910, 70, 560, 300, name="d")
        + flag(800, 470, 1.5)
        + people
        + path("M110,600Q800,556 1490,600L1560,700Q800,760 40,700Z", WOOD)
        + path("M40,700Q800,760 1560,700V760Q800,830 40,760Z", mix(WOOD, INK, 0.3))
        + path("M560,640Q800,628 1040,640L1060,690Q800,706 540,690Z", HILL)
        + papers
        + small_plant(800, 690, 1.1, WARM)
        + "".join(line([(x, 780), (x, 900)], mix(WOOD, INK, 0.5), 26, "butt") for x in (260, 1340))
    )


@scene("schema-departemental")
def access_plan() -> str:
    """A large map on a table, seen from above, with hands around it."""
    ring_data = france.departments()["46"][0]
    xs, ys = [p[0] for p in ring_data], [p[1] for p in ring_data]
    cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    k = 620 / (max(ys) - min(ys))
    outline = group(
        poly([(x - cx, y - cy) for x, y in ring_data], HILL).replace(
            "/>", f' stroke="{HILL}" stroke-width=".8" stroke-linejoin="round"/>'
        ),
        x=800,
        y=440,
        s=k,
    )
    spots = [(690, 330), (900, 260), (960, 470), (740, 560), (560, 470)]
    zones = "".join(circle(x, y, 118, "#fbf7ee66") + ring(x, y, 118, PAPER, 5) for x, y in spots)
    roads = curve(
        "M690,330Q800,260 900,260T960,470Q860,560 740,560T560,470Q580,380 690,330", ROAD, 12
    ) + curve("M690,330Q760,460 960,470M740,560Q700,440 690,330", ROAD, 8)
    pins = "".join(group(sign(0, 0, 0.62), x=x, y=y + 24) for x, y in spots)

    def reach(x: float, y: float, turn: float, sleeve: str, skin: str) -> str:
        return group(
            rect(-46, 130, 92, 1000, sleeve, 20),
            rect(-52, 120, 104, 36, mix(sleeve, INK, 0.2), 10),
            path(
                "M-34,130Q-42,70 -30,50Q-14,36 -6,50V6Q-4,-10 10,-10Q24,-10 24,6V56Q44,60 42,130Z",
                skin,
            ),
            x=x,
            y=y,
            turn=turn,
        )

    return (
        rect(0, 0, 1600, 900, mix(WOOD, SAND, 0.35))
        + "".join(rect(0, i * 180, 1600, 5, mix(WOOD, INK, 0.08)) for i in range(1, 5))
        + group(rect(-560, -390, 1120, 780, PAPER, 6), x=800, y=450, turn=-1.5)
        + outline
        + zones
        + roads
        + pins
        + rect(1120, 640, 170, 90, SOFT, 6)
        + bars(1140, 660, [120, 90], 26, 10, HILL_DARK)
        + reach(1010, 250, -66, WARM, SKIN_LIGHT)
        + reach(520, 420, 74, ACCENT, SKIN_DARK)
        + reach(800, 600, -8, SUN, SKIN_TAN)
        + group(
            rect(-14, -150, 28, 250, SUN),
            poly([(-14, 100), (14, 100), (0, 142)], SAND),
            rect(-14, -178, 28, 30, WARM, 6),
            x=150,
            y=300,
            turn=-24,
        )
        + circle(1450, 720, 84, PAPER)
        + circle(1450, 720, 58, mix(WARM, INK, 0.5))
        + circle(170, 760, 64, HILL_DARK)
        + circle(170, 760, 44, FOREST)
    )


@scene("connexion-unique")
def one_key() -> str:
    doors = ""
    for i, (colour, mark) in enumerate(
        [(ACCENT, "pen"), (WARM, "health"), (HILL_DARK, "home"), (SUN, "work")]
    ):
        x = 860 + i * 212
        icon = {
            "pen": clock(0, 0, 32, PAPER, PAPER),
            "health": rect(-10, -34, 20, 68, PAPER, 3) + rect(-34, -10, 68, 20, PAPER, 3),
            "home": sign(0, 34, 0.7, PAPER, colour),
            "work": rect(-36, -18, 72, 50, PAPER, 7) + curve("M-15,-20V-34H15V-20", PAPER, 8),
        }[mark]
        doors += (
            rect(x - 92, 240, 184, 430, PAPER)
            + rect(x - 74, 256, 148, 414, colour)
            + circle(x, 360, 62, mix(colour, INK, 0.22))
            + group(icon, x=x, y=360)
            + circle(x + 52, 490, 12, PAPER)
            + rect(x - 50, 560, 100, 80, mix(colour, INK, 0.22))
            + path(f"M{x - 92},240A92,92 0 0 1 {x + 92},240Z", PAPER)
            + path(f"M{x - 74},240A74,74 0 0 1 {x + 74},240Z", SOFT)
        )
    return (
        room(WARM_SOFT, SAND, 670)
        + doors
        + rect(740, 670, 860, 18, mix(SAND, WOOD, 0.35))
        + who("student", 260, 910, 1.56, look=0.9, right=(108, -262), left=(-60, -150), top=ACCENT)
        + key(436, 500, 1.0, SUN, -8)
        + group(
            rect(-70, -44, 140, 88, PAPER, 10),
            rect(-54, -26, 40, 52, HILL, 4),
            bars(0, -20, [52, 40, 48], 18, 7, HILL_DARK),
            x=148,
            y=690,
            turn=-10,
        )
        + pendant(470, 120, ACCENT)
    )


@scene("retraite")
def retirement() -> str:
    return (
        sky()
        + circle(800, 400, 170, SUN)
        + cloud(330, 170, 0.9, LATE_SKY)
        + birds(1130, 230)
        + hill([(-40, 400), (360, 330), (800, 410), (1250, 320), (1640, 400)], HAZE)
        + hill([(-40, 480), (400, 440), (800, 490), (1250, 430), (1640, 480)], HILL)
        + rows(250, 560, 330, 90, 9, mix(HILL, HILL_DARK, 0.5))
        + church(1270, 512, 0.5)
        + house(1370, 520, 0.5)
        + house(1200, 524, 0.42, roof=INK)
        + hill([(-40, 580), (500, 540), (1100, 570), (1640, 540)], HILL_DARK)
        + path("M-20,900V740Q800,680 1620,740V900Z", FOREST)
        + path("M-20,900V850Q800,800 1620,850V900Z", ACCENT)
        + tree(250, 780, 2.5, HILL_DARK)
        + bush(1400, 770, 1.3, HILL_DARK)
        + group(
            bench(0, 0, 480),
            who("grandmother", -110, 4, look=0.7, pose="sit", right=(84, -206), left=(30, -190)),
            who("grandfather", 128, 4, look=-0.7, pose="sit", left=(-70, -206), right=(-10, -190)),
            sheet(22, -160, 0.5, 12),
            folder(0, -130, 0.5, SUN),
            x=820,
            y=836,
            s=1.6,
        )
        + grass([(380, 860), (470, 850), (1240, 852), (1330, 866)], HILL_DARK)
    )


@scene("tablette-ameli")
def health_tablet() -> str:
    page = (
        rect(0, 0, 560, 90, ACCENT)
        + circle(60, 45, 24, PAPER)
        + bars(104, 36, [190], 20, 16, SOFT)
        + rect(30, 122, 500, 150, SOFT, 16)
        + path(
            "M140,250C60,200 76,150 108,150C128,150 138,166 140,176C142,166 152,150 172,150"
            "C204,150 220,200 140,250Z",
            WARM,
        )
        + bars(250, 166, [230, 180, 120], 30, 12, HILL_DARK)
        + rect(30, 296, 238, 120, WARM_SOFT, 16)
        + rect(292, 296, 238, 120, WARM_SOFT, 16)
        + rect(66, 344, 66, 22, WARM, 4)
        + rect(88, 322, 22, 66, WARM, 4)
        + bars(156, 330, [84, 60], 30, 10, WARM)
        + chart(322, 392, [26, 48, 70, 40], 26, 12, [ACCENT, HILL_DARK])
        + bars(480, 330, [30, 30], 30, 10, WARM)
    )

    def grip(x: float, flip: bool) -> str:
        skin, dark = SKIN_TAN, mix(SKIN_TAN, INK, 0.16)
        return group(
            path("M-230,420Q-190,200 -60,90L60,170Q-40,260 -60,460Z", WARM),
            path(
                "M-86,118Q-60,30 4,-40Q40,-66 58,-40Q66,-20 34,20L30,40Q70,70 60,130L10,200Z", skin
            ),
            path("M10,-46Q60,-70 92,-40Q100,-18 76,-12L30,16Z", skin),
            line([(34, 14), (74, -12)], dark, 4),
            x=x,
            y=560,
            flip=flip,
        )

    return (
        rect(0, 0, 1600, 900, mix(SOFT, HILL, 0.35))
        + circle(800, 430, 540, SOFT)
        + rect(0, 760, 1600, 140, WOOD)
        + rect(0, 760, 1600, 16, mix(WOOD, PAPER, 0.25))
        + small_plant(160, 768, 2.2, WARM)
        + mug(1440, 768, 2.2, ACCENT)
        + group(
            rect(-150, -96, 300, 192, PAPER, 18),
            rect(-150, -62, 300, 30, HILL_DARK),
            rect(-120, -6, 60, 46, SUN, 6),
            bars(-30, 0, [140, 100], 28, 12, HILL),
            x=1330,
            y=420,
            turn=12,
        )
        + tablet(800, 420, 560, 446, page)
        + grip(512, False)
        + grip(1088, True)
    )


@scene("emploi-store")
def job_store() -> str:
    tiles = [
        (WARM, rect(-30, -14, 60, 42, PAPER, 6) + curve("M-13,-16V-28H13V-16", PAPER, 7)),
        (ACCENT, poly([(-16, -26), (30, 0), (-16, 26)], PAPER)),
        (SUN, bars(-28, -20, [56, 40, 50], 18, 8, PAPER)),
        (HILL_DARK, ring(-4, -6, 18, PAPER, 8) + line([(10, 10), (28, 28)], PAPER, 9)),
        (DEEP, star(0, 2, 30, PAPER)),
        (HILL, circle(0, -12, 15, PAPER) + path("M-28,30Q0,-16 28,30Z", PAPER)),
        (WARM, chart(-28, 28, [24, 40, 56], 14, 7, [PAPER])),
        (ACCENT, path("M-30,-18H30V16H0L-16,32V16H-30Z", PAPER)),
    ]
    shelves = ""
    for row in range(2):
        y = 410 + row * 170
        for col in range(4):
            colour, mark = tiles[row * 4 + col]
            x = 560 + col * 160
            shelves += rect(x - 56, y - 112, 112, 112, colour, 24) + group(mark, x=x, y=y - 56)
        shelves += rect(470, y, 660, 16, WOOD)
    awning = "".join(
        path(
            f"M{400 + i * 80},110H{480 + i * 80}V210A40,36 0 0 1 {400 + i * 80},210Z",
            (WARM, PAPER)[i % 2],
        )
        for i in range(10)
    )
    return (
        sky(SOFT)
        + cloud(180, 160, 0.9)
        + cloud(1420, 130, 0.8)
        + "".join(
            block(x, 700, w, h, HAZE, 5, 2, mix(HAZE, PAPER, 0.55))
            for x, w, h in [(0, 170, 330), (180, 180, 250), (1240, 170, 280), (1420, 190, 380)]
        )
        + rect(0, 690, 1600, 210, SAND)
        + rect(0, 690, 1600, 16, ROAD)
        + rect(420, 90, 760, 630, PAPER)
        + rect(450, 230, 700, 490, WARM_SOFT)
        + shelves
        + rect(400, 90, 800, 24, INK, 4)
        + awning
        + rect(440, 640, 720, 90, ACCENT)
        + rect(420, 630, 760, 20, WOOD, 5)
        + who("young", 330, 880, 1.3, look=0.9, right=(118, -290), left=(-48, -150), top=WARM)
        + who(
            "redhead",
            1290,
            880,
            1.3,
            look=-0.9,
            left=(-74, -210),
            right=(-6, -192),
            top=HILL_DARK,
            wear="plain",
            held=group(rect(-56, -252, 40, 66, INK, 8)),
        )
        + tree(80, 760, 1.4)
        + tree(1530, 760, 1.4)
    )


@scene("logement")
def homes() -> str:
    """A building cut open: four lives."""

    def flat(x: float, y: float, wall: str, inside: str) -> str:
        return (
            rect(x, y, 420, 260, wall)
            + rect(x, y + 244, 420, 16, WOOD)
            + group(inside, x=x, y=y + 244)
        )

    return (
        sky()
        + sun(1380, 200, 90)
        + cloud(260, 170, 0.9, LATE_SKY)
        + ranges(470)
        + house(130, 800, 1.4, roof=INK, door=ACCENT)
        + tree(280, 800, 1.3)
        + long_house(1440, 800, 1.3, roof=WARM, shutters=HILL_DARK)
        + rect(0, 790, 1600, 110, HILL_DARK)
        + rect(0, 790, 1600, 16, ROAD)
        + poly([(310, 210), (800, 30), (1290, 210)], WARM)
        + circle(800, 140, 34, PAPER)
        + circle(800, 140, 24, SOFT)
        + rect(1040, 40, 56, 120, mix(WARM, INK, 0.3))
        + rect(340, 206, 920, 594, PAPER)
        + flat(
            366,
            232,
            SOFT,
            poster(30, -200, 90, 110, WARM_SOFT, circle(0, 0, 26, SUN))
            + rect(160, -92, 220, 12, WOOD, 4)
            + line([(180, -84), (180, 0)], INK, 7)
            + line([(360, -84), (360, 0)], INK, 7)
            + laptop(290, -92, 0.5)
            + who("student", 150, 0, 0.62, pose="sit", look=1, right=(112, -186)),
        )
        + flat(
            814,
            232,
            WARM_SOFT,
            group(armchair(0, 0, 0.7), x=110)
            + who(
                "grandmother", 110, -14, 0.6, pose="sit", look=1, right=(50, -190), left=(30, -186)
            )
            + rect(250, -180, 140, 180, WOOD)
            + group(books(5, 2), x=262, y=-100, s=0.7)
            + group(books(5, 6), x=262, y=-16, s=0.7)
            + rect(250, -100, 140, 8, mix(WOOD, INK, 0.3))
            + desk_lamp(330, -180, 0.4, SUN),
        )
        + flat(
            366,
            518,
            SAND,
            panes(40, -190, 70, 80, SOFT)
            + rect(170, -120, 230, 120, ACCENT)
            + rect(160, -130, 250, 14, WOOD)
            + rect(330, -170, 50, 40, WARM, 6)
            + who("adviser", 130, 0, 0.66, look=0.9, right=(104, -216), top=SUN, wear="plain")
            + child(60, 0, 0.42, look=0.8, skin=SKIN_DARK, hair=INK, style="curly"),
        )
        + flat(
            814,
            518,
            HILL,
            rug(210, 2, 120, 10)
            + small_plant(370, 0, 1.5, WARM)
            + who("neighbour", 130, 0, 0.66, look=0.9, right=(76, -196), left=(-30, -180))
            + who("clerk", 280, 0, 0.66, look=-0.9, left=(-70, -196), right=(46, -180))
            + group(sheet(0, 0, 0.36), x=205, y=-132),
        )
        + who("farmer", 1340, 872, 0.6, look=-0.9)
        + bush(330, 806, 0.7, FOREST)
    )


@scene("defenseur-des-droits")
def fair_balance() -> str:
    return (
        rect(0, 0, 1600, 900, WARM_SOFT)
        + circle(800, 470, 400, mix(WARM_SOFT, SUN, 0.4))
        + hill([(-40, 640), (400, 590), (800, 630), (1240, 580), (1640, 640)], HILL)
        + hill([(-40, 740), (400, 710), (800, 730), (1240, 700), (1640, 740)], HILL_DARK)
        + scales(800, 800, 2.05, ACCENT, WARM)
        + who("student", 532, 488, 0.62, look=0.7, top=SUN, bottom=INK, right=(60, -200))
        + group(
            block(-66, 0, 132, 196, SAND, 4, 3, ACCENT)
            + poly([(-80, -192), (0, -240), (80, -192)], INK),
            x=1067,
            y=488,
            s=0.94,
        )
        + path("M-20,900V810Q800,770 1620,810V900Z", ACCENT)
        + who(
            "manager",
            330,
            862,
            0.98,
            look=0.9,
            right=(100, -280),
            left=(-50, -150),
            wear="jacket",
            top=DEEP,
        )
        + group(folder(0, 0, 0.55, SUN), x=388, y=736)
        + who("grandfather", 1210, 862, 0.98, look=-0.9, left=(-84, -200))
        + stick(1262, 862, 716, WOOD)
        + who("neighbour", 1370, 862, 0.96, look=-0.9, left=(-70, -190), top=HILL_DARK)
        + pine(90, 800, 1.3, FOREST)
        + pine(1520, 800, 1.3, FOREST)
    )


@scene("assises-mende")
def mende() -> str:
    stone, shade = SAND, mix(SAND, WOOD, 0.3)
    cathedral = (
        rect(-30, -230, 300, 230, stone)
        + poly([(-40, -226), (10, -300), (250, -300), (284, -226)], INK)
        + rect(-150, -470, 110, 470, stone)
        + rect(-70, -470, 30, 470, shade)
        + poly([(-160, -468), (-95, -640), (-30, -468)], ACCENT)
        + poly([(-95, -640), (-30, -468), (-70, -468)], DEEP)
        + rect(40, -360, 96, 360, stone)
        + rect(110, -360, 26, 360, shade)
        + poly([(32, -358), (88, -450), (144, -358)], ACCENT)
        + poly([(88, -450), (144, -358), (112, -358)], DEEP)
        + circle(0, -160, 40, ACCENT)
        + circle(0, -160, 30, SOFT)
        + rect(-124, -420, 22, 60, INK, 11)
        + rect(-124, -310, 22, 60, INK, 11)
        + rect(62, -320, 20, 52, INK, 10)
        + rect(-26, -90, 52, 90, WARM, 24)
        + rect(-26, -40, 52, 40, WARM)
        + "".join(rect(160 + i * 36, -180, 16, 90, ACCENT, 8) for i in range(3))
    )
    tent = (
        poly([(-230, -110), (0, -230), (230, -110)], WARM)
        + poly([(-60, -110), (0, -230), (60, -110)], PAPER)
        + poly([(-230, -110), (0, -230), (-150, -110)], mix(WARM, INK, 0.14))
        + rect(-220, -112, 440, 20, PAPER)
        + line([(-214, -100), (-214, 0)], INK, 8)
        + line([(214, -100), (214, 0)], INK, 8)
    )
    return (
        sky()
        + sun(270, 200, 90)
        + cloud(1180, 120, 0.8, LATE_SKY)
        + path("M-20,470L160,400L620,396L740,450L900,430L1060,370L1480,366L1620,430V900H-20Z", HAZE)
        + path("M-20,560Q300,470 640,520T1250,500T1620,520V900H-20Z", HILL)
        + house(470, 640, 1.1, roof=INK, door=ACCENT)
        + long_house(250, 650, 1.2, roof=WARM, shutters=HILL_DARK)
        + group(cathedral, x=740, y=660, s=0.94)
        + house(1060, 650, 1.2, roof=INK, door=ACCENT, chimney=True)
        + long_house(1290, 650, 1.2, roof=mix(INK, ACCENT, 0.5))
        + house(1500, 650, 1.2, roof=INK, door=ACCENT)
        + rect(0, 636, 1600, 264, ROAD)
        + rect(0, 636, 1600, 20, SAND)
        + group(tent, x=1220, y=800, s=1.25)
        + rect(1060, 700, 330, 100, ACCENT)
        + rect(1050, 692, 350, 16, WOOD, 4)
        + laptop(1150, 694, 0.66)
        + laptop(1310, 694, 0.66, colour=DEEP)
        + who("blonde", 1230, 800, 0.8, pose="bust", look=-0.6, top=SUN, left=(-60, -176))
        + rect(1060, 716, 330, 84, ACCENT)
        + sign(1225, 786, 0.6, PAPER, SUN)
        + path("M-20,900V830Q800,780 1620,830V900Z", SAND)
        + who(
            "clerk",
            120,
            850,
            0.96,
            look=0.9,
            right=(60, -180),
            left=(-10, -180),
            held=rect(-20, -226, 84, 56, INK, 6),
        )
        + who("adviser", 270, 856, 0.98, look=-0.8, left=(-80, -220), top=WARM)
        + who("young", 440, 866, 1.0, look=0.9, right=(100, -270), left=(-50, -150), top=HILL_DARK)
        + who("worker", 590, 866, 1.0, look=-0.8, top=SUN, left=(-60, -190))
    )


@scene("lacaune-accueil")
def alone_at_the_desk() -> str:
    peaks = path("M0,190L90,90L170,170L270,60L380,180L470,110L560,190V400H0Z", HILL_DARK) + "".join(
        pine(x, 330, 0.6, FOREST) for x in (60, 120, 430, 490)
    )
    return (
        room(SKY, SAND, 760)
        + window(520, 90, 560, 330, name="q", view=peaks)
        + poster(160, 120, 190, 250, ACCENT, sign(0, 50, 1.15, PAPER, SUN))
        + clock(1240, 170, 62, PAPER, WARM)
        + shelf(1340, 330, 230, books(6, 5))
        + shelf(1340, 480, 230, group(books(4, 1), x=10) + small_plant(190, 0, 1, WARM))
        + who(
            "agent",
            800,
            936,
            1.9,
            pose="bust",
            look=0.25,
            hair=HAIR_RED,
            top=ACCENT,
            left=(-84, -186),
            right=(86, -186),
            wear="scarf",
            shirt=SUN,
        )
        + counter(380, 612, 840, 300, WARM, WOOD)
        + circle(800, 790, 74, PAPER)
        + sign(800, 830, 0.82)
        + group(
            rect(-54, -26, 108, 26, INK, 8), curve("M-46,-30Q0,-66 46,-30", INK, 16), x=500, y=612
        )
        + group(screen(0, 0, 170, 120, bars(22, 26, [110, 80, 100], 28, 9, HILL)), x=1010, y=426)
        + "".join(folder(610, 582 - i * 16, 0.5, c) for i, c in enumerate((SUN, HILL_DARK)))
        + chair(160, 860, 1.3, ACCENT)
        + who(
            "grandmother",
            160,
            860,
            1.28,
            pose="sit",
            look=1,
            right=(64, -186),
            left=(34, -184),
            top=HILL_DARK,
        )
        + who(
            "farmer",
            1420,
            890,
            1.3,
            look=-0.9,
            left=(-80, -196),
            right=(-4, -190),
            held=rect(-70, -236, 64, 84, PAPER, 4),
        )
    )


@scene("carsat-normandie")
def normandy() -> str:
    def timber(x: float, y: float, s: float, roof: str) -> str:
        beams = "".join(rect(-84 + i * 42, -110, 8, 110, WOOD) for i in range(5))
        return group(
            rect(-90, -110, 180, 110, PAPER),
            beams,
            rect(-90, -62, 180, 8, WOOD),
            line([(-46, -58), (-8, -4)], WOOD, 7),
            line([(46, -58), (8, -4)], WOOD, 7),
            poly([(-112, -106), (-76, -196), (76, -196), (112, -106)], roof),
            rect(-22, -58, 34, 58, WARM),
            panes(40, -104, 32, 36),
            rect(36, -226, 24, 44, mix(WARM, INK, 0.3)),
            x=x,
            y=y,
            s=s,
        )

    def apple(x: float, y: float, s: float) -> str:
        return tree(x, y, s, HILL_DARK) + "".join(
            circle(x + a * s, y + b * s, 7 * s, WARM)
            for a, b in [(-24, -100), (-6, -128), (14, -96), (26, -116), (-10, -76)]
        )

    return (
        sky()
        + sun(420, 300, 100)
        + cloud(1300, 140, 0.9, LATE_SKY)
        + birds(660, 220)
        + rect(0, 400, 1600, 200, mix(SOFT, HILL, 0.4))
        + rect(0, 400, 1600, 8, PAPER)
        + path("M-20,560V330L120,322Q250,326 300,360L318,430Q350,400 372,420L384,560Z", PAPER)
        + path("M-20,560V330L120,322Q250,326 300,360L304,376Q200,346 -20,360Z", HILL_DARK)
        + "".join(
            line([(20 + i * 46, 380 + (i % 3) * 22), (80 + i * 40, 384 + (i % 3) * 22)], SAND, 6)
            for i in range(6)
        )
        + poly([(560, 440), (620, 440), (604, 462), (574, 462)], WARM)
        + poly([(590, 436), (590, 370), (626, 430)], PAPER)
        + hill([(-40, 560), (400, 520), (760, 560), (1200, 470), (1640, 440)], HILL)
        + timber(1120, 560, 1.25, mix(WARM, INK, 0.35))
        + timber(1390, 540, 1.05, INK)
        + hill([(-40, 660), (500, 600), (1000, 620), (1640, 570)], HILL_DARK)
        + "".join(
            apple(x, y, k) for x, y, k in [(110, 760, 1.7), (300, 740, 1.4), (1540, 720, 1.6)]
        )
        + path("M-20,900V800Q800,720 1620,800V900Z", ACCENT)
        + who(
            "clerk",
            690,
            886,
            1.32,
            look=0.9,
            right=(90, -202),
            left=(-36, -178),
            top=SUN,
            held=rect(-66, -214, 54, 74, PAPER, 4),
        )
        + who("agent", 915, 886, 1.32, look=-0.9, left=(-88, -200), right=(50, -150), top=WARM)
        + grass([(420, 860), (500, 850), (1150, 856), (1240, 870)], HILL_DARK)
    )
