"""The network's tools: training, portal, forum, figures, support."""

from . import france
from .buildings import church, house, long_house, maison, sign
from .cast import child, who
from .furniture import (
    books,
    chair,
    desk_lamp,
    mug,
    plant,
    poster,
    room,
    shelf,
    small_plant,
    window,
)
from .land import birds, bush, cloud, grass, hill, poplar, ranges, road, sky, sun, tree
from .palette import (
    ACCENT,
    DEEP,
    GREY,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    ROAD,
    SAND,
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
    film_camera,
    folder,
    gear,
    globe,
    open_book,
    pin,
    scales,
    screen,
    sheet,
    star,
)

FOREST = mix(HILL_DARK, DEEP, 0.35)
LATE_SKY = "#f6e4cb"


@scene("formation-entre-pairs")
def peers() -> str:
    lines = bars(-56, -24, [112, 84], 30, 10, WARM)
    return (
        room(SOFT, WOOD, 620)
        + window(120, 90, 360, 330, name="p")
        + window(1120, 90, 360, 330, name="o")
        + poster(
            650,
            110,
            300,
            210,
            WARM_SOFT,
            chart(-100, 60, [50, 90, 120, 80], 36, 18, [ACCENT, WARM, SUN]),
        )
        + ellipse(800, 790, 640, 120, mix(WOOD, PAPER, 0.3))
        + ellipse(800, 790, 560, 96, mix(WOOD, PAPER, 0.45))
        + chair(330, 740, 1.12, ACCENT)
        + chair(1270, 740, 1.12, ACCENT, flip=True)
        + who("manager", 330, 740, 1.12, pose="sit", look=1, right=(92, -224), left=(30, -190))
        + who(
            "clerk",
            1270,
            740,
            1.12,
            pose="sit",
            look=-1,
            left=(-60, -186),
            right=(-24, -186),
            top=HILL_DARK,
        )
        + who(
            "worker",
            700,
            730,
            1.08,
            pose="sit",
            look=0.8,
            right=(58, -190),
            left=(24, -186),
            top=SUN,
        )
        + who(
            "grandfather",
            930,
            730,
            1.08,
            pose="sit",
            look=-0.8,
            left=(-66, -190),
            right=(-20, -188),
        )
        + bubble(560, 260, 210, 120, PAPER, (400, 360), lines)
        + person(
            520,
            1010,
            1.36,
            back=True,
            skin=SKIN_LIGHT,
            hair="#dba75f",
            style="pony",
            top=WARM,
            pose="bust",
            left=(-30, -170),
            right=(110, -240),
        )
        + rect(432, 830, 176, 120, ACCENT, 26)
        + person(
            1090,
            1010,
            1.36,
            back=True,
            skin="#a66a44",
            hair=INK,
            style="curly",
            top=PAPER,
            pose="bust",
            left=(-46, -160),
            right=(46, -160),
        )
        + rect(1002, 830, 176, 120, ACCENT, 26)
        + plant(90, 720, 1.2)
        + plant(1520, 720, 1.2)
    )


