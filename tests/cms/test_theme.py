"""The theme: contrasts in both schemes, strict CSP, the style guide."""

import datetime as dt
import gzip
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.urls import reverse

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
TEMPLATES = ROOT / "templates"
TOKENS = (CSS / "tokens.css").read_text()

GROUNDS = ("paper", "band", "surface", "soft", "warm-soft", "good-soft")
TEXTS = ("ink", "ink-2", "accent", "accent-strong", "warm", "good")
# (foreground, background) of pairs that are not on a ground
PAIRS = (
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-deep", "deep"),
    ("deep-warm", "deep"),
    ("paper", "ink"),
    ("paper", "warm"),
)


def colours(selector):
    """The colours that one rule of tokens.css sets."""
    block = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = colours("  :root")
DARK = colours(':root[data-theme="dark"]')


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_is_readable_on_every_ground(scheme):
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + list(PAIRS)
    poor = {(a, b): contrast(scheme[a], scheme[b]) for a, b in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edges_of_controls_and_the_focus_are_seen(scheme):
    for name in ("control", "focus"):
        for ground in ("paper", "band", "surface"):
            assert contrast(scheme[name], scheme[ground]) >= 3, (name, ground)


def test_the_device_and_the_choice_give_the_same_dark_colours():
    by_device = colours(':root:not([data-theme="light"])')
    assert by_device == DARK
    assert by_device.keys() == LIGHT.keys()


def blocks_of_a_scheme(sheet):
    """What a style sheet sets for one scheme alone."""
    for found in re.finditer(r"@media[^{]*prefers-color-scheme[^{]*{", sheet):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        yield sheet[found.end() : end - 1]


def says_a_colour(name, value):
    return (
        name.endswith(("color", "color-scheme", "background"))
        or (name.startswith("--") and re.match(r"#|(rgb|hsl|var|color-mix)a?\(", value))
        or value.startswith("1px solid ")  # the edge of Wagtail's menu
    )


def test_a_scheme_changes_nothing_but_colours():
    """Hence a page is read by axe whole in one scheme, and for its colours in the other."""
    wagtail = Path(apps.get_app_config("wagtailadmin").path) / "static"
    sheets = [
        *(ROOT / "static").rglob("*.css"),
        *wagtail.rglob("*.css"),
    ]
    blocks = [block for path in sheets for block in blocks_of_a_scheme(path.read_text())]
    declared = [
        pair for block in blocks for pair in re.findall(r"[{;]\s*([\w-]+)\s*:\s*([^;{}]+)", block)
    ]
    assert len(blocks) > 2 and len(declared) > 50
    assert [pair for pair in declared if not says_a_colour(*pair)] == []
    scripts = (ROOT / "static").rglob("*.js")
    assert [path for path in scripts if "prefers-color-scheme" in path.read_text()] == []


def test_the_style_sheets_of_a_page_stay_small():
    names = ("tokens", "base", "components", "pro", "print")
    weight = sum(len(gzip.compress((CSS / f"{name}.css").read_bytes(), 9)) for name in names)
    assert weight < 30_000


@pytest.mark.parametrize(
    "template",
    [path for path in TEMPLATES.rglob("*.html") if "mail" not in path.parts],
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_no_template_needs_an_exception_to_the_content_security_policy(template):
    source = template.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", source), "inline style"
    assert "<style" not in source
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source), "inline event handler"
    for attributes in re.findall(r"<script\b([^>]*)>", source):
        assert "src=" in attributes or "application/ld+json" in attributes, "inline script"


@pytest.mark.parametrize(
    "component", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda p: p.name
)
def test_every_component_says_what_it_takes(component):
    drawn_by_scripts = {"map_dots.html"}
    if component.name in drawn_by_scripts:
        return
    assert "{% comment %}" in component.read_text()


@pytest.mark.django_db
def test_the_style_guide_and_its_sample_pages_answer(client):
    from cms.styleguide.views import PAGES

    assert client.get(reverse("styleguide")).status_code == 200
    for name in PAGES:
        response = client.get(reverse("styleguide_page", args=[name]))
        assert response.status_code == 200, name
        assert 'lang="' in response.content.decode()


@pytest.mark.django_db
def test_the_style_guide_has_no_identifier_twice(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get(reverse("styleguide")).content.decode())
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_the_server_error_page_needs_nothing():
    from django.template.loader import render_to_string

    page = render_to_string("500.html")
    assert "<h1>" in page and 'href="/bulletin/"' in page


def test_json_ld_cannot_close_its_script():
    from cms.templatetags.theme_tags import json_ld

    page = json_ld({"name": "</script><script>alert(1)</script>"})
    assert page.count("</script>") == 1


def test_a_moment_is_said_by_the_clock_of_the_country_else_of_its_place():
    from cms.templatetags.theme_tags import day, day_range

    midnight = dt.datetime(2026, 11, 28, 23, 15, tzinfo=dt.UTC)
    assert day(midnight) == "29 novembre 2026"
    assert day(midnight.astimezone(ZoneInfo("America/Martinique"))) == "28 novembre 2026"
    assert day_range(midnight, midnight + dt.timedelta(days=1)).startswith("29")


def test_no_template_takes_the_day_of_a_moment_by_the_universal_clock():
    """`moment.date` is that of the database, a day early between midnight and two."""
    early = re.compile(r"_at\.date\b")
    assert [path for path in ROOT.glob("templates/**/*.*") if early.search(path.read_text())] == []
