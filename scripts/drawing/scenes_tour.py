"""The tour of 2015 and the network: roads, towns, public places."""

from itertools import pairwise

from . import france
from .buildings import (
    block,
    chalet,
    church,
    house,
    long_house,
    maison,
    post_office,
    prefecture,
    sign,
    station,
    town_hall,
)
from .cast import child, who
from .furniture import chair, mug, room
from .land import (
    birds,
    bush,
    cloud,
    grass,
    hill,
    mountain,
    pine,
    poplar,
    ranges,
    road,
    sky,
    sun,
    tree,
)
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
    SOFT,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .people import stick, suitcase
from .scenes import scene
from .svg import circle, curve, group, line, path, poly, rect
from .things import envelope, flag, laptop, parcel, pin
from .vehicles import bike, bus, train, van

FOREST = mix(HILL_DARK, DEEP, 0.35)
LATE_SKY = "#f6e4cb"


@scene("route-des-maisons")
def route() -> str:
    return (
        sky()
        + sun(420, 240, 110)
        + cloud(1250, 150, 0.9, LATE_SKY)
        + birds(700, 180)
        + mountain(1180, 420, 520, 190, HAZE, LATE_SKY)
        + mountain(1420, 430, 420, 150, HAZE, LATE_SKY)
        + hill([(-40, 380), (300, 330), (700, 390), (1100, 370), (1640, 330)], HAZE)
        + hill([(-40, 450), (360, 420), (820, 470), (1250, 400), (1640, 440)], HILL)
        + road([(1010, 398, 8), (960, 424, 14), (1030, 452, 22), (1130, 478, 32)])
        + maison(1210, 446, 0.34)
        + hill(
            [(-40, 540), (380, 500), (760, 560), (1180, 500), (1640, 560)],
            mix(HILL, HILL_DARK, 0.5),
        )
        + road([(1120, 486, 30), (1000, 520, 44), (720, 560, 60), (520, 604, 76)])
        + maison(420, 560, 0.62)
        + poplar(270, 566, 0.7)
        + poplar(236, 572, 0.6)
        + "".join(
            tree(x, y, k) for x, y, k in [(1340, 540, 0.6), (1420, 548, 0.7), (1500, 546, 0.6)]
        )
        + hill([(-40, 660), (420, 610), (900, 680), (1640, 600)], HILL_DARK)
        + road(
            [
                (530, 600, 76),
                (560, 652, 100),
                (780, 700, 130),
                (900, 760, 180),
                (760, 850, 260),
                (620, 980, 320),
            ]
        )
        + maison(1220, 730, 1.12)
        + bus(640, 812, 0.66, WARM)
        + hill([(-40, 860), (240, 800), (420, 860), (520, 960)], ACCENT)
        + grass([(90, 850), (170, 836), (260, 842)], HILL_DARK)
        + tree(120, 820, 1.3, FOREST)
        + bush(1530, 770, 1.1, FOREST)
    )


@scene("tour-des-villes")
def tour() -> str:
    stops = [
        (278, 219),
        (178, 250),
        (128, 178),
        (310, 60),
        (470, 160),
        (440, 260),
        (416, 364),
        (470, 470),
        (282, 478),
        (224, 410),
    ]
    trail = "".join(
        curve(
            f"M{a[0]},{a[1]}Q{(a[0] + b[0]) / 2 + 14},{(a[1] + b[1]) / 2 - 26} {b[0]},{b[1]}",
            WARM,
            5,
            dash="2 13",
        )
        for a, b in pairwise(stops)
    )
    pins = "".join(pin(x, y, 0.42 if i else 0.6) for i, (x, y) in enumerate(stops))
    return (
        sky(SOFT)
        + cloud(250, 170, 1.1)
        + cloud(1420, 260, 0.9)
        + birds(240, 330)
        + group(
            france.country(PAPER, mix(PAPER, HILL, 0.5), 1.2) + trail + pins, x=470, y=22, s=1.12
        )
        + hill([(-40, 700), (300, 640), (700, 720), (1150, 690), (1640, 620)], HILL)
        + "".join(
            tree(x, y, k)
            for x, y, k in [(120, 690, 0.7), (200, 680, 0.9), (1500, 660, 0.9), (1410, 676, 0.7)]
        )
        + house(360, 700, 0.7, roof=INK, door=ACCENT)
        + church(250, 690, 0.55)
        + hill([(-40, 760), (800, 750), (1640, 770)], HILL_DARK)
        + rect(0, 808, 1600, 12, INK)
        + rect(0, 820, 1600, 80, mix(ACCENT, DEEP, 0.4))
        + "".join(rect(30 + i * 80, 818, 44, 10, WOOD) for i in range(20))
        + train(1260, 806, 0.78, WARM)
    )