@scene("apprentissage-en-ligne")
def e_learning() -> str:
    wall = mix(ACCENT, DEEP, 0.5)
    video = (
        rect(0, 0, 560, 330, WARM_SOFT)
        + rect(0, 250, 560, 80, SUN)
        + rect(300, 40, 210, 140, PAPER, 6)
        + chart(330, 160, [40, 70, 96, 60], 28, 14, [ACCENT, WARM])
        + who("manager", 160, 400, 0.94, look=0.8, pose="bust", right=(104, -290), left=(-46, -170))
        + rect(0, 300, 560, 30, INK)
        + rect(20, 311, 520, 8, GREY, 4)
        + rect(20, 311, 300, 8, WARM, 4)
        + circle(320, 315, 12, WARM)
    )
    night = (
        rect(0, 0, 300, 340, DEEP)
        + circle(216, 90, 34, WARM_SOFT)
        + "".join(circle(30 + i * 97 % 260, 20 + i * 61 % 130, 3, SOFT) for i in range(8))
        + path("M0,210Q90,150 180,190T300,170V340H0Z", ACCENT)
        + path("M0,270Q120,210 300,280V340H0Z", mix(ACCENT, HILL_DARK, 0.4))
    )
    steps = "".join(
        circle(1270 + i * 66, 190, 22, (SUN, SUN, SUN, mix(wall, SOFT, 0.25))[i]) for i in range(4)
    ) + line([(1290, 190), (1450, 190)], mix(wall, SOFT, 0.25), 6)
    return (
        rect(0, 0, 1600, 900, wall)
        + circle(1290, 500, 330, mix(wall, SUN, 0.16))
        + window(90, 110, 300, 340, PAPER, DEEP, view=night, name="n")
        + rect(1208, 132, 320, 116, mix(wall, INK, 0.25), 58)
        + steps
        + shelf(1230, 400, 300, books(8, 4))
        + '<clipPath id="vid"><rect width="560" height="330"/></clipPath>'
        + screen(500, 150, 560, 330, f'<g clip-path="url(#vid)">{video}</g>', INK)
        + rect(0, 640, 1600, 40, WOOD)
        + rect(0, 680, 1600, 220, mix(WOOD, INK, 0.4))
        + desk_lamp(1330, 642, 1.7, SUN, flip=True)
        + mug(1130, 642, 1.5, WARM)
        + "".join(
            rect(180, 616 - i * 24, 210 - i * 20, 22, c, 3)
            for i, c in enumerate((WARM, SUN, HILL_DARK))
        )
        + small_plant(280, 570, 1.3)
        + rect(690, 622, 210, 18, GREY, 6)
        + person(
            800,
            1120,
            1.95,
            back=True,
            pose="bust",
            skin="#f2c7a4",
            hair="#6b3a22",
            style="bob",
            top=WARM,
            left=(-70, -240),
            right=(70, -240),
        )
        + rect(640, 740, 320, 200, mix(ACCENT, DEEP, 0.2), 50)
        + rect(660, 760, 280, 20, HILL_DARK, 10)
        + curve("M742,520A62,68 0 0 1 858,520", SUN, 14)
        + rect(726, 490, 30, 58, SUN, 14)
        + rect(844, 490, 30, 58, SUN, 14)
    )


@scene("site-vitrine")
def shop_window() -> str:
    bar = (
        rect(330, 150, 940, 70, INK)
        + "".join(circle(372 + i * 40, 185, 12, c) for i, c in enumerate((WARM, SUN, SOFT)))
        + rect(520, 166, 600, 38, mix(INK, SOFT, 0.25), 19)
    )
    spots = [(250, 200), (330, 300), (190, 330), (410, 180), (380, 420), (230, 440), (300, 110)]
    plan = group(
        france.country(SOFT, PAPER)
        + "".join(pin(x, y, 0.5, WARM if i else ACCENT) for i, (x, y) in enumerate(spots)),
        x=380,
        y=236,
        s=0.66,
    )
    cards = "".join(
        rect(800, 256 + i * 128, 380, 106, PAPER, 12)
        + sign(860, 340 + i * 128, 0.66, c)
        + bars(930, 284 + i * 128, [210, 160], 30, 11, HILL_DARK)
        for i, c in enumerate((ACCENT, WARM, HILL_DARK))
    )
    awning = "".join(
        path(
            f"M{290 + i * 102},60H{392 + i * 102}V130A51,40 0 0 1 {290 + i * 102},130Z",
            (ACCENT, PAPER)[i % 2],
        )
        for i in range(10)
    )
    return (
        rect(0, 0, 1600, 900, WARM_SOFT)
        + rect(0, 0, 1600, 720, mix(SAND, WARM_SOFT, 0.4))
        + "".join(rect((i * 211) % 1600, (i * 137) % 700, 90, 24, SAND, 3) for i in range(26))
        + rect(310, 90, 980, 630, WOOD)
        + rect(330, 150, 940, 520, WARM_SOFT)
        + bar
        + plan
        + cards
        + awning
        + rect(280, 46, 1040, 22, INK, 6)
        + rect(310, 668, 980, 60, mix(WOOD, INK, 0.25))
        + rect(0, 724, 1600, 176, GREY)
        + rect(0, 724, 1600, 16, mix(GREY, INK, 0.2))
        + who("neighbour", 420, 890, 1.06, look=0.8, right=(104, -270), left=(-50, -150))
        + child(560, 890, 0.7, look=-0.6, style="bob", left=(-70, -200), top=SUN)
        + who("farmer", 1290, 890, 1.12, look=-0.8, left=(-104, -250), right=(50, -150))
        + plant(110, 880, 1.15)
        + plant(1500, 880, 1.15)
    )


