"""Plain text becomes paragraphs and lists, whatever was typed; a period is said in words."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from initiatives.filters import Asked, ListingForm
from initiatives.text import period, to_html

TYPED = st.text(alphabet="- –•*a b<>&\"'\n\r\té", max_size=120)


class Reader(HTMLParser):
    """Fails on a tag that is not ours, or not closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        assert tag in {"p", "ul", "li", "br"} and not attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@given(TYPED)
def test_whatever_was_typed_is_well_formed_and_keeps_its_letters(text):
    reader = Reader()
    reader.feed(str(to_html(text)))
    reader.close()
    assert reader.open == []
    letters = re.compile(r"[ab<>&\"'é]")
    assert letters.findall(reader.text) == letters.findall(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un\n\nDeux", "<p>Un</p><p>Deux</p>"),
        ("Un\nDeux", "<p>Un<br>Deux</p>"),
        (
            "Voici\u00a0:\n- un\n- deux\nFin",
            "<p>Voici\u00a0:</p><ul><li>un</li><li>deux</li></ul><p>Fin</p>",
        ),
        ("- un\n\n- deux", "<ul><li>un</li></ul><ul><li>deux</li></ul>"),
        ("<script>", "<p>&lt;script&gt;</p>"),
        ("  \n ", ""),
    ],
)
def test_paragraphs_and_lists(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ((2014, 4, None, None), "depuis avril 2014"),
        ((2014, None, 2015, 12), "2014 à décembre 2015"),
        ((2014, None, 2014, None), "2014"),
        ((None, None, 2016, 1), "jusqu’à janvier 2016"),
        ((None, None, None, None), ""),
    ],
)
def test_a_period_is_said_in_words(dates, said):
    names = ("start_year", "start_month", "end_year", "end_month")
    with override("fr"):
        assert period(SimpleNamespace(**dict(zip(names, dates, strict=True)))) == said


@given(st.dictionaries(st.sampled_from([*ListingForm.base_fields]), st.text(max_size=30)))
def test_any_parameters_make_a_list(data):
    asked = Asked.of(ListingForm(data))
    assert asked.page >= 1 and set(asked.chosen) <= set(ListingForm.base_fields)
