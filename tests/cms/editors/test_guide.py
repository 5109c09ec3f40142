"""The guide is one text, read in the project and in the admin, with the pictures that it names."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from accounts.factories import UserFactory
from cms.editors import markdown

GUIDE = Path(settings.BASE_DIR) / "docs" / "guide-editeur.md"
PICTURES = GUIDE.parent / "images" / "guide"
NAMED = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_each_picture_is_there_described_and_used():
    named = NAMED.findall(GUIDE.read_text())
    assert all(len(alt) > 15 for alt, _path in named)
    paths = {GUIDE.parent / path for _alt, path in named}
    assert set(PICTURES.iterdir()) == paths


def test_the_pictures_are_small_together():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 2_500_000


def test_each_link_within_the_guide_leads_to_a_section():
    guide = markdown.render(GUIDE.read_text())
    anchors = {anchor for _level, anchor, _text in guide.toc}
    assert set(re.findall(r'href="#([^"]+)"', guide.html)) <= anchors


@pytest.mark.django_db
def test_whoever_is_in_the_admin_reads_it_with_its_pictures(client):
    client.force_login(UserFactory(role="editor"))
    text = client.get("/admin/guide/").content.decode()
    sources = re.findall(r'<img src="(/admin/guide/images/[^"]+)"', text)
    assert len(sources) == len(list(PICTURES.iterdir()))
    response = client.get(sources[0])
    assert response["Content-Type"] == "image/webp"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["..%2f..%2fguide-editeur.md", "nulle-part.webp", "."])
def test_nothing_else_is_served(client, name):
    client.force_login(UserFactory(role="editor"))
    assert client.get(f"/admin/guide/images/{name}").status_code in {301, 302, 404}


# -- The little of Markdown ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un *mot* et **deux**.", "<p>Un <em>mot</em> et <strong>deux</strong>.</p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("Taper `<b>*x*</b>`.", "<p>Taper <code>&lt;b&gt;*x*&lt;/b&gt;</code>.</p>"),
        ("[ici](/a/?b=1&c=2)", '<p><a href="/a/?b=1&amp;c=2">ici</a></p>'),
        ("deux\nlignes", "<p>deux lignes</p>"),
        ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("1. un\n   suite\n2. deux", "<ol><li>un suite</li><li>deux</li></ol>"),
        (
            "1. un\n   - a\n   - b\n2. deux",
            "<ol><li>un<ul><li>a</li><li>b</li></ul></li><li>deux</li></ol>",
        ),
        ("> une règle", "<blockquote><p>une règle</p></blockquote>"),
        ("## Écrire", '<h2 id="ecrire">Écrire</h2>'),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_markdown(text, html):
    assert markdown.render(text).html == html


def test_a_table_has_headings_of_columns_and_of_rows():
    html = markdown.render("| a | b |\n|---|---|\n| c | d |").html
    assert '<th scope="col">a</th>' in html and '<th scope="row">c</th><td>d</td>' in html


def test_a_picture_alone_is_a_figure_with_its_description_inside_a_list_too():
    html = markdown.render(
        "1. un\n\n   ![Un écran](a.webp)\n\n2. deux", lambda url: f"/x/{url}"
    ).html
    assert '<li>un<figure><img src="/x/a.webp" alt="Un écran" loading="lazy"></figure></li>' in html
    assert html.count("<ol>") == 1


@given(st.text(alphabet="#*-|>`![]() \n<&\"'1.a", max_size=80))
def test_whatever_is_written_nothing_breaks_and_no_markup_goes_through(text):
    html = markdown.render(text).html
    tags = set(re.findall(r"<(\w+)", html))
    allowed = "p h1 h2 h3 h4 ul ol li table thead tbody tr th td div blockquote figure img a em strong code"
    assert tags <= set(allowed.split())