@scene("camera")
def filming() -> str:
    return (
        sky()
        + sun(1350, 190, 86)
        + cloud(700, 120, 0.8, LATE_SKY)
        + ranges(430)
        + church(1480, 590, 0.9)
        + tree(1310, 640, 1.3)
        + rect(0, 620, 1600, 280, HILL_DARK)
        + maison(960, 720, 1.95)
        + path("M-20,900V770Q800,700 1620,770V900Z", ROAD)
        + film_camera(390, 850, 1.3)
        + who("student", 200, 880, 1.3, look=0.9, right=(72, -258), left=(10, -200), top=WARM)
        + line([(20, 210), (760, 330)], INK, 9)
        + group(rect(-26, -18, 52, 84, GREY, 24), x=770, y=338)
        + who("agent", 850, 890, 1.3, look=-0.8, left=(-70, -210), right=(70, -206), top=ACCENT)
        + who(
            "redhead",
            1190,
            880,
            1.2,
            look=-0.9,
            left=(-26, -190),
            right=(20, -186),
            wear="plain",
            top=SUN,
            held=group(
                rect(-50, -250, 96, 74, INK, 6),
                poly([(-50, -262), (42, -292), (46, -276), (-46, -248)], PAPER),
            ),
        )
        + grass([(90, 856), (1420, 850), (1500, 866)], HILL_DARK)
    )


@scene("encyclopedie")
def encyclopedia() -> str:
    rows = ""
    for j in range(4):
        rows += group(books(17, j * 3 + 1), x=60, y=196 + j * 178, s=1.42)
        rows += rect(40, 196 + j * 178, 790, 20, mix(WOOD, INK, 0.2))
    return (
        rect(0, 0, 1600, 900, SOFT)
        + rect(0, 780, 1600, 120, WOOD)
        + rect(20, 30, 830, 770, WOOD)
        + rect(44, 54, 782, 722, mix(WOOD, INK, 0.45))
        + '<clipPath id="ency"><rect x="44" y="54" width="782" height="722"/></clipPath>'
        + f'<g clip-path="url(#ency)">{rows}</g>'
        + line([(560, 800), (690, 60)], SUN, 16)
        + line([(690, 800), (770, 60)], SUN, 16)
        + "".join(
            line([(576 + i * 24, 716 - i * 134), (698 + i * 14, 716 - i * 134)], SUN, 12)
            for i in range(5)
        )
        + who(
            "young",
            640,
            592,
            1.0,
            look=-0.8,
            left=(-100, -262),
            right=(40, -190),
            top=PAPER,
            bottom=ACCENT,
        )
        + globe(1220, 300, 190, ACCENT, SOFT)
        + group(france.country(HILL), x=1150, y=236, s=0.22)
        + curve("M1040,190A214,214 0 0 0 1400,430", WARM, 14)
        + rect(1206, 506, 28, 60, WARM)
        + rect(1120, 560, 200, 22, WARM, 8)
        + who(
            "clerk",
            1450,
            870,
            1.5,
            look=-0.9,
            pose="bust",
            left=(-100, -206),
            right=(-14, -204),
            top=SUN,
        )
        + rect(940, 580, 640, 30, WOOD, 8)
        + rect(980, 610, 560, 290, mix(WOOD, INK, 0.25))
        + open_book(1230, 586, 0.56, WARM)
    )


