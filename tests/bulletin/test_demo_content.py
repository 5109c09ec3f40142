"""The YAML of the demo issues is well formed, true to the rules of the house and well typeset.

It is read here as plain data, without Django, so that a writer has the answer within a second.
"""

import html
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
import yaml

# The safe loader, in C where the library has it: ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "bulletin" / "demo"
ISSUES = sorted(DEMO.glob("*/issue.yaml"))
ARTICLES = sorted(DEMO.glob("*/[0-9]*.yaml"))
FRENCH = [path for path in ISSUES + ARTICLES if path.suffixes[0] == ".yaml"]
TRANSLATED = sorted(DEMO.glob("*/*.en.yaml"))

NETWORK_ADDRESS = "reseau-national.msap@caissedesdepots.fr"
LONGEST_QUOTED_NAME = 9  # words: guillemets hold the name of a thing, never what somebody said
SEASONS = {"spring", "summer", "autumn", "winter"}
SECTIONS = {
    "actors", "public-policy", "partners-news", "national-team", "zoom",
    "local-voices", "witnesses", "workshops", "map",
}  # fmt: skip
THEMES = {
    "access-to-rights", "employment", "digital-support", "mobility", "health", "social-protection",
    "housing", "training", "communication", "network-life", "public-policy",
    "economic-development", "tourism-culture", "itinerance", "partnerships",
}  # fmt: skip


# --- Shapes -------------------------------------------------------------------------------------
# A shape is a type, a set of allowed values, a function that says whether a value fits, a list of
# one shape, or a dictionary of shapes whose keys are optional when they end with "?".


def is_date(value):
    """An ISO date, whether YAML read it as a date or left it as text."""
    if isinstance(value, date):
        return not isinstance(value, datetime)
    try:
        return date.fromisoformat(value) is not None
    except (TypeError, ValueError):
        return False


def is_text(value):
    return isinstance(value, str) and value.strip() != ""


def up_to(length):
    """Text that fits a field of `length` characters."""
    return lambda value: is_text(value) and len(value) <= length


def is_department(value):
    return (
        isinstance(value, str)
        and re.fullmatch(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6]", value) is not None
    )


def is_slug(value):
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None


def is_page_path(value):
    """`issue-slug/article-slug` (or the issue alone) of a file of the demo."""
    return isinstance(value, str) and value in page_paths()


def is_url(value):
    return isinstance(value, str) and re.fullmatch(r"https://\S+", value) is not None


def is_picture(value):
    """A name in `pictures.yaml`; that it exists is the matter of `test_pictures.py`."""
    return is_slug(value)


def is_html(value):
    """Paragraphs and lists with the few tags of the rich text editor, all closed."""
    if not is_text(value):
        return False
    opened = []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^<>]*>", value):
        if tag not in {"p", "ul", "ol", "li", "b", "strong", "i", "em", "a"}:
            return False
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return False
    return not opened and re.match(r"<(p|ul|ol)>", value.strip()) is not None


def is_cell_table(value):
    """A table as wagtail's TypedTableBlock stores it, each row as wide as the head."""
    kinds = {"text", "number", "rich_text"}
    columns, rows = value.get("columns"), value.get("rows")
    if not columns or not rows:
        return False
    return all(c.get("type") in kinds and is_text(c.get("heading")) for c in columns) and all(
        set(row) == {"values"} and len(row["values"]) == len(columns) for row in rows
    )


IMAGE = {"picture": is_picture, "caption?": is_text, "credit?": is_text}
FIGURE = {
    "value": up_to(20),
    "label": up_to(160),
    "source": up_to(160),
    "source_url?": is_url,
    "date": is_date,
}
CONTACT = {
    f"{key}?": is_text
    for key in ("name", "role", "organisation", "email", "phone", "url", "address")
}
BLOCKS = {
    "heading": {"text": up_to(160), "level": {"h2", "h3"}},
    "rich_text": is_html,
    "quote": {"text": is_text, "author": is_text, "role?": is_text},
    "key_figures": {"title?": is_text, "figures": [FIGURE]},
    "interview": {
        "person": is_text, "role": is_text, "introduction?": is_html,
        "exchanges": [{"question": is_text, "answer": is_html}],
    },
    "image": IMAGE,
    "gallery": {"title?": is_text, "images": [IMAGE]},
    "callout": {"tone": {"info", "warning", "success"}, "title?": is_text, "text": is_html},
    "accordion": {"items": [{"title": is_text, "text": is_html}]},
    "table": {"caption": is_text, "table": is_cell_table, "row_headers": bool},
    "cards": {"title?": is_text, "pages": [is_page_path], "layout": {"list", "cards"}},
    "embed": {"page": up_to(160)},
    "contact": CONTACT,
    "partner": {"name": is_text, "description": is_html, "logo?": is_picture, "url?": is_url},
    "cta": {"title?": is_text, "text?": is_text, "label": up_to(60), "page?": is_page_path, "url?": is_url},
    "agenda_item": {
        "title": is_text, "start": is_date, "end?": is_date, "place": is_text, "text?": is_html, "url?": is_url,
    },
    "department_map": {
        "title": is_text, "departments": [{"code": is_department, "label?": is_text}],
        "description": is_text, "source": is_text, "date": is_date,
    },
}  # fmt: skip


