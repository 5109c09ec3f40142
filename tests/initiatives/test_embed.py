"""A page of another app shows a sheet within its text, as the sheet shows itself."""

import json

import pytest
from wagtail.models import PageViewRestriction

from bulletin import factories as bulletin
from bulletin.models import ArticlePage
from initiatives import factories
from initiatives.models import ProjectSheetPage

pytestmark = pytest.mark.django_db
FIGURE = {"value": "60", "label": "inscrits", "source": "Mairie", "date": "2016-09-15"}


@pytest.fixture
def sheet():
    figures = factories.stream("figure", FIGURE)
    return factories.sheet("Écosyst’m", summary="Un covoiturage.", figures=figures, state="running")


def article_with(sheet):
    body = json.dumps([{"type": "embed", "value": {"page": sheet.pk}}])
    return bulletin.article(bulletin.issue(live=True), live=True, body=body)


def test_an_article_shows_the_essentials_and_leads_to_the_sheet(client, sheet):
    html = client.get(article_with(sheet).get_url()).content.decode()
    for text in ("Un covoiturage.", "inscrits", "En cours", sheet.get_url()):
        assert text in html, text


def test_a_sheet_that_the_reader_may_not_see_leaves_no_trace(client, sheet):
    article = article_with(sheet)
    PageViewRestriction.objects.create(page=sheet, restriction_type="login")
    assert "covoiturage" not in client.get(article.get_url()).content.decode()
    PageViewRestriction.objects.all().delete()
    sheet.unpublish()
    assert "covoiturage" not in client.get(article.get_url()).content.decode()


def test_what_changes_on_the_sheet_changes_in_the_article(client, sheet):
    article = article_with(sheet)
    sheet.summary = "Un autre résumé."
    sheet.save_revision().publish()
    assert "Un autre résumé." in client.get(article.get_url()).content.decode()


def test_an_article_with_a_sheet_keeps_its_budget(client, sheet, django_assert_max_num_queries):
    article = article_with(sheet)
    client.get(article.get_url())
    with django_assert_max_num_queries(20):
        client.get(article.get_url())


@pytest.mark.demo
def test_the_zoom_of_ayen_embeds_its_sheet_instead_of_repeating_it(client):
    article = ArticlePage.objects.get(slug="ayen-la-route-se-partage", locale__language_code="fr")
    sheet = ProjectSheetPage.objects.get(slug="ecosyst-m-la-route-partagee")
    (block,) = [block for block in article.body if block.block_type == "embed"]
    assert block.value["page"].pk == sheet.pk
    html = client.get(article.get_url()).content.decode()
    assert html.count("commerces participants") == 1 and sheet.get_url() in html
