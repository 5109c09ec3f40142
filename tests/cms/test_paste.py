"""Pasted from a word processor: headings, lists, links, tables and notes, and nothing else."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Revision

from accounts.models import User
from cms.factories import StandardPageFactory
from cms.paste import blocks_from_html, read

SAMPLES = Path(__file__).parent / "clipboard"
RICH_TAGS = {"p", "ul", "ol", "li", "a", "br", "footnote"}


def by_type(blocks, name):
    return [block["value"] for block in blocks if block["type"] == name]


@pytest.fixture(params=["word", "libreoffice", "google-docs"])
def pasted(request):
    return read((SAMPLES / f"{request.param}.html").read_text(encoding="utf-8"))


def test_headings_open_sections_and_sub_sections(pasted):
    headings = [(h["level"], h["text"]) for h in by_type(pasted.blocks, "heading")]
    assert headings[0] == ("h2", "Covoiturer à Ayen")
    assert ("h3", "Comment ça marche") in headings or ("h2", "Comment ça marche") in headings


def test_sentences_keep_their_links_and_their_notes_and_lose_their_looks(pasted):
    rich = by_type(pasted.blocks, "rich_text")[0]
    [note] = pasted.footnotes
    call = f'<footnote id="{note["uuid"]}">[{note["uuid"][:6]}]</footnote>'
    assert f"<p>La Maison tient la liste des trajets{call} et la publie <a href=" in rich
    assert ">sur son site</a>.</p>" in rich
    assert note["text"] == "<p>Relevé de septembre 2016.</p>"
    assert "Relevé" not in json.dumps(pasted.blocks, ensure_ascii=False)


def test_lists_keep_their_levels_and_their_numbers(pasted):
    rich = "".join(by_type(pasted.blocks, "rich_text"))
    assert (
        "<ul><li>On s’inscrit une fois<ul><li>au guichet</li></ul></li>"
        "<li>On appelle quand on veut partir</li></ul>" in rich
    )
    assert "<ol><li>Premier</li><li>Second</li></ol>" in rich


def test_tables_become_blocks_with_headings_and_numbers(pasted):
    [table] = by_type(pasted.blocks, "table")
    columns = table["table"]["columns"]
    assert columns == [
        {"type": "text", "heading": "Commune"},
        {"type": "number", "heading": "Inscrits"},
    ]
    [row] = table["table"]["rows"]
    assert [re.sub(r"\s", " ", value) for value in row["values"]] == ["Ayen", "1 500"]


def test_nothing_else_passes(pasted):
    text = json.dumps(pasted.blocks) + json.dumps(pasted.footnotes)
    for trace in (
        "style",
        "class",
        "mso",
        "<b",
        "<i>",
        "span",
        "font",
        "img",
        "file:",
        "[1]",
        "o:p",
    ):
        assert trace not in text, trace


def test_what_was_left_is_counted():
    found = read('<p>a<img src="x"></p><p><a href="#ftnt9">[9]</a>b</p>')
    assert (found.pictures_left, found.notes_left, found.paragraphs) == (1, 1, 2)


@pytest.mark.parametrize(
    ("html", "rich"),
    [
        ("texte seul", "<p>texte seul</p>"),
        ("a<br>b", "<p>a<br/>b</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>a &lt;script&gt; b</p>", "<p>a &lt;script&gt; b</p>"),
        ('<a href="javascript:x">a</a>', "<p>a</p>"),
        ('<a href="file:///c:/x">a</a>', "<p>a</p>"),
        ("<p>\n un  \n mot </p>", "<p>un mot</p>"),
        ("<p> </p><p>&nbsp;</p>a", "<p>a</p>"),
        ("<table><tr><td>cadre</td></tr></table>", "<p>cadre</p>"),
        (f"<h2>{'x' * 161}</h2>", f"<p>{'x' * 161}</p>"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<p>a<!-- x --><![CDATA[y]]></p>", "<p>a</p>"),
    ],
)
def test_small_cases(html, rich):
    assert blocks_from_html(html)[0] == [{"type": "rich_text", "value": rich}]


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>", "<tr>", "<td colspan=3>", "<td>",
        "<th colspan=x>", "</table>", "<h1>", "<h4>", "</h1>", "<a href='#_ftn1'>", "<a name='_ftn1'>", "</a>",
        "<div id=ftn1>", "</div>", "<p style='mso-list:l0 level3 lfo1'>", "<span style='mso-list:Ignore'>1.",
        "</span>", "<script>", "</script>", "<!--", "-->", "<![if x]>", "<![endif]>", "<!DOCTYPE", "<?xml",
        "<caption>", "<br>", "<b>", "<img>", "texte", "&nbsp;", "&#0;", "\x00", "<a href='https://e.org/\">'>",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=20).map("".join))
def test_nothing_makes_it_crash_nor_lets_anything_else_pass(html):
    blocks, footnotes = blocks_from_html(html)
    rich = by_type(blocks, "rich_text") + [note["text"] for note in footnotes]
    for block in blocks:
        assert block["type"] in {"heading", "rich_text", "table"}
    for table in by_type(blocks, "table"):
        width = len(table["table"]["columns"])
        for row in table["table"]["rows"]:
            assert len(row["values"]) == width
            rich += [
                v
                for v, c in zip(row["values"], table["table"]["columns"], strict=True)
                if c["type"] == "rich_text"
            ]
    for source in rich:
        for tag in BeautifulSoup(source, "html.parser").find_all(True):
            assert tag.name in RICH_TAGS
            assert set(tag.attrs) <= {"href", "id"}
    called = set(re.findall(r'<footnote id="([^"]+)"', json.dumps(blocks).replace('\\"', '"')))
    assert called <= {note["uuid"] for note in footnotes}


def test_very_deep_and_very_long_pastes_are_read_too():
    assert blocks_from_html("<div>" * 5000 + "fond")[0]
    assert blocks_from_html("<p>mot</p>" * 20_000)[0]


# -- In the editor ----------------------------------------------------------------------------


@pytest.fixture
def editor():
    user = User.objects.create_user("editor@example.org")
    user.groups.add(Group.objects.get(name="Rédaction"))
    return user


@pytest.mark.django_db
def test_an_editor_sees_what_will_be_kept_then_adds_it_to_the_draft(client, editor):
    page = StandardPageFactory(
        title="Page", body=json.dumps([{"type": "rich_text", "value": "<p>Avant</p>"}])
    )
    url = reverse("cms_paste_page", args=[page.pk])
    html = (SAMPLES / "word.html").read_text(encoding="utf-8")
    client.force_login(editor)
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert client.get(url).status_code == 200

    preview = client.post(url, {"field": "body", "html": html})
    assert "On s’inscrit une fois" in preview.content.decode()
    assert page.latest_revision is None

    assert client.post(url, {"field": "body", "html": html, "confirm": "1"}).status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    types = [block.block_type for block in draft.body]
    assert types == ["rich_text", "heading", "heading", "rich_text", "heading", "table"]
    [note] = draft.footnotes.all()
    assert str(note.uuid) in draft.body[3].value.source
    assert len(page.body) == 1, "readers see what they saw"


@pytest.mark.django_db
def test_nothing_to_paste_is_said(client, editor):
    client.force_login(editor)
    url = reverse("cms_paste_page", args=[StandardPageFactory().pk])
    for html in ("", "<script>x</script>"):
        response = client.post(url, {"field": "body", "html": html})
        assert response.status_code == 200 and response.context["form"].errors["html"]
    assert client.post(url, {"field": "title", "html": "a"}).context["form"].errors["field"]


@pytest.mark.django_db
def test_only_whoever_may_edit_the_page_pastes_into_it(client):
    url = reverse("cms_paste_page", args=[StandardPageFactory().pk])
    assert client.post(url, {"field": "body", "html": "a", "confirm": "1"}).status_code in {
        302,
        403,
    }
    client.force_login(User.objects.create_user("a@example.org"))
    assert client.post(url, {"field": "body", "html": "a", "confirm": "1"}).status_code in {
        302,
        403,
    }
    assert not Revision.objects.exists()
