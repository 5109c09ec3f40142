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
from drawing.render import document, quantise, screenshot
from drawing.scenes import SCENES

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "bulletin" / "demo" / "pictures"
IMG = ROOT / "static" / "img"
DOTS = ROOT / "templates" / "components" / "map_dots.html"


def draw(name: str, png: bool = True) -> None:
    svg = document(SCENES[name]())
    (PICTURES / f"{name}.svg").write_text(svg)
    if png:
        target = PICTURES / f"{name}.png"
        screenshot(svg, 1600, 900, target)
        quantise(target)


def draw_brand() -> None:
    """Write the logo, the icons and the dotted map."""
    IMG.mkdir(parents=True, exist_ok=True)
    DOTS.parent.mkdir(parents=True, exist_ok=True)
    (IMG / "logo.svg").write_text(brand.logo())
    (IMG / "favicon.svg").write_text(brand.favicon())
    screenshot(brand.logo(), 32, 32, IMG / "favicon-32.png")
    screenshot(brand.touch_icon(), 180, 180, IMG / "apple-touch-icon.png")
    (IMG / "carte-points.svg").write_text(brand.map_dots('color="#0b5563"'))
    for name, drawing in (
        ("404", notices.lost()),
        ("403", notices.closed()),
        ("500", notices.broken()),
    ):
        (IMG / f"{name}.svg").write_text(document(drawing, 480, 320))
    screenshot(document(notices.sharing(), 1200, 630), 1200, 630, IMG / "partage.png")
    quantise(IMG / "partage.png")
    DOTS.write_text(brand.map_dots('class="map-dots" aria-hidden="true" focusable="false"'))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to draw, all by default")
    parser.add_argument("--svg-only", action="store_true", help="leave the PNG files alone")
    parser.add_argument("--brand", action="store_true", help="draw logo, icons and map only")
    options = parser.parse_args()
    if options.brand or not options.names:
        draw_brand()
    if options.brand:
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in options.names or SCENES:
        draw(name, png=not options.svg_only)


if __name__ == "__main__":
    main()