def is_block(value):
    return []  # replaced by problems() below, which names the block that does not fit


ISSUE = {
    "title": is_text, "slug": is_slug, "number": (int, type(None)), "kind": {"regular", "special"},
    "season": SEASONS, "year": int, "date": is_date, "summary": is_text, "cover": is_picture,
    "editorial": {"title": is_text, "body": [is_block], "author?": is_text},
    "lead": {"title": is_text, "body": [is_block]},
    "contact": CONTACT, "credits": [{"role": is_text, "name": is_text}], "source": is_text,
    "source_headings?": [is_text],
}  # fmt: skip
ARTICLE = {
    "title": is_text, "slug": is_slug, "section": SECTIONS, "kicker?": is_text, "summary": is_text,
    "picture": is_picture, "themes": [THEMES], "departments?": [is_department],
    "source_headings": [is_text], "body": [is_block], "footnotes?": dict,
}  # fmt: skip


def problems(value, shape, where=""):
    """What does not fit in `value`, each with its place."""
    if shape is is_block:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in BLOCKS or set(value) != {"type", "value"}:
            return [f"{where}: not a block of the library"]
        return problems(value["value"], BLOCKS[kind], f"{where}.{kind}")
    if isinstance(shape, dict):
        return dictionary_problems(value, shape, where)
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            return [f"{where}: a list that is not empty is expected"]
        return [
            p for i, item in enumerate(value) for p in problems(item, shape[0], f"{where}[{i}]")
        ]
    if isinstance(shape, set):
        fits = isinstance(value, str) and value in shape
    elif isinstance(shape, (type, tuple)):
        fits = isinstance(value, shape)
    else:
        fits = shape(value)
    return [] if fits else [f"{where}: {value!r} does not fit"]


def dictionary_problems(value, shape, where):
    if not isinstance(value, dict):
        return [f"{where}: keys are expected"]
    required = {key for key in shape if not key.endswith("?")}
    known = {key.rstrip("?") for key in shape}
    found = [f"{where}: {key} is missing" for key in sorted(required - set(value))]
    found += [f"{where}: {key} is unknown" for key in sorted(map(str, set(value) - known))]
    for key, inner in shape.items():
        name = key.rstrip("?")
        if name in value:
            found += problems(value[name], inner, f"{where}.{name}")
    return found


# --- What the files hold ------------------------------------------------------------------------


@cache
def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


@cache
def page_paths():
    issues = {load(path)["slug"] for path in ISSUES}
    return issues | {f"{p.parent.name}/{load(p)['slug']}" for p in ARTICLES if p in FRENCH}


def strings(value, key=""):
    """Every piece of text that a reader sees, without its tags."""
    if isinstance(value, str):
        hidden = {
            "slug", "type", "level", "tone", "layout", "section", "picture", "cover", "source_headings",
            "themes", "departments", "pages", "page", "url", "source_url", "email", "season", "kind", "code",
        }  # fmt: skip
        if key not in hidden:
            lines = re.sub(r"</(?:p|li|ul|ol)>", "\n", value)
            yield re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"<[^>]+>", "", lines)))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


def found_in(paths, pattern, flags=0):
    """The places of `paths` whose text matches, as `file: …excerpt…`."""
    regex = re.compile(pattern, flags)
    return [
        f"{path.name}: …{text[max(0, match.start() - 25) : match.end() + 25]}…"
        for path in paths
        for text in strings(load(path))
        for match in regex.finditer(text)
    ]


def blocks_of(page):
    """The blocks of an article, or of the editorial and lead of an issue."""
    return page["body"] if "body" in page else page["editorial"]["body"] + page["lead"]["body"]


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FRENCH + TRANSLATED, ids=name_of)
def test_file_fits_the_shape_of_its_kind(path):
    assert problems(load(path), ISSUE if path.name.startswith("issue.") else ARTICLE) == []


@pytest.mark.parametrize("path", [p for p in ARTICLES if p in FRENCH], ids=name_of)
def test_footnotes_are_called_in_order_and_written(path):
    article = load(path)
    called = [int(n) for n in re.findall(r"\[\^(\d+)\]", str(article["body"]))]

    assert list(dict.fromkeys(called)) == sorted(article.get("footnotes", {}))


