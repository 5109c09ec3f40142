"""The drawn pictures: each is complete, described in both languages, and light."""

from pathlib import Path

import pytest
import yaml
from PIL import Image

DEMO = Path(__file__).resolve().parents[2] / "bulletin" / "demo"
FOLDER = DEMO / "pictures"
PICTURES = yaml.safe_load((FOLDER / "pictures.yaml").read_text())
KEYS = {"picture", "cover"}


def pictures_named_in(node):
    """Yield every picture name that a content file gives, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in KEYS and isinstance(value, str):
                yield value
            else:
                yield from pictures_named_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from pictures_named_in(item)


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_has_a_drawing_and_a_light_image_of_the_same_frame(name):
    svg, png = FOLDER / f"{name}.svg", FOLDER / f"{name}.png"
    assert 'viewBox="0 0 1600 900"' in svg.read_text()
    assert "<text" not in svg.read_text()
    with Image.open(png) as image:
        assert image.size == (1600, 900)
    assert png.stat().st_size < 80_000


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_described_in_both_languages(name):
    picture = PICTURES[name]
    assert picture["title"]
    assert picture["credit"]
    for key in ("alt", "alt_en"):
        assert 20 <= len(picture[key]) <= 160, f"{name}: {key} has {len(picture[key])} characters"


def test_no_drawing_is_left_out_of_the_list():
    drawn = {path.stem for path in FOLDER.iterdir() if path.suffix in {".svg", ".png"}}
    assert drawn == set(PICTURES)


def test_every_picture_named_by_the_content_exists():
    named = {
        (name, path.relative_to(DEMO).as_posix())
        for path in DEMO.rglob("*.yaml")
        if path.parent != FOLDER
        for name in pictures_named_in(yaml.safe_load(path.read_text()))
    }
    assert not sorted(entry for entry in named if entry[0] not in PICTURES)
