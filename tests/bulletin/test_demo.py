"""The demonstration issues as they are loaded: complete, public, cheap to serve, kept by a second load."""

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from wagtail.models import Page, Revision

from bulletin import demo_files
from bulletin.models import ArticlePage, BulletinIndexPage, IssuePage, PublicationEvent

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def french(model):
    return model.objects.live().filter(locale__language_code="fr")


def test_every_article_file_is_a_public_page_with_its_blocks_notes_and_themes():
    for files in demo_files.read_issues():
        issue = french(IssuePage).get(slug=files.data["slug"])
        pages = {page.slug: page for page in french(ArticlePage).child_of(issue)}
        assert set(pages) == {article["slug"] for article in files.articles}
        for article in files.articles:
            page = pages[article["slug"]]
            assert [block.block_type for block in page.body] == [b["type"] for b in article["body"]]
            assert {t.code for t in page.themes.all()} == set(article.get("themes") or [])
            assert page.footnotes.count() == len(article.get("footnotes") or {})
            assert bool(page.listing_image) is bool(article.get("picture"))


def test_articles_are_read_in_the_order_of_their_files():
    from bulletin.models.sections import SECTION_ORDER
    from bulletin.queries import articles_of

    for files in demo_files.read_issues():
        issue = french(IssuePage).get(slug=files.data["slug"])
        wanted = sorted(files.articles, key=lambda article: SECTION_ORDER[article["section"]])
        assert [page.slug for page in articles_of(issue, None)] == [a["slug"] for a in wanted]


def test_a_second_load_creates_and_changes_nothing():
    article = french(ArticlePage).first()
    article.title = "Titre d’un éditeur"
    article.save()
    before = [m.objects.count() for m in (Page, Revision, PublicationEvent)]

    call_command("load_demo", verbosity=0)

    assert [m.objects.count() for m in (Page, Revision, PublicationEvent)] == before
    article.refresh_from_db()
    assert article.title == "Titre d’un éditeur"


def test_every_page_is_served_within_its_budget(client, django_assert_max_num_queries, settings):
    settings.PAGE_CACHE = False
    pages = [p for m in (BulletinIndexPage, IssuePage, ArticlePage) for p in m.objects.live()]
    assert len(pages) > 40
    for page in {type(page): page for page in pages}.values():
        client.get(page.get_url())  # types of content are remembered by the process
    for page in pages:
        url = page.get_url()
        cache.clear()
        with django_assert_max_num_queries(20, info=url):
            response = client.get(url)
        assert response.status_code == 200


def test_notes_and_anchors_of_every_page_lead_somewhere(client):
    for page in [*IssuePage.objects.live(), *ArticlePage.objects.live()]:
        html = client.get(page.get_url()).content.decode()
        assert "<footnote" not in html and "[^" not in html
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), page.get_url()
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids), page.get_url()


def test_the_english_pages_are_translations_with_every_string_translated(client):
    from wagtail_localize.models import Translation

    issue = IssuePage.objects.live().get(locale__language_code="en")
    article = ArticlePage.objects.live().get(locale__language_code="en")

    for page in (issue, article):
        translation = Translation.objects.get(
            source__object_id=page.translation_key, target_locale__language_code="en"
        )
        total, done = translation.get_progress()
        assert total and done == total
    assert issue.get_url().startswith("/en/")
    assert (
        "The Bulletin"
        in client.get(BulletinIndexPage.objects.get(locale=issue.locale).get_url()).content.decode()
    )
    html = client.get(article.get_url()).content.decode()
    assert "The life of a voucher" in html
    assert "Comment circule un fichet" not in html
    assert html.count('role="doc-noteref"') == len(article.footnotes.all()) == 1