@pytest.mark.parametrize("path", [p for p in ARTICLES if p in FRENCH], ids=name_of)
def test_file_is_named_after_its_order_and_slug(path):
    assert re.fullmatch(r"\d\d-" + re.escape(load(path)["slug"]), path.stem)


@pytest.mark.parametrize("path", TRANSLATED, ids=name_of)
def test_translation_has_the_blocks_of_the_french_page_in_the_same_order(path):
    french = load(path.with_name(path.name.replace(".en.yaml", ".yaml")))
    english = load(path)

    assert [b["type"] for b in blocks_of(english)] == [b["type"] for b in blocks_of(french)]


def test_slugs_are_unique_within_an_issue():
    for issue in ISSUES:
        slugs = [load(p)["slug"] for p in ARTICLES if p in FRENCH and p.parent == issue.parent]
        assert len(slugs) == len(set(slugs))


# --- Rules of the house -------------------------------------------------------------------------


def test_guillemets_hold_names_never_words_of_somebody():
    quoted = [
        q
        for q in found_in(FRENCH, r"«[^»]*»")
        if len(q.split("«")[1].split("»")[0].split()) > LONGEST_QUOTED_NAME
    ]

    assert quoted == []


def test_no_quotation_is_attributed_to_a_person():
    roots = "ajout|confi|déclar|estim|expliqu|indiqu|insist|précis|rappel|résum|soulign|témoign"
    verbs = rf"(?:a |ont )?(?:(?:{roots})(?:e|ent|é)|rappelle|dit)\b"
    person = r"[A-ZÉÈ][\w’-]+ [A-ZÉÈ][\w’-]+"
    after = found_in(
        FRENCH, rf"»\s*(?:[,–—-]\s*)?(?:{verbs}|selon {person}|\(?{person}\)?\s*[,.)])"
    )
    before = found_in(FRENCH, rf"{person}[^.«]{{0,60}}:\s*«")

    assert after + before == []


def test_no_address_but_that_of_the_network():
    addresses = [
        a
        for path in FRENCH + TRANSLATED
        for a in re.findall(r"[\w.+-]+@[\w.-]+", path.read_text(encoding="utf-8"))
    ]

    assert set(addresses) <= {NETWORK_ADDRESS}


def test_no_mobile_phone_number():
    assert found_in(FRENCH + TRANSLATED, r"(?:\+33\s?|\b0)[67](?:[\s.-]?\d\d){4}\b") == []


def test_no_filler_text():
    assert (
        found_in(FRENCH + TRANSLATED, r"lorem|ipsum|à compléter|\bTODO\b|\bXXX\b", re.IGNORECASE)
        == []
    )


# --- French typography --------------------------------------------------------------------------


TYPOGRAPHY = {
    "the apostrophe is ’": r"['´`]",
    "quotation marks are « »": r"[\"“”]",
    "the ellipsis is one character": r"\.\.\.",
    "U+202F stands before ; ! ?": r"(?<!\u202f)[;!?]",
    "U+00A0 stands before a colon": r"(?<!\u00a0)(?<!https)(?<!\d):|\d:(?!\d)",
    "U+00A0 stands inside « »": r"«(?!\u00a0)|(?<!\u00a0)»",
    "U+202F separates thousands": r"\d[ \u00a0]\d{3}(?!\d)|\b\d{5,}\b(?! [A-ZÉ])",
    "a figure is tied to its unit": r"\d ?[%€]|\d (?:h|km|millions?|euros?)\b",
    "the first of a month is 1er": r"\b1[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|sept|oct|nov|déc)",
    "one space is enough": r" {2,}",
    "œ is one letter": r"(?i)\boe(?:uvre|il)|\bcoeur|\bvoeu",
}


@pytest.mark.parametrize("rule", TYPOGRAPHY)
def test_french_typography(rule):
    assert found_in(FRENCH, TYPOGRAPHY[rule]) == []


# --- The checks themselves ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "wrong"),
    [
        ({"type": "heading", "value": {"text": "Titre", "level": "h2"}}, False),
        ({"type": "heading", "value": {"text": "Titre", "level": "h1"}}, True),
        ({"type": "rich_text", "value": "<p>Un <b>mot</b>.</p>"}, False),
        ({"type": "rich_text", "value": "<p>Un <b>mot.</p>"}, True),
        ({"type": "rich_text", "value": "sans balise"}, True),
        (
            {
                "type": "key_figures",
                "value": {"figures": [{"value": "745", "label": "participants"}]},
            },
            True,
        ),
        ({"type": "carousel", "value": {}}, True),
    ],
)
def test_a_block_that_does_not_fit_is_named(block, wrong):
    assert bool(problems(block, is_block, "body[0]")) is wrong


def test_dates_are_iso_days():
    assert is_date("2015-11-24") and is_date(date(2015, 11, 24))
    assert not is_date("24/11/2015") and not is_date("2015-11") and not is_date(None)
