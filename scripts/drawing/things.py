"""Objects: papers, screens, tools and the signs of a talk."""

import math

from .palette import (
    ACCENT,
    DEEP,
    INK,
    PAPER,
    SAND,
    SOFT,
    SUN,
    WARM,
    WOOD,
    mix,
)
from .svg import Point, circle, curve, group, line, path, poly, rect, ring


def bars(x: float, y: float, widths: list[float], gap: float, thick: float, colour: str) -> str:
    """Lines of a text that is not written."""
    return "".join(rect(x, y + gap * i, w, thick, colour, thick / 2) for i, w in enumerate(widths))


def sheet(
    x: float,
    y: float,
    s: float = 1,
    turn: float = 0,
    colour: str = PAPER,
    mark: str = ACCENT,
    seal: str = "",
) -> str:
    """A paper form, 100 by 134, around its middle."""
    return group(
        rect(-50, -67, 100, 134, colour, 4),
        rect(-34, -50, 40, 9, mark, 4),
        bars(-34, -28, [68, 68, 50, 68, 60], 15, 5, mix(colour, INK, 0.25)),
        circle(28, 48, 10, seal) if seal else "",
        x=x,
        y=y,
        s=s,
        turn=turn,
    )


def folder(x: float, y: float, s: float = 1, colour: str = SUN, turn: float = 0) -> str:
    return group(
        path("M-80,-46H-30L-16,-60H80V60H-80Z", mix(colour, INK, 0.16)),
        rect(-66, -52, 130, 90, PAPER),
        rect(-80, -34, 160, 94, colour, 6),
        x=x,
        y=y,
        s=s,
        turn=turn,
    )


def bubble(x: float, y: float, w: float, h: float, fill: str, tail: Point, inside: str = "") -> str:
    """A speech bubble around (x, y); ``tail`` is the tip, in picture coordinates."""
    tx, ty = tail[0] - x, tail[1] - y
    length = math.hypot(tx, ty) or 1
    nx, ny = -ty / length * 22, tx / length * 22
    bx, by = tx / length * min(w, h) * 0.3, ty / length * min(w, h) * 0.3
    return group(
        poly([(bx + nx, by + ny), (tx, ty), (bx - nx, by - ny)], fill),
        rect(-w / 2, -h / 2, w, h, fill, min(w, h) * 0.36),
        inside,
        x=x,
        y=y,
    )


def screen(
    x: float,
    y: float,
    w: float,
    h: float,
    inside: str = "",
    frame: str = INK,
    glass: str = PAPER,
    foot: bool = True,
) -> str:
    """A monitor whose glass has its top left corner at (x, y)."""
    stand = (
        (
            poly(
                [
                    (x + w / 2 - 22, y + h),
                    (x + w / 2 + 22, y + h),
                    (x + w / 2 + 30, y + h + 62),
                    (x + w / 2 - 30, y + h + 62),
                ],
                frame,
            )
            + rect(x + w / 2 - 74, y + h + 56, 148, 12, frame, 6)
        )
        if foot
        else ""
    )
    return (
        stand
        + rect(x - 14, y - 14, w + 28, h + 28, frame, 12)
        + rect(x, y, w, h, glass, 3)
        + group(inside, x=x, y=y)
    )


def laptop(
    x: float, y: float, s: float = 1, back: bool = True, colour: str = INK, inside: str = ""
) -> str:
    """An open laptop, 190 wide, its base at ``y``; seen from behind or in front."""
    lid = rect(-84, -122, 168, 116, colour, 10)
    face = (
        circle(0, -64, 9, mix(colour, PAPER, 0.5))
        if back
        else (rect(-75, -113, 150, 98, PAPER, 3) + inside)
    )
    return group(lid, face, rect(-100, -10, 200, 12, mix(colour, PAPER, 0.25), 6), x=x, y=y, s=s)


def tablet(
    x: float,
    y: float,
    w: float,
    h: float,
    inside: str = "",
    turn: float = 0,
    colour: str = INK,
    glass: str = PAPER,
) -> str:
    """A tablet or a phone around (x, y)."""
    return group(
        rect(-w / 2 - 14, -h / 2 - 14, w + 28, h + 28, colour, 20),
        rect(-w / 2, -h / 2, w, h, glass, 6),
        group(inside, x=-w / 2, y=-h / 2),
        x=x,
        y=y,
        turn=turn,
    )


