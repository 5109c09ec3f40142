"""The drawn pictures: each is complete, described in both languages, and light."""

import sys
from pathlib import Path

import pytest
import yaml
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import draw_pictures  # noqa: E402

DEMO = ROOT / "bulletin" / "demo"
IMG = ROOT / "static" / "img"
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


@pytest.mark.parametrize("name", PICTURES)
def test_each_drawing_is_what_the_script_draws(name):
    drawn = draw_pictures.document(draw_pictures.SCENES[name]())
    assert drawn == (FOLDER / f"{name}.svg").read_text(), f"run scripts/draw_pictures.py {name}"


def test_the_dotted_map_is_light_enough_to_be_inlined_and_takes_the_page_s_colours():
    motif = (ROOT / "templates" / "components" / "map_dots.html").read_text()
    assert len(motif.encode()) < 20_000
    assert motif.count("<path") == 2
    assert 'fill="currentColor"' in motif
    assert 'stroke="currentColor"' in motif
    assert 500 <= motif.count("h0") <= 700
    assert "style=" not in motif


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("favicon-32.png", (32, 32)),
        ("apple-touch-icon.png", (180, 180)),
        ("partage.png", (1200, 630)),
    ],
)
def test_icons_and_the_sharing_image_have_the_size_that_browsers_expect(name, size):
    with Image.open(IMG / name) as image:
        assert image.size == size
