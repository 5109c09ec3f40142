"""Simple flat figures. A person stands at (x, y), about 350 high at scale 1."""

import math

from .palette import (
    ACCENT,
    DEEP,
    HAIR_BROWN,
    HAIR_GREY,
    INK,
    PAPER,
    SKIN_LIGHT,
    SUN,
    WARM,
    mix,
)
from .svg import Point, circle, curve, ellipse, group, line, path, poly, rect, ring

ARM = 62.0


def _elbow(a: Point, b: Point, side: float) -> tuple[Point, Point]:
    """Return the elbow and the reachable hand, for two bones of equal length."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1
    if length > ARM * 1.96:
        dx, dy = dx * ARM * 1.96 / length, dy * ARM * 1.96 / length
        length = ARM * 1.96
    hand = (a[0] + dx, a[1] + dy)
    bow = math.sqrt(max(ARM**2 - (length / 2) ** 2, 0))
    return (
        a[0] + dx / 2 - dy / length * bow * side,
        a[1] + dy / 2 + dx / length * bow * side,
    ), hand


def arm(shoulder: Point, hand: Point, sleeve: str, skin: str, short: bool = False) -> str:
    """An arm whose elbow falls, or goes outwards when the arm hangs."""
    options = [_elbow(shoulder, hand, side) for side in (1, -1)]
    first, second = options[0][0], options[1][0]
    if abs(first[1] - second[1]) > 30:
        elbow, hand = max(options, key=lambda option: option[0][1])
    else:
        elbow, hand = max(options, key=lambda option: abs(option[0][0]))
    tip = (elbow[0] + (hand[0] - elbow[0]) * 0.84, elbow[1] + (hand[1] - elbow[1]) * 0.84)
    if short:
        return (
            line([shoulder, elbow, tip], skin, 20)
            + line([shoulder, elbow], sleeve, 26)
            + circle(*hand, 12, skin)
        )
    return circle(*hand, 13, skin) + line([shoulder, elbow, tip], sleeve, 26)


def _hair_back(style: str, hair: str, look: float) -> str:
    k = -look * 6
    return {
        "bob": rect(-35 + k, -354, 70, 72, hair, 32),
        "long": path(
            f"M{-34 + k},-320C{-36 + k},-366 {36 + k},-366 {34 + k},-320"
            f"L{40 + k},-248Q{k},-236 {-40 + k},-248Z",
            hair,
        ),
        "afro": circle(k * 0.5, -330, 47, hair),
        "curly": "".join(
            circle(k + 34 * math.cos(t), -326 + 32 * math.sin(t), 17, hair)
            for t in [math.pi * i / 7 - math.pi * 0.02 for i in range(7, 15)]
        )
        + circle(k - 34, -310, 15, hair)
        + circle(k + 34, -310, 15, hair),
        "bun": circle(k * 1.5, -366, 17, hair),
        "knot": circle(k * 5, -318, 17, hair) if look else circle(0, -358, 18, hair),
        "pony": path(
            f"M{k * 3.2},-340Q{k * 9},-330 {k * 7.4},-270Q{k * 4},-290 {k * 3},-312Z", hair
        ),
        "veil": path(
            "M-37,-318C-40,-368 40,-368 37,-318C37,-296 46,-276 54,-262"
            "Q0,-236 -54,-262C-46,-276 -37,-296 -37,-318Z",
            hair,
        ),
    }.get(style, "")


def _hair_front(style: str, hair: str, look: float) -> str:
    k = look * 8
    cap = path(
        f"M-30,-310C-35,-368 35,-368 30,-310Q{24 + k * 0.3},-332 {16 + k},-336"
        f"Q{-4 + k},-328 -20,-334Q-27,-328 -30,-310Z",
        hair,
    )
    if style == "bald":
        sides = {
            -1: path("M-28,-324C-33,-322 -31,-300 -26,-298Q-25,-316 -28,-324Z", hair),
            1: path("M28,-324C33,-322 31,-300 26,-298Q25,-316 28,-324Z", hair),
        }
        return "".join(shape for side, shape in sides.items() if side * look < 0.5)
    if style == "veil":
        return path("M-30,-304C-36,-374 36,-374 30,-304Q24,-341 0,-341Q-24,-341 -30,-304Z", hair)
    if style == "cap":
        return path("M-30,-322C-32,-362 32,-362 30,-322Z", hair) + rect(
            min(0, look) * 24 - 26, -328, 52 + abs(look) * 24, 9, hair, 4
        )
    if style == "side":
        return path(
            "M-30,-308C-38,-368 38,-370 31,-308Q26,-328 20,-336Q0,-322 -22,-340Q-28,-326 -29,-308Z",
            hair,
        )
    return cap


def face(look: float, skin: str, glasses: bool, beard: str) -> str:
    k = look * (8 if glasses else 11)
    dark = mix(skin, INK, 0.62)
    out = ""
    if beard:
        out += path(
            f"M-27,-314Q-26,-282 0,-282Q26,-282 27,-314Q{18 + k * 0.5},-302 {k},-306"
            f"Q{-18 + k * 0.5},-302 -27,-314Z",
            beard,
        )
    out += circle(k - 9, -317, 3, INK) + circle(k + 9, -317, 3, INK)
    out += curve(f"M{k + look * 4},-314Q{k + look * 8 + 2},-308 {k + look * 3},-307", dark, 2.5)
    out += curve(f"M{k - 7},-299Q{k},-294 {k + 7},-299", PAPER if beard else dark, 3)
    if glasses:
        out += ring(k - 10, -317, 8.5, INK, 2.6) + ring(k + 10, -317, 8.5, INK, 2.6)
        out += line([(k - 2, -318), (k + 2, -318)], INK, 2.6)
    return out


def head(
    look: float,
    skin: str,
    hair: str,
    style: str,
    *,
    back: bool = False,
    glasses: bool = False,
    beard: str = "",
) -> str:
    shade = mix(skin, INK, 0.14)
    neck = rect(-11, -304, 22, 36, shade, 8)
    if back:
        crown = ellipse(0, -318, 28, 32, hair if style != "bald" else skin)
        return neck + crown + _hair_back(style, hair, 0)
    ear = (
        circle(-look * 27 if look else 27, -314, 6, shade) if style not in ("veil", "long") else ""
    )
    return (
        _hair_back(style, hair, look)
        + ("" if style == "veil" else neck)
        + ear
        + ellipse(0, -318, 27, 31, skin)
        + face(look, skin, glasses, beard)
        + _hair_front(style, hair, look)
    )


def _tilted(drawing: str, turn: float) -> str:
    """Turn a head around its neck."""
    return group(group(drawing, y=285), y=-285, turn=turn) if turn else drawing


def _shoe(x: float, d: float, colour: str) -> str:
    return path(
        f"M{x - 13},0V-14Q{x},-22 {x + 12 + d * 8},-9Q{x + 17 + d * 8},-2 {x + 15 + d * 8},0Z"
        if d >= 0
        else f"M{x + 13},0V-14Q{x},-22 {x - 12 + d * 8},-9Q{x - 17 + d * 8},-2 {x - 15 + d * 8},0Z",
        colour,
    )


def _legs(kind: str, bottom: str, skin: str, look: float, step: float) -> str:
    d = 1 if look >= 0 else -1
    out = ""
    for sx in (-1, 1):
        hip, foot = (sx * 17, -162), (sx * (17 + step), -12)
        if kind in ("skirt", "dress"):
            out += line([(sx * 15, -100), (sx * (15 + step * 0.6), -12)], skin, 18)
            out += _shoe(sx * (15 + step * 0.6), d, INK)
        else:
            out += line([hip, foot], bottom if sx * d > 0 else mix(bottom, INK, 0.22), 30, "butt")
            out += _shoe(foot[0], d, INK)
    if kind in ("skirt", "dress"):
        out += path("M-36,-176H36L50,-76Q0,-66 -50,-76Z", bottom)
    return out


def _torso(top: str, shirt: str, style: str) -> str:
    body = path(
        "M-22,-283Q-47,-280 -49,-252L-40,-156Q0,-150 40,-156L49,-252Q47,-280 22,-283"
        "Q0,-272 -22,-283Z",
        top,
    )
    if style == "jacket":
        return (
            body
            + poly([(-13, -281), (13, -281), (0, -200)], shirt)
            + line([(0, -204), (0, -156)], mix(top, INK, 0.4), 3)
        )
    if style == "cardigan":
        return body + path("M-14,-281Q0,-270 14,-281L18,-154H-18Z", shirt)
    if style == "stripe":
        return body + "".join(
            rect(-44 + i * 1.2, -246 + 24 * i, 88 - i * 2.4, 9, shirt) for i in range(4)
        )
    if style == "scarf":
        return (
            body
            + path("M-24,-288Q0,-268 24,-288L26,-270Q0,-252 -26,-270Z", shirt)
            + path("M8,-266L22,-268L26,-214H12Z", shirt)
        )
    if style == "sash":
        return (
            body
            + poly([(-44, -268), (-34, -276), (40, -178), (40, -164)], ACCENT)
            + poly([(-38, -272), (-30, -279), (41, -186), (40, -173)], PAPER)
            + poly([(-33, -277), (-25, -282), (42, -195), (41, -183)], WARM)
        )
    return body + path("M-13,-282Q0,-262 13,-282Z", shirt)


def _upper(figure: str, look: float, left: str, right: str, held: str, back: bool) -> str:
    """Put the far arm behind the body and the near one in front."""
    if back:
        return left + right + held + figure
    if look > 0:
        return left + figure + held + right
    if look < 0:
        return right + figure + held + left
    return figure + held + left + right


def _seated_legs(d: int, bottom: str) -> str:
    return (
        line([(0, -92), (66 * d, -92), (62 * d, -12)], mix(bottom, INK, 0.22), 32)
        + _shoe(62 * d, d, INK)
        + line([(0, -92), (84 * d, -92), (84 * d, -12)], bottom, 32)
        + _shoe(84 * d, d, INK)
        + rect(-38, -112, 76, 36, bottom, 16)
    )


def person(
    x: float,
    y: float,
    s: float = 1,
    *,
    look: float = 0,
    skin: str = SKIN_LIGHT,
    hair: str = HAIR_BROWN,
    style: str = "short",
    top: str = ACCENT,
    shirt: str = PAPER,
    wear: str = "plain",
    bottom: str = DEEP,
    legs: str = "trousers",
    step: float = 4,
    left: Point = (-52, -143),
    right: Point = (52, -143),
    pose: str = "stand",
    back: bool = False,
    glasses: bool = False,
    beard: str = "",
    short: bool = False,
    held: str = "",
    tilt: float = 0,
    flip: bool = False,
) -> str:
    """Draw one figure.

    ``look`` runs from -1 (to the left) to 1; ``left`` and ``right`` are where the hands
    go, as seen on the picture, in the figure's own coordinates; ``held`` is drawn between
    the body and the near arm. ``pose`` is "stand", "sit" (legs in profile, towards
    ``look``) or "bust" (no legs: behind a table).
    """
    d = 1 if look >= 0 else -1
    dim = mix(top, INK, 0.18)
    figure = _torso(top, top if back else shirt, "plain" if back else wear) + _tilted(
        head(look, skin, hair, style, back=back, glasses=glasses, beard=beard), tilt
    )
    upper = _upper(
        figure,
        look,
        arm((-36, -258), left, dim if look > 0 or back else top, skin, short),
        arm((36, -258), right, dim if look < 0 or back else top, skin, short),
        held,
        back,
    )
    if pose == "bust":
        return group(upper, x=x, y=y, s=s, flip=flip)
    if pose == "sit":
        return group(_seated_legs(d, bottom), group(upper, y=68), x=x, y=y, s=s, flip=flip)
    lower = _legs(legs, top if legs == "dress" else bottom, skin, look, step)
    return group(lower, upper, x=x, y=y, s=s, flip=flip)


def stick(x: float, foot: float, top: float, colour: str = HAIR_GREY) -> str:
    """A walking stick under a hand at (x, top)."""
    return curve(f"M{x - 14},{top + 6}Q{x - 12},{top - 10} {x},{top - 6}L{x + 4},{foot}", colour, 6)


def wheelchair(x: float, y: float, s: float = 1, flip: bool = False) -> str:
    """The chair of a seated figure facing right, drawn over it."""
    return group(
        line([(-50, -200), (-44, -80), (50, -80), (84, -14)], INK, 8),
        line([(-50, -200), (-72, -206)], INK, 8),
        rect(74, -14, 40, 8, INK, 4),
        ring(-14, -62, 58, INK, 8),
        circle(-14, -62, 8, INK),
        ring(70, -16, 14, INK, 6),
        x=x,
        y=y,
        s=s,
        flip=flip,
    )


def suitcase(x: float, y: float, s: float = 1, colour: str = SUN) -> str:
    return group(
        curve("M-14,-58V-74H14V-58", INK, 6),
        rect(-38, -60, 76, 58, colour, 8),
        rect(-24, -60, 8, 58, WARM),
        rect(16, -60, 8, 58, WARM),
        x=x,
        y=y,
        s=s,
    )