def hand(x: float, y: float, s: float, skin: str, sleeve: str, turn: float = 0) -> str:
    """A large pointing hand coming from below; the finger's tip is at (x, y)."""
    dark = mix(skin, INK, 0.16)
    return group(
        path("M-46,360V210H112V360Z", sleeve),
        rect(-58, 196, 182, 40, mix(sleeve, INK, 0.2), 8),
        path(
            "M-18,14Q-18,0 0,0Q18,0 18,14V104Q40,92 52,108Q74,98 84,118Q112,112 112,142V170"
            "Q112,214 70,214H10Q-20,214 -40,180L-76,126Q-84,108 -66,102Q-52,98 -40,112L-18,136Z",
            skin,
        ),
        line([(52, 112), (52, 148)], dark, 4),
        line([(84, 122), (84, 152)], dark, 4),
        line([(18, 104), (18, 140)], dark, 4),
        x=x,
        y=y,
        s=s,
        turn=turn,
    )


def scales(
    x: float, y: float, s: float = 1, colour: str = ACCENT, pans: str = SUN, tip: float = 0
) -> str:
    """Scales of justice, 320 high, foot at (x, y)."""
    a, b = (-130, -250 + tip), (130, -250 - tip)
    parts = [
        rect(-70, -16, 140, 16, colour, 6),
        rect(-9, -290, 18, 280, colour),
        circle(0, -296, 18, WARM),
        line([a, (0, -262), b], colour, 12),
    ]
    for px, py in (a, b):
        parts += [
            line([(px - 58, py + 96), (px, py), (px + 58, py + 96)], colour, 5),
            path(
                f"M{px - 70},{py + 94}H{px + 70}Q{px + 50},{py + 142} {px},{py + 142}"
                f"Q{px - 50},{py + 142} {px - 70},{py + 94}Z",
                pans,
            ),
        ]
    return group(*parts, x=x, y=y, s=s)