@scene("prefecture")
def seat_of_the_state() -> str:
    return (
        sky()
        + sun(1300, 210, 90)
        + cloud(330, 170, 1, LATE_SKY)
        + cloud(1080, 120, 0.7, LATE_SKY)
        + "".join(
            block(x, 560, w, h, HAZE, 5, 3, mix(HAZE, PAPER, 0.5))
            for x, w, h in [(-20, 150, 240), (150, 120, 180), (1330, 140, 220), (1480, 160, 280)]
        )
        + flag(800, 232, 0.86)
        + rect(0, 556, 1600, 344, HILL_DARK)
        + prefecture(800, 640, 1.28)
        + poly([(640, 640), (960, 640), (1260, 900), (340, 900)], ROAD)
        + poly([(0, 740), (520, 740), (340, 900), (0, 900)], FOREST)
        + poly([(1600, 740), (1080, 740), (1260, 900), (1600, 900)], FOREST)
        + "".join(
            tree(x, y, k, HILL_DARK)
            for x, y, k in [(70, 760, 1.5), (270, 745, 1.15), (1330, 745, 1.15), (1530, 760, 1.5)]
        )
        + who(
            "manager",
            640,
            872,
            0.9,
            look=0.8,
            left=(-26, -190),
            right=(40, -186),
            held=rect(-8, -226, 64, 46, SUN, 4),
        )
        + who("mayor", 880, 878, 0.9, look=-0.8, left=(-88, -206))
    )


@scene("bureau-de-poste")
def post() -> str:
    return (
        sky(WARM_SOFT)
        + sun(210, 220, 92)
        + ranges(400)
        + house(1500, 640, 1.15, roof=INK, door=ACCENT, shutters=HILL_DARK, chimney=True)
        + long_house(170, 640, 1.2, roof=mix(WARM, INK, 0.3), w=300)
        + rect(0, 630, 1600, 270, SAND)
        + post_office(830, 652, 1.5)
        + rect(0, 652, 1600, 34, ROAD)
        + rect(0, 686, 1600, 214, mix(SAND, WOOD, 0.14))
        + tree(1330, 700, 2.0, HILL_DARK)
        + envelope(830, 276, 0.7)
        + bike(250, 830, 1.5, WARM)
        + parcel(188, 658, 0.62)
        + who(
            "farmer",
            440,
            840,
            1.06,
            look=1,
            top=ACCENT,
            hair=INK,
            beard="",
            left=(10, -190),
            right=(92, -210),
            held=envelope(98, -220, 0.72, -8),
        )
        + stick(1284, 846, 700, WOOD)
        + who("grandmother", 1216, 850, 1.04, look=-1, left=(-88, -206), right=(62, -152))
        + child(
            1090, 850, 0.68, look=-0.8, left=(-70, -300), style="curly", hair=INK, top=HILL_DARK
        )
    )