@scene("forum")
def talking_houses() -> str:
    def lines(colour: str, w: float = 120) -> str:
        return bars(-w / 2, -26, [w, w * 0.72], 32, 11, colour)

    return (
        sky(SOFT)
        + circle(800, 860, 700, mix(SOFT, HILL, 0.25))
        + cloud(130, 120, 0.7)
        + cloud(1090, 110, 0.6)
        + hill([(-40, 600), (360, 540), (800, 600), (1250, 530), (1640, 600)], HILL)
        + house(300, 610, 1.2, roof=INK, door=ACCENT, chimney=True)
        + church(820, 630, 0.95)
        + long_house(1290, 610, 1.2, roof=WARM, shutters=HILL_DARK)
        + tree(120, 630, 1.1, FOREST)
        + tree(1500, 620, 1.1, FOREST)
        + poplar(640, 640, 1.1, FOREST)
        + hill([(-40, 730), (400, 690), (800, 720), (1250, 690), (1640, 730)], HILL_DARK)
        + house(560, 780, 1.7, roof=WARM, shutters=HILL_DARK)
        + house(1080, 790, 1.8, roof=ACCENT, door=WARM)
        + hill([(-40, 830), (400, 800), (800, 850), (1250, 800), (1640, 830)], ACCENT)
        + bubble(260, 290, 260, 150, PAPER, (300, 420), lines(ACCENT, 160))
        + bubble(540, 420, 230, 140, WARM, (566, 560), lines(WARM_SOFT, 140))
        + bubble(
            800,
            170,
            280,
            150,
            SUN,
            (820, 330),
            "".join(circle(-56 + i * 56, 0, 17, PAPER) for i in range(3)),
        )
        + bubble(1070, 400, 240, 140, ACCENT, (1080, 520), lines(SOFT, 150))
        + bubble(
            1340,
            270,
            260,
            150,
            PAPER,
            (1310, 420),
            path(
                "M0,50C-76,4 -60,-46 -30,-46C-10,-46 -2,-30 0,-20C2,-30 10,-46 30,-46C60,-46 76,4 0,50Z",
                WARM,
            ),
        )
        + bush(220, 830, 1.1, DEEP)
        + bush(1400, 826, 1.1, DEEP)
        + who("redhead", 330, 880, 0.7, look=0.8, right=(92, -280))
        + who("neighbour", 800, 884, 0.72, look=-0.5)
        + who("adviser", 1320, 880, 0.7, look=-0.8, left=(-92, -280), top=SUN, wear="plain")
    )


@scene("frequentation")
def attendance() -> str:
    heights = [110, 190, 160, 270, 370, 464]
    cols = [HILL, HILL_DARK, HILL, HILL_DARK, ACCENT, WARM]
    roles = ["grandmother", "farmer", "student", "neighbour", "young"]
    out = ""
    for i, h in enumerate(heights):
        x = 154 + i * 222
        out += rect(x, 830 - h, 172, h + 70, cols[i]) + rect(
            x, 830 - h, 172, 16, mix(cols[i], PAPER, 0.3)
        )
        out += "".join(
            rect(x + 44, 830 - h + 60 + k * 84, 84, 40, mix(cols[i], PAPER, 0.22), 6)
            for k in range(int((h - 40) / 84))
        )
        if i < len(roles):
            out += who(
                roles[i],
                x + 86,
                830 - h,
                0.76,
                look=0.8,
                right=(96, -310) if i == 4 else (56, -150),
                top=(WARM, SUN)[i % 2],
            )
    return (
        sky(WARM_SOFT)
        + sun(260, 210, 92)
        + cloud(560, 150, 0.8, PAPER)
        + hill([(-40, 620), (400, 560), (900, 600), (1640, 500)], HAZE)
        + hill([(-40, 720), (500, 680), (1000, 710), (1640, 640)], mix(HILL, HAZE, 0.3))
        + rect(0, 830, 1600, 70, INK)
        + out
        + rect(0, 830, 1600, 70, DEEP)
        + maison(1304, 366, 0.58)
    )