def film_camera(x: float, y: float, s: float = 1, flip: bool = False) -> str:
    """A camera on its tripod, pointing right, 400 high."""
    return group(
        line([(0, -230), (-90, 0)], INK, 12),
        line([(0, -230), (90, 0)], INK, 12),
        line([(0, -230), (8, 0)], INK, 12),
        rect(-34, -250, 68, 26, INK, 6),
        rect(-110, -370, 200, 124, DEEP, 14),
        rect(-92, -352, 84, 60, SOFT, 6),
        poly([(90, -334), (150, -364), (150, -262), (90, -292)], INK),
        rect(148, -370, 16, 114, INK, 4),
        circle(54, -342, 9, WARM),
        circle(-60, -404, 40, ACCENT),
        circle(44, -396, 30, ACCENT),
        circle(-60, -404, 13, SOFT),
        circle(44, -396, 10, SOFT),
        rect(-150, -346, 44, 18, INK, 6),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def gear(x: float, y: float, r: float, colour: str, hole: str, teeth: int = 9) -> str:
    out = ""
    for i in range(teeth):
        out += group(
            rect(-r * 0.17, -r * 1.24, r * 0.34, r * 0.5, colour, r * 0.06),
            x=x,
            y=y,
            turn=360 / teeth * i,
        )
    return out + circle(x, y, r, colour) + circle(x, y, r * 0.42, hole)


def star(x: float, y: float, r: float, colour: str) -> str:
    pts = []
    for i in range(10):
        k = r if i % 2 == 0 else r * 0.45
        t = math.pi * (i / 5 - 0.5)
        pts.append((x + k * math.cos(t), y + k * math.sin(t)))
    return poly(pts, colour).replace(
        "/>", f' stroke="{colour}" stroke-width="{r * 0.16:.1f}" stroke-linejoin="round"/>'
    )


def key(x: float, y: float, s: float = 1, colour: str = SUN, turn: float = 0) -> str:
    return group(
        ring(0, 0, 52, colour, 30),
        rect(60, -14, 250, 28, colour, 8),
        rect(230, 6, 26, 56, colour, 5),
        rect(278, 6, 26, 44, colour, 5),
        x=x,
        y=y,
        s=s,
        turn=turn,
    )


def book(x: float, y: float, w: float, h: float, colour: str, band: str = "") -> str:
    """A book standing on a shelf, foot at ``y``."""
    return rect(x, y - h, w, h, colour, 3) + (
        rect(x, y - h * 0.82, w, h * 0.1, band) if band else ""
    )


def open_book(x: float, y: float, s: float = 1, cover: str = WARM) -> str:
    ink = mix(PAPER, INK, 0.28)
    return group(
        path("M-230,-10L0,20L230,-10V-150L0,-118L-230,-150Z", cover),
        path("M0,4Q-90,-46 -214,-26V-164Q-90,-184 0,-136Z", PAPER),
        path("M0,4Q90,-46 214,-26V-164Q90,-184 0,-136Z", mix(PAPER, SAND, 0.55)),
        *[
            curve(f"M-184,{-142 + i * 26}Q-90,{-158 + i * 26} -28,{-120 + i * 26}", ink, 5)
            for i in range(4)
        ],
        *[
            curve(f"M184,{-142 + i * 26}Q90,{-158 + i * 26} 28,{-120 + i * 26}", ink, 5)
            for i in range(4)
        ],
        x=x,
        y=y,
        s=s,
    )


def envelope(x: float, y: float, s: float = 1, turn: float = 0, colour: str = PAPER) -> str:
    return group(
        rect(-70, -46, 140, 92, colour, 5),
        line([(-68, -42), (0, 10), (68, -42)], mix(colour, INK, 0.3), 6),
        rect(40, 16, 20, 22, WARM, 2),
        x=x,
        y=y,
        s=s,
        turn=turn,
    )


def pin(x: float, y: float, s: float = 1, colour: str = WARM, hole: str = PAPER) -> str:
    """A map pin, its tip at (x, y)."""
    return group(
        path("M0,0C-14,-34 -44,-56 -44,-92A44,44 0 0 1 44,-92C44,-56 14,-34 0,0Z", colour),
        circle(0, -92, 17, hole),
        x=x,
        y=y,
        s=s,
    )


def clock(x: float, y: float, r: float, colour: str = PAPER, rim: str = ACCENT) -> str:
    return (
        ring(x, y, r, rim, r * 0.18, colour)
        + line([(x, y), (x, y - r * 0.56)], INK, r * 0.1)
        + line([(x, y), (x + r * 0.4, y + r * 0.2)], INK, r * 0.1)
    )


def flag(x: float, y: float, s: float = 1) -> str:
    """The tricolour in the picture's own palette, on its pole."""
    return group(
        line([(0, 0), (0, -200)], INK, 7),
        circle(0, -204, 8, SUN),
        path("M4,-196Q24,-204 44,-194V-124Q24,-134 4,-126Z", ACCENT),
        path("M44,-194Q64,-184 84,-194V-124Q64,-114 44,-124Z", PAPER),
        path("M84,-194Q104,-204 124,-194V-124Q104,-134 84,-124Z", WARM),
        x=x,
        y=y,
        s=s,
    )


def magnifier(
    x: float, y: float, r: float, glass: str, rim: str = INK, turn: float = 45, inside: str = ""
) -> str:
    return (
        group(rect(r * 0.9, -r * 0.13, r * 1.25, r * 0.26, rim, r * 0.12), x=x, y=y, turn=turn)
        + ring(x, y, r, rim, r * 0.16, glass)
        + inside
    )


def globe(x: float, y: float, r: float, sea: str = ACCENT, lines: str = SOFT) -> str:
    out = circle(x, y, r, sea)
    for k in (0.35, 0.72):
        out += (
            f'<ellipse cx="{x}" cy="{y}" rx="{r * k:.1f}" ry="{r}" fill="none"'
            f' stroke="{lines}" stroke-width="{r * 0.035:.1f}"/>'
        )
    out += line([(x, y - r), (x, y + r)], lines, r * 0.035)
    for k in (-0.5, 0, 0.5):
        half = r * math.sqrt(1 - k * k)
        out += line([(x - half, y + r * k), (x + half, y + r * k)], lines, r * 0.035)
    return out


def chart(
    x: float, y: float, heights: list[float], w: float, gap: float, colours: list[str]
) -> str:
    """Vertical bars standing on ``y``."""
    return "".join(
        rect(x + i * (w + gap), y - h, w, h, colours[i % len(colours)], 4)
        for i, h in enumerate(heights)
    )


def network(
    nodes: list[tuple[float, float, float]],
    links: list[tuple[int, int]],
    thread: str,
    colours: list[str],
    width: float = 5,
) -> str:
    out = "".join(line([nodes[a][:2], nodes[b][:2]], thread, width) for a, b in links)
    return out + "".join(
        circle(x, y, r, colours[i % len(colours)]) for i, (x, y, r) in enumerate(nodes)
    )


def wifi(x: float, y: float, s: float = 1, colour: str = WARM) -> str:
    return group(
        circle(0, 0, 10, colour),
        *[
            curve(f"M{-r * 0.7},{-r * 0.7}A{r},{r} 0 0 1 {r * 0.7},{-r * 0.7}", colour, 12)
            for r in (34, 64, 94)
        ],
        x=x,
        y=y,
        s=s,
    )


def megaphone(x: float, y: float, s: float = 1, colour: str = WARM, flip: bool = False) -> str:
    return group(
        poly([(-60, -26), (70, -84), (70, 84), (-60, 26)], colour),
        rect(-104, -28, 50, 56, INK, 10),
        rect(66, -92, 18, 184, INK, 9),
        rect(-40, 24, 28, 66, INK, 8),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def parcel(x: float, y: float, s: float = 1) -> str:
    return group(
        rect(-60, -80, 120, 80, WOOD),
        rect(-14, -80, 28, 80, SUN),
        rect(18, -40, 32, 24, PAPER),
        x=x,
        y=y,
        s=s,
    )