@scene("village")
def village_square() -> str:
    table = line([(0, -80), (0, 0)], INK, 8) + rect(-60, -92, 120, 12, PAPER, 5)
    return (
        sky()
        + sun(1330, 190, 90)
        + cloud(640, 130, 0.9, LATE_SKY)
        + ranges(380)
        + church(330, 600, 1.35)
        + house(110, 620, 1.5, roof=mix(WARM, INK, 0.3), shutters=ACCENT)
        + long_house(600, 620, 1.35, roof=WARM, shutters=HILL_DARK)
        + town_hall(980, 620, 1.02)
        + house(1300, 625, 1.35, roof=INK, door=ACCENT, chimney=True)
        + long_house(1530, 630, 1.3, roof=WARM)
        + rect(0, 612, 1600, 288, ROAD)
        + rect(0, 612, 1600, 22, SAND)
        + "".join(tree(x, 690, 1.7, HILL_DARK) for x in (760, 1190))
        + path("M-20,900V800Q420,730 800,760T1620,740V900Z", mix(SAND, WOOD, 0.18))
        # the market stall
        + line([(170, 800), (170, 500)], INK, 8)
        + line([(450, 800), (450, 500)], INK, 8)
        + who("blonde", 310, 800, 0.72, pose="bust", look=0.6, top=ACCENT)
        + "".join(
            circle(178 + i * 29.5, 686, 17, (WARM, SUN, HILL_DARK)[i // 4]) for i in range(10)
        )
        + rect(150, 694, 320, 116, WOOD)
        + rect(150, 740, 320, 8, mix(WOOD, INK, 0.2))
        + "".join(
            poly(
                [
                    (130 + i * 45, 470),
                    (175 + i * 45, 470),
                    (175 + i * 45, 536),
                    (152 + i * 45, 550),
                    (130 + i * 45, 536),
                ],
                (PAPER, WARM)[i % 2],
            )
            for i in range(8)
        )
        + who("grandfather", 540, 836, 0.9, look=-1, left=(-80, -200))
        + who("neighbour", 830, 856, 0.96, look=0.9, right=(76, -196), left=(-40, -170))
        + child(960, 858, 0.64, look=-0.8, left=(-66, -300), top=SUN, style="bob")
        + group(table, mug(0, -92, 0.5), x=1333, y=856, s=1.25)
        + chair(1190, 856, 0.9, ACCENT)
        + chair(1476, 856, 0.9, ACCENT, flip=True)
        + who("worker", 1190, 856, 0.88, pose="sit", look=1, right=(96, -200), top=SUN)
        + who("clerk", 1476, 856, 0.88, pose="sit", look=-1, left=(-70, -196))
    )


@scene("pays-de-montagne")
def highlands() -> str:
    return (
        sky(SOFT)
        + sun(300, 200, 86, SUN)
        + mountain(480, 620, 900, 480, HILL, PAPER)
        + mountain(1300, 640, 980, 560, HILL, PAPER)
        + mountain(880, 640, 820, 420, HILL_DARK, PAPER)
        + line([(-20, 300), (1620, 120)], INK, 4)
        + "".join(
            line([(x, y), (x, y + 36)], INK, 5)
            + rect(x - 40, y + 34, 80, 66, c, 12)
            + rect(x - 30, y + 44, 60, 26, SOFT, 4)
            for x, y, c in [(520, 240, WARM), (1180, 167, ACCENT)]
        )
        + hill([(-40, 560), (300, 600), (700, 560), (1100, 610), (1640, 540)], HILL_DARK)
        + "".join(
            pine(x, y, k, FOREST)
            for x, y, k in [
                (60, 640, 1.0),
                (140, 650, 1.2),
                (1420, 620, 1.1),
                (1500, 640, 1.3),
                (1570, 620, 1.0),
                (820, 600, 0.6),
                (870, 606, 0.7),
            ]
        )
        + road(
            [
                (740, 640, 30),
                (660, 664, 44),
                (610, 706, 70),
                (660, 760, 110),
                (690, 830, 170),
                (600, 980, 280),
            ]
        )
        + chalet(330, 690, 0.95, INK)
        + chalet(1180, 680, 0.8, mix(WARM, INK, 0.3))
        + maison(880, 742, 1.08)
        + hill([(-40, 780), (300, 800), (520, 880), (600, 960)], ACCENT)
        + hill([(900, 960), (1100, 850), (1400, 800), (1660, 790)], ACCENT)
        + "".join(pine(x, y, k, DEEP) for x, y, k in [(80, 840, 1.9), (1530, 850, 2.0)])
        + who("young", 690, 850, 0.66, look=0.8, top=WARM, left=(-30, -168), right=(84, -220))
    )


def _van_side() -> str:
    return sign(0, -92, 1.05)


@scene("itinerance")
def on_the_road() -> str:
    return (
        sky()
        + sun(1390, 230, 100)
        + cloud(900, 130, 0.8, LATE_SKY)
        + birds(1060, 220)
        + ranges(410)
        + church(240, 560, 0.9)
        + house(110, 566, 0.9, roof=INK, door=ACCENT)
        + house(400, 570, 0.95, shutters=HILL_DARK, chimney=True)
        + hill([(-40, 590), (500, 566), (1000, 600), (1640, 560)], HILL_DARK)
        + "".join(
            poplar(x, 610, k) for x, k in [(1300, 1.1), (1360, 1.25), (1420, 1.1), (1480, 1.3)]
        )
        + rect(0, 690, 1600, 210, ROAD)
        + rect(0, 690, 1600, 14, SAND)
        + van(760, 770, 1.5, PAPER, side=_van_side())
        + poly([(470, 430), (680, 430), (620, 530), (370, 530)], WARM)
        + "".join(
            poly(
                [
                    (470 + i * 52.5, 430),
                    (496 + i * 52.5, 430),
                    (401 + i * 62.5, 530),
                    (370 + i * 62.5, 530),
                ],
                WARM_SOFT,
            )
            for i in range(4)
        )
        + line([(384, 530), (384, 790)], INK, 6)
        + who(
            "agent",
            540,
            836,
            0.84,
            look=-0.9,
            left=(-92, -178),
            right=(-20, -180),
            top=WARM,
            wear="jacket",
        )
        + rect(250, 708, 250, 18, WOOD, 6)
        + line([(280, 720), (262, 842)], INK, 9)
        + line([(470, 720), (488, 842)], INK, 9)
        + laptop(296, 710, 0.62)
        + who("grandfather", 210, 842, 0.8, look=1, right=(96, -176), left=(6, -180))
        + stick(1206, 850, 706, WOOD)
        + who("grandmother", 1160, 850, 0.82, look=-1, right=(56, -168))
        + who("student", 1300, 846, 0.84, look=-0.9, left=(-70, -200), right=(54, -168))
    )


@scene("reseau")
def lights() -> str:
    night, hill1, hill2 = DEEP, mix(ACCENT, HILL_DARK, 0.35), ACCENT
    spots = [
        (170, 520, 0.6),
        (430, 440, 0.5),
        (720, 500, 0.62),
        (1010, 420, 0.5),
        (1300, 470, 0.6),
        (330, 690, 0.9),
        (800, 700, 1.0),
        (1240, 680, 0.9),
    ]
    links = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (5, 6), (2, 6), (6, 7), (4, 7), (1, 3)]
    arcs = "".join(
        curve(
            f"M{spots[a][0]},{spots[a][1] - 120 * spots[a][2]}"
            f"Q{(spots[a][0] + spots[b][0]) / 2},{min(spots[a][1], spots[b][1]) - 230} "
            f"{spots[b][0]},{spots[b][1] - 120 * spots[b][2]}",
            SUN,
            4,
            dash="1 12",
        )
        for a, b in links
    )
    stars = "".join(
        circle(i * i * 53 % 1600, i * i * i * 17 % 330 + 16, 2 + i % 3, mix(DEEP, SOFT, 0.7))
        for i in range(1, 60)
    )

    def lit(x: float, y: float, s: float) -> str:
        return group(
            poly([(-66, 0), (-66, -96), (0, -152), (66, -96), (66, 0)], SOFT),
            line([(-82, -84), (0, -154), (82, -84)], WARM, 22, "butt"),
            rect(-40, -58, 30, 58, SUN),
            rect(8, -72, 34, 34, SUN),
            circle(0, -104, 11, WARM),
            x=x,
            y=y,
            s=s,
        )

    return (
        rect(0, 0, 1600, 900, night)
        + stars
        + circle(1400, 150, 62, WARM_SOFT)
        + circle(1374, 136, 56, night)
        + hill([(-40, 500), (280, 410), (640, 470), (1000, 390), (1320, 440), (1640, 380)], hill1)
        + "".join(lit(*spots[i]) for i in (1, 3))
        + hill(
            [(-40, 560), (300, 500), (700, 520), (1100, 490), (1640, 500)], mix(hill1, hill2, 0.6)
        )
        + "".join(lit(*spots[i]) for i in (0, 2, 4))
        + "".join(
            pine(x, y, k, DEEP)
            for x, y, k in [
                (560, 540, 0.6),
                (610, 548, 0.7),
                (1480, 540, 0.8),
                (1540, 550, 0.9),
                (60, 560, 0.8),
            ]
        )
        + hill([(-40, 720), (400, 680), (860, 690), (1640, 660)], mix(ACCENT, DEEP, 0.55))
        + arcs
        + "".join(lit(*spots[i]) for i in (5, 6, 7))
        + "".join(
            tree(x, y, k, ACCENT, DEEP)
            for x, y, k in [(560, 740, 1.1), (1020, 730, 1.0), (120, 760, 1.3), (1480, 740, 1.3)]
        )
        + hill([(-40, 850), (500, 800), (1100, 830), (1640, 780)], INK)
    )


@scene("gare")
def railway() -> str:
    return (
        sky()
        + sun(330, 200, 88)
        + cloud(1180, 140, 0.9, LATE_SKY)
        + ranges(380)
        + "".join(
            tree(x, 610, k, HILL_DARK) for x, k in [(90, 1.3), (200, 1.0), (1460, 1.2), (1560, 1.4)]
        )
        + station(840, 640, 1.3)
        + group(rect(-80, -60, 160, 120, PAPER, 12), rect(-5, 60, 10, 110, INK), x=230, y=476)
        + sign(230, 520, 0.92)
        + rect(0, 636, 1600, 60, SAND)
        + rect(0, 690, 1600, 26, mix(SAND, WOOD, 0.35))
        + rect(0, 700, 1600, 200, mix(HILL_DARK, DEEP, 0.5))
        + "".join(rect(10 + i * 84, 836, 50, 12, WOOD) for i in range(20))
        + rect(0, 828, 1600, 10, INK)
        + who("manager", 500, 686, 0.6, look=-0.8, left=(-78, -210))
        + who("grandfather", 390, 688, 0.58, look=0.9, right=(70, -176))
        + who("student", 1150, 688, 0.6, look=-0.6, top=WARM)
        + suitcase(1106, 690, 0.6)
        + child(1232, 690, 0.44, look=-0.8, top=ACCENT, style="bob")
        + train(690, 828, 0.86, ACCENT, 2)
    )


@scene("saisonniers")
def season() -> str:
    return (
        sky(SOFT)
        + sun(1260, 170, 78)
        + mountain(260, 640, 860, 500, HILL, PAPER)
        + mountain(1240, 640, 1000, 430, HILL, PAPER)
        + mountain(760, 640, 760, 330, HILL_DARK, PAPER)
        + line([(-20, 470), (1620, 150)], INK, 4)
        + "".join(
            line([(x, y), (x, y + 60)], INK, 5)
            + rect(x - 46, y + 92, 92, 12, INK, 5)
            + rect(x - 46, y + 60, 92, 40, c, 8)
            for x, y, c in [(420, 382, WARM), (700, 326, ACCENT), (980, 270, WARM)]
        )
        + path("M-20,900V560Q300,500 640,600T1100,580T1620,540V900Z", PAPER)
        + "".join(pine(x, y, k) for x, y, k in [(70, 640, 1.1), (150, 660, 1.4), (1540, 600, 1.2)])
        + chalet(1240, 720, 1.75, INK)
        + path("M-20,900V770Q500,720 900,780T1620,760V900Z", mix(PAPER, SOFT, 0.7))
        # the terrace, its table and its waiter
        + rect(930, 736, 190, 12, WOOD, 4)
        + line([(960, 744), (960, 812)], INK, 8)
        + line([(1090, 744), (1090, 812)], INK, 8)
        + who(
            "worker",
            860,
            826,
            0.86,
            look=1,
            top=INK,
            shirt=PAPER,
            wear="cardigan",
            bottom=WARM,
            right=(94, -236),
            left=(-46, -160),
            held=rect(56, -268, 92, 9, GREY, 4)
            + rect(76, -300, 22, 32, SUN, 4)
            + rect(108, -294, 22, 26, WARM, 4),
        )
        # the lift attendant with a snow shovel
        + line([(532, 812), (420, 610)], WOOD, 10)
        + poly([(500, 800), (560, 770), (600, 834), (530, 850)], ACCENT)
        + who(
            "farmer",
            400,
            826,
            0.9,
            look=1,
            top=WARM,
            bottom=INK,
            hair=ACCENT,
            beard="",
            right=(60, -196),
            left=(34, -234),
        )
        + suitcase(246, 830, 1.0, ACCENT)
        + who(
            "young",
            180,
            830,
            0.86,
            look=1,
            top=HILL_DARK,
            shirt=SUN,
            wear="scarf",
            right=(72, -170),
        )
    )


@scene("carte")
def map_on_the_wall() -> str:
    towns = "".join(circle(x, y, 4.6, ACCENT) for x, y in france.dots(19))
    return (
        room(ACCENT, DEEP, 780)
        + rect(360, 40, 900, 700, PAPER, 8)
        + group(
            france.country(SOFT, PAPER, 1.4)
            + towns
            + "".join(pin(x, y, 0.5) for x, y in [(250, 360), (330, 300), (380, 420), (200, 260)]),
            x=450,
            y=66,
            s=1.16,
        )
        + who(
            "agent",
            260,
            900,
            1.25,
            look=1,
            back=False,
            right=(114, -286),
            left=(-40, -160),
            top=SUN,
            bottom=INK,
        )
        + who(
            "clerk",
            1390,
            900,
            1.25,
            look=-1,
            left=(-20, -190),
            right=(10, -186),
            top=WARM,
            held=rect(-46, -222, 80, 50, PAPER, 4),
        )
    )