@scene("boite-a-outils")
def toolbox() -> str:
    ruler = group(
        rect(-26, -330, 52, 330, SUN, 4),
        "".join(
            rect(-26, -310 + i * 30, 22 if i % 2 else 32, 5, mix(SUN, INK, 0.5)) for i in range(11)
        ),
    )
    pen = group(rect(-16, -270, 32, 270, ACCENT, 6), rect(-16, -300, 32, 40, WARM, 8))
    brush = group(
        rect(-10, -220, 20, 220, WOOD),
        rect(-30, -300, 60, 90, INK, 8),
        rect(-30, -230, 60, 20, GREY),
    )
    key = group(
        rect(-14, -250, 28, 250, GREY),
        path("M-44,-250A46,46 0 1 0 44,-250L18,-264V-300H-18V-264Z", GREY),
    )
    return (
        rect(0, 0, 1600, 900, SOFT)
        + circle(800, 520, 460, mix(SOFT, HILL, 0.4))
        + rect(0, 730, 1600, 170, WOOD)
        + rect(0, 730, 1600, 16, mix(WOOD, PAPER, 0.3))
        + group(ruler, x=560, y=560, turn=-14)
        + group(sheet(0, 0, 2.3, -6), x=690, y=400)
        + group(key, x=860, y=560, turn=4)
        + group(sheet(0, 0, 2.1, 10, WARM_SOFT, WARM), x=1000, y=420)
        + group(pen, x=780, y=560, turn=-5)
        + group(brush, x=1100, y=560, turn=18)
        + rect(420, 500, 760, 290, WARM, 18)
        + rect(420, 500, 760, 60, mix(WARM, INK, 0.25), 18)
        + rect(400, 490, 800, 34, INK, 10)
        + rect(560, 600, 90, 60, SUN, 8)
        + rect(950, 600, 90, 60, SUN, 8)
        + circle(800, 670, 76, PAPER)
        + sign(800, 712, 0.86)
        + gear(1330, 690, 66, ACCENT, SOFT)
        + gear(1444, 730, 40, HILL_DARK, WOOD)
        + folder(230, 700, 1.35, SUN)
        + folder(262, 664, 1.1, HILL_DARK, -6)
    )


@scene("appui-juridique")
def legal_help() -> str:
    return (
        room(mix(ACCENT, DEEP, 0.25), mix(WOOD, INK, 0.4), 760)
        + rect(80, 60, 620, 480, mix(WOOD, INK, 0.35))
        + "".join(
            group(books(14, 2 + j * 3), x=100, y=196 + j * 160, s=1.36)
            + rect(80, 196 + j * 160, 620, 18, WOOD)
            for j in range(3)
        )
        + window(1150, 90, 340, 380, name="j")
        + poster(820, 120, 220, 260, WARM_SOFT, group(scales(0, 90, 0.56, ACCENT, WARM)))
        + who(
            "manager",
            460,
            900,
            1.75,
            pose="bust",
            look=0.9,
            right=(112, -226),
            left=(20, -214),
            top=WARM,
        )
        + who(
            "redhead",
            1130,
            900,
            1.75,
            pose="bust",
            look=-0.9,
            left=(-104, -222),
            right=(0, -212),
            top=SUN,
            wear="plain",
        )
        + rect(-20, 610, 1640, 40, WOOD)
        + rect(-20, 650, 1640, 250, mix(WOOD, INK, 0.25))
        + "".join(rect(x, 700, 470, 200, mix(WOOD, INK, 0.34), 10) for x in (80, 565, 1050))
        + open_book(800, 612, 0.86, ACCENT)
        + scales(1430, 612, 0.66, SUN, WARM_SOFT, tip=14)
        + "".join(
            rect(120, 586 - i * 30, 230 - i * 26, 28, c, 3)
            for i, c in enumerate((DEEP, WARM, HILL_DARK))
        )
    )


