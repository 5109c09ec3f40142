"""Sharing image, and the small illustrations of empty and error pages."""

from .buildings import maison, sign
from .cast import who
from .land import birds, bush, cloud, grass, hill, poplar, road, sun, tree
from .palette import (
    ACCENT,
    DEEP,
    GREY,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    SKY,
    SUN,
    WARM,
    WARM_SOFT,
    WOOD,
    mix,
)
from .scenes_places import village_on_its_hill
from .svg import circle, curve, group, path, poly, rect, ring
from .vehicles import car

FOREST = mix(HILL_DARK, DEEP, 0.35)


def sharing() -> str:
    """What social networks show for a page without a picture, 1200 by 630."""
    land = (
        rect(0, 0, 1600, 900, SKY)
        + sun(1190, 240, 110)
        + cloud(220, 150, 0.8, "#f8e6cd")
        + birds(900, 170)
        + hill([(-40, 400), (300, 300), (700, 390), (1150, 280), (1640, 380)], HAZE)
        + hill([(-40, 500), (300, 400), (640, 450), (980, 470), (1300, 390), (1640, 480)], HILL)
        + hill(
            [(-40, 600), (160, 540), (420, 500), (760, 510), (1000, 550), (1290, 590), (1640, 540)],
            HILL_DARK,
        )
        + village_on_its_hill(400, 540, 0.72)
        + road(
            [
                (480, 540, 20),
                (640, 576, 34),
                (900, 600, 48),
                (1020, 650, 70),
                (860, 710, 110),
                (620, 780, 180),
                (420, 940, 300),
            ]
        )
        + maison(1100, 670, 1.3)
        + poplar(1500, 650, 1.1)
        + poplar(1550, 660, 0.9)
        + bush(1440, 690, 0.8, FOREST)
        + tree(130, 690, 1.1, FOREST)
        + tree(240, 700, 0.9, FOREST)
        + car(700, 770, 0.7)
    )
    return group(land, x=-60, y=-30, s=0.82)


def _stage(inside: str) -> str:
    """A patch of landscape that stands on light and dark pages alike, 480 by 320."""
    return (
        '<clipPath id="stage"><rect x="8" y="8" width="464" height="300" rx="130"/></clipPath><g clip-path="url(#stage)">'
        f"{rect(0, 0, 480, 320, SKY)}{circle(366, 92, 34, SUN)}"
        f"{path('M-10,190Q110,130 240,176T490,150V330H-10Z', HAZE)}"
        f"{path('M-10,232Q130,186 260,216T490,196V330H-10Z', HILL)}"
        f"{path('M-10,262Q240,222 490,262V330H-10Z', HILL_DARK)}</g>{inside}"
    )


def lost() -> str:
    """404: a signpost whose arms are blank, and a traveller with a map."""
    post = (
        rect(-6, -170, 12, 170, WOOD)
        + poly([(-8, -160), (78, -160), (98, -142), (78, -124), (-8, -124)], PAPER)
        + poly([(8, -112), (-78, -112), (-98, -94), (-78, -76), (8, -76)], WARM_SOFT)
    )
    return _stage(
        group(post, x=330, y=280)
        + who(
            "young",
            150,
            288,
            0.66,
            look=0.7,
            top=WARM,
            left=(-6, -196),
            right=(66, -196),
            held=group(
                poly(
                    [
                        (-34, -30),
                        (-10, -38),
                        (14, -30),
                        (38, -38),
                        (38, 30),
                        (14, 38),
                        (-10, 30),
                        (-34, 38),
                    ],
                    PAPER,
                ),
                curve("M-24,14Q-4,-16 10,6T30,-16", WARM, 4, dash="1 8"),
                x=30,
                y=-214,
            ),
        )
        + grass([(96, 288), (372, 286)], FOREST, 0.8)
    )


def closed() -> str:
    """403: a Maison with a padlock on its door."""
    lock = (
        ring(0, -34, 22, INK, 9)
        + rect(-34, -32, 68, 56, SUN, 8)
        + circle(0, -10, 8, INK)
        + rect(-3, -8, 6, 18, INK)
    )
    return _stage(
        maison(200, 284, 0.84, open_door=False)
        + group(lock, x=200, y=252, s=0.8)
        + tree(78, 280, 0.7, FOREST)
        + bush(404, 286, 0.5, FOREST)
    )


def broken() -> str:
    """500: a car with its bonnet smoking, a toolbox and a cone."""
    cone = (
        poly([(-22, 0), (-7, -56), (7, -56), (22, 0)], SUN)
        + poly([(-16, -22), (-11, -38), (11, -38), (16, -22)], PAPER)
        + rect(-30, -6, 60, 10, SUN, 3)
    )
    smoke = "".join(
        circle(x, y, r, c)
        for x, y, r, c in [
            (306, 164, 16, GREY),
            (326, 140, 20, mix(GREY, PAPER, 0.4)),
            (312, 112, 14, mix(GREY, PAPER, 0.6)),
        ]
    )
    return _stage(
        smoke
        + car(226, 272, 0.86, ACCENT)
        + group(cone, x=396, y=276)
        + group(
            rect(-30, -32, 60, 32, WARM, 4),
            curve("M-12,-34V-44H12V-34", INK, 5),
            sign(0, -6, 0.2, PAPER, SUN),
            x=74,
            y=272,
        )
    )
