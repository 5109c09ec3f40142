"""Draw the pictures of the site: ``python scripts/draw_pictures.py [name …]``."""

import argparse
from pathlib import Path

from drawing import (  # noqa: F401 - each scenes_* module registers its pictures
    brand,
    notices,
    scenes_indoors,
    scenes_partners,
    scenes_places,
    scenes_tools,
    scenes_tour,
)
from drawing.palette import ACCENT, PAPER, SUN, WARM
from drawing.render import document, quantise, screenshots
from drawing.scenes import SCENES

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "bulletin" / "demo" / "pictures"
IMG = ROOT / "static" / "img"
SUPPORTS = IMG / "supports"
# The pictures of the sheets that members make their own (toolbox/supports.py).
ON_SUPPORTS = ("une-maison-au-village", "guichet", "village", "mediation-numerique")
DOTS = ROOT / "templates" / "components" / "map_dots.html"


BATCH = 8


def draw(names: list[str], png: bool = True) -> None:
    """Write the SVG of each picture and, unless told otherwise, its PNG."""
    for start in range(0, len(names), BATCH):
        drawings = []
        for name in names[start : start + BATCH]:
            svg = document(SCENES[name]())
            (PICTURES / f"{name}.svg").write_text(svg)
            drawings.append((svg, 1600, 900, PICTURES / f"{name}.png"))
        if png:
            screenshots(drawings)
            for drawing in drawings:
                quantise(drawing[3])


def drawn_supports() -> dict[str, str]:
    """The SVG of each picture of the supports, and the logo for a dark ground."""
    pictures = {name: document(SCENES[name]()) for name in ON_SUPPORTS}
    return {**pictures, "marque": brand.logo().replace(ACCENT, PAPER).replace(WARM, SUN)}


def draw_supports() -> None:
    SUPPORTS.mkdir(parents=True, exist_ok=True)
    for name, svg in drawn_supports().items():
        (SUPPORTS / f"{name}.svg").write_text(svg)


def draw_brand() -> None:
    """Write the logo, the icons, the dotted map and the drawings of the error pages."""
    IMG.mkdir(parents=True, exist_ok=True)
    DOTS.parent.mkdir(parents=True, exist_ok=True)
    notes = {"404": notices.lost(), "403": notices.closed(), "500": notices.broken()}
    files = {
        "logo": brand.logo(),
        "favicon": brand.favicon(),
        "carte-points": brand.map_dots(f'color="{ACCENT}"'),
        **{name: document(drawing, 480, 320) for name, drawing in notes.items()},
    }
    for name, svg in files.items():
        (IMG / f"{name}.svg").write_text(svg)
    DOTS.write_text(brand.map_dots('class="map-dots" aria-hidden="true" focusable="false"'))
    sharing = IMG / "partage.png"
    screenshots(
        [
            (brand.logo(), 32, 32, IMG / "favicon-32.png"),
            (brand.touch_icon(), 180, 180, IMG / "apple-touch-icon.png"),
            (document(notices.sharing(), 1200, 630), 1200, 630, sharing),
        ]
    )
    quantise(sharing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to draw, all by default")
    parser.add_argument("--svg-only", action="store_true", help="leave the PNG files alone")
    parser.add_argument("--brand", action="store_true", help="draw logo, icons and map only")
    options = parser.parse_args()
    if options.brand or not options.names:
        draw_brand()
        draw_supports()
    if not options.brand:
        PICTURES.mkdir(parents=True, exist_ok=True)
        draw(options.names or list(SCENES), png=not options.svg_only)


if __name__ == "__main__":
    main()
