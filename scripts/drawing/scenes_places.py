"""Pictures of places: villages, roads, public buildings."""

from .buildings import church, house, long_house, sign
from .land import (
    birds,
    bush,
    cloud,
    grass,
    hill,
    poplar,
    road,
    rows,
    sky,
    sun,
    tree,
)
from .palette import (
    ACCENT,
    DEEP,
    HAIR_GREY,
    HAZE,
    HILL,
    HILL_DARK,
    INK,
    PAPER,
    SKIN_BROWN,
    SKIN_LIGHT,
    SKIN_TAN,
    SUN,
    WARM,
    mix,
)
from .people import person, suitcase
from .scenes import scene
from .svg import circle, group, rect
from .vehicles import car, head


def village_on_its_hill(x: float, y: float, s: float = 1) -> str:
    """Houses gathered around a church."""
    return group(
        house(-330, -10, 0.62, roof=INK, door=ACCENT),
        tree(-268, -6, 0.6, HILL_DARK),
        long_house(-205, -26, 0.8, roof=mix(WARM, INK, 0.3)),
        church(-30, -34, 0.95),
        house(150, -20, 0.8, roof=INK, door=ACCENT, chimney=True),
        long_house(300, 6, 0.85, roof=WARM),
        poplar(215, 6, 0.8),
        poplar(402, 18, 0.72),
        house(-130, 30, 0.92, roof=WARM, shutters=HILL_DARK, chimney=True),
        house(62, 40, 0.9, roof=ACCENT),
        circle(62, -56, 12, WARM),
        x=x,
        y=y,
        s=s,
    )


def meeting_point(x: float, y: float, s: float = 1) -> str:
    """The post where drivers stop: the network's mark on a panel."""
    return group(
        rect(-7, -300, 14, 300, PAPER),
        rect(-58, -330, 116, 120, PAPER, 12),
        sign(0, -226, 0.88),
        x=x,
        y=y,
        s=s,
    )


@scene("ayen-covoiturage")
def ayen() -> str:
    riders = head(-58, -120, 15, SKIN_TAN, INK) + head(26, -120, 15, SKIN_LIGHT, HAIR_GREY)
    return (
        sky()
        + sun(1215, 225, 118)
        + cloud(230, 150, 0.8, "#f8e6cd")
        + birds(880, 170, 0.9)
        + hill(
            [(-40, 410), (240, 310), (520, 380), (820, 400), (1120, 300), (1390, 250), (1640, 380)],
            HAZE,
        )
        + hill([(-40, 500), (300, 400), (640, 450), (980, 470), (1300, 390), (1640, 480)], HILL)
        + rows(1090, 560, 330, 110, 10, mix(HILL, HILL_DARK, 0.45))
        + "".join(
            tree(x, y, 0.5, HILL_DARK)
            for x, y in [(60, 482), (122, 464), (190, 448), (1480, 470), (1546, 478)]
        )
        + hill(
            [(-40, 600), (160, 540), (420, 496), (760, 500), (1000, 540), (1290, 588), (1640, 540)],
            HILL_DARK,
        )
        + road(
            [
                (650, 540, 24),
                (800, 580, 38),
                (1020, 612, 52),
                (1156, 652, 66),
                (1120, 704, 96),
                (860, 752, 150),
                (480, 792, 200),
                (100, 880, 280),
                (-160, 1000, 340),
            ]
        )
        + village_on_its_hill(600, 534, 1.06)
        + "".join(
            tree(x, y, k, mix(HILL_DARK, DEEP, 0.35))
            for x, y, k in [(1360, 640, 0.7), (1440, 652, 0.86), (1530, 640, 0.74)]
        )
        + bush(1250, 640, 0.7, mix(HILL_DARK, DEEP, 0.35))
        + bush(160, 690, 0.9, mix(HILL_DARK, DEEP, 0.35))
        + hill([(560, 960), (800, 858), (1080, 800), (1360, 762), (1660, 742)], ACCENT)
        + car(560, 800, 1.0, people=riders)
        + grass([(930, 866), (1000, 850), (1480, 800), (1540, 830), (1400, 850)], HILL_DARK)
        + meeting_point(1300, 826, 0.95)
        + suitcase(1108, 850, 0.8)
        + person(
            1190,
            850,
            0.84,
            look=-1,
            skin=SKIN_BROWN,
            hair=INK,
            style="curly",
            top=SUN,
            shirt=PAPER,
            bottom=PAPER,
            left=(-112, -300),
            right=(58, -158),
        )
    )
