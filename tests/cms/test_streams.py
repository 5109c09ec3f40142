"""Notes go and come back: numbered in order of call, with one way back to each place."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup
from wagtail_footnotes.models import Footnote

from cms.factories import StandardPageFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND, UNKNOWN = (str(uuid.UUID(int=n)) for n in (1, 2, 3))


def call(note):
    return f'<footnote id="{note}">[{note[:6]}]</footnote>'


@pytest.fixture
def soup(client):
    body = [
        {"type": "rich_text", "value": f"<p>a{call(SECOND)} b{call(FIRST)}</p>"},
        {
            "type": "accordion",
            "value": {"items": [{"title": "x", "text": f"<p>c{call(SECOND)}</p>"}]},
        },
        {"type": "rich_text", "value": f"<p>d{call(UNKNOWN)}</p>"},
    ]
    page = StandardPageFactory(body=json.dumps(body))
    for note, text in ((FIRST, "première"), (SECOND, "seconde")):
        Footnote.objects.create(page=page, uuid=note, text=f"<p>{text}</p>", locale=page.locale)
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def test_notes_are_numbered_in_the_order_in_which_the_text_calls_them(soup):
    calls = [(a.get_text(strip=True), a["href"]) for a in soup.select("a[role=doc-noteref]")]
    assert calls == [("1", "#note-1"), ("2", "#note-2"), ("1", "#note-1")]
    notes = soup.select(".footnotes li")
    assert ["seconde" in notes[0].text, "première" in notes[1].text] == [True, True]


def test_each_call_leads_to_its_note_and_each_note_back_to_each_call(soup):
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.select("a[role=doc-noteref], a[role=doc-backlink]"):
        assert link["href"][1:] in ids
    backs = [link["href"][1:] for link in soup.select("a[role=doc-backlink]")]
    assert backs == ["appel-1-1", "appel-1-2", "appel-2-1"]
    assert {a["id"] for a in soup.select("a[role=doc-noteref]")} == set(backs)


def test_a_note_that_is_gone_leaves_no_trace_and_the_list_has_a_title(soup):
    assert UNKNOWN[:6] not in soup.get_text().replace(FIRST[:6], "")
    section = soup.select_one("section.footnotes")
    assert soup.find(id=section["aria-labelledby"]).name == "h2"
    # The browser moves the focus of the keyboard to the note that a call leads to.
    assert all(note.get("tabindex") == "-1" for note in section.select("li"))