@scene("satisfaction")
def satisfied() -> str:
    def smile(x: float, y: float, r: float, colour: str, mood: float) -> str:
        return (
            circle(x, y, r, colour)
            + circle(x - r * 0.34, y - r * 0.2, r * 0.11, INK)
            + circle(x + r * 0.34, y - r * 0.2, r * 0.11, INK)
            + curve(
                f"M{x - r * 0.42},{y + r * 0.26}Q{x},{y + r * (0.26 + mood)} {x + r * 0.42},{y + r * 0.26}",
                INK,
                r * 0.11,
            )
        )

    form = (
        rect(-130, -180, 260, 360, PAPER, 8)
        + bars(-96, -144, [130], 20, 16, ACCENT)
        + "".join(
            "".join(
                star(-78 + j * 40, -80 + i * 76, 15, SUN if j < 5 - (i == 2) else GREY)
                for j in range(5)
            )
            + bars(-96, -56 + i * 76, [190], 10, 8, SOFT)
            for i in range(3)
        )
    )
    return (
        room(WARM_SOFT, SAND, 700)
        + window(90, 90, 280, 320, name="s")
        + rect(530, 60, 560, 190, PAPER, 95)
        + smile(630, 155, 66, HILL, 0.42)
        + smile(810, 155, 66, SUN, 0.2)
        + smile(990, 155, 66, mix(WARM, SUN, 0.35), -0.1)
        + ring(630, 155, 76, ACCENT, 8)
        + shelf(1250, 240, 270, books(8, 6))
        + shelf(1370, 400, 150, group(small_plant(0, 0, 1.3), x=76))
        + who(
            "agent", 1240, 890, 1.42, look=-0.9, left=(-70, -196), right=(50, -146), top=HILL_DARK
        )
        + group(form, x=770, y=470, s=0.6, turn=8)
        + rect(600, 660, 440, 240, WOOD)
        + rect(580, 640, 480, 34, mix(WOOD, INK, 0.2), 8)
        + rect(680, 490, 260, 152, ACCENT, 10)
        + rect(740, 484, 140, 16, INK, 8)
        + sign(810, 612, 0.9, PAPER, SUN)
        + who("grandmother", 520, 890, 1.42, look=0.9, right=(112, -300), left=(-50, -150))
        + plant(130, 850, 1.5)
    )


@scene("parcours-creation")
def building_steps() -> str:
    def plot(x: float, y: float, s: float) -> str:
        return group(
            line([(-90, -10), (90, -10)], SUN, 6),
            *[line([(k, 0), (k, -46)], WOOD, 9) for k in (-90, 0, 90)],
            rect(-50, -30, 100, 8, WARM),
            x=x,
            y=y,
            s=s,
        )

    def frame(x: float, y: float, s: float) -> str:
        return group(
            rect(-66, -60, 132, 60, PAPER),
            *[rect(k, -98, 10, 98, WOOD) for k in (-66, -5, 56)],
            line([(-74, -92), (0, -156), (74, -92)], WOOD, 12),
            line([(-66, -96), (66, -96)], WOOD, 10),
            line([(0, -100), (0, -150)], WOOD, 10),
            rect(90, -34, 60, 34, WARM, 3),
            rect(102, -60, 40, 26, SUN, 3),
            x=x,
            y=y,
            s=s,
        )

    flags = "".join(
        line([(x, y), (x, y - 130)], INK, 8)
        + poly([(x, y - 130), (x + 84, y - 106), (x, y - 80)], c)
        for x, y, c in [(300, 830, WARM), (830, 700, SUN), (700, 520, ACCENT)]
    )
    return (
        sky()
        + sun(330, 190, 92)
        + cloud(700, 130, 0.8, LATE_SKY)
        + birds(1000, 150)
        + hill([(-40, 420), (400, 340), (800, 400), (1250, 300), (1640, 380)], HAZE)
        + hill([(-40, 500), (400, 460), (900, 440), (1300, 400), (1640, 440)], HILL)
        + hill([(-40, 640), (400, 600), (800, 560), (1250, 500), (1640, 520)], HILL_DARK)
        + road(
            [
                (1180, 470, 26),
                (1010, 500, 40),
                (760, 540, 58),
                (640, 590, 74),
                (760, 660, 96),
                (980, 720, 130),
                (760, 800, 190),
                (300, 860, 240),
                (-80, 940, 300),
            ]
        )
        + maison(1270, 500, 1.16)
        + frame(500, 560, 1.05)
        + house(1130, 690, 1.3, roof=SUN, wall=PAPER, door=WOOD)
        + plot(520, 760, 1.2)
        + flags
        + "".join(
            tree(x, y, k, FOREST)
            for x, y, k in [(120, 640, 1.1), (230, 620, 0.9), (1480, 620, 1.1), (1560, 640, 1.3)]
        )
        + hill([(800, 960), (1000, 880), (1300, 830), (1660, 800)], ACCENT)
        + who("mayor", 130, 880, 0.86, look=0.9, right=(96, -240))
        + who(
            "clerk",
            1350,
            880,
            1.0,
            look=-0.8,
            left=(-20, -194),
            right=(30, -190),
            top=SUN,
            held=rect(-50, -232, 96, 54, PAPER, 4),
        )
        + who("worker", 1480, 882, 1.0, look=-0.9, left=(-92, -250), bottom=INK, top=WARM)
    )
