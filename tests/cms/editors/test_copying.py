"""Copying between parts of the tree keeps what a page holds and none of what is public about it."""

import json

import pytest
from django.urls import reverse
from wagtail_footnotes.models import Footnote

from accounts.factories import UserFactory
from bulletin import composing
from bulletin import factories as bulletin
from bulletin.models import ArticlePage, IssuePage
from cms.factories import SiteDocumentFactory, StandardPageFactory, home
from cms.models import FileUse, SiteDocument, StandardPage

from .test_templates import note

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="chief-editor")
    client.force_login(user)
    return user


def copy(client, page, parent, slug="copie", **fields):
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {
        "new_title": "Copie",
        "new_slug": slug,
        "new_parent_page": parent.pk,
        "copy_subpages": "",
        "publish_copies": "",
        "alias": "",
        **fields,
    }
    return client.post(url, data)


def test_a_page_of_text_is_copied_elsewhere_with_its_notes(client, editor):
    page = StandardPageFactory()
    note(page)
    page.save_revision().publish()
    target = StandardPageFactory(slug="dossier")

    copy(client, page, target)

    made = StandardPage.objects.child_of(target).get()
    assert not made.live
    made.get_latest_revision().publish()
    text = client.get("/dossier/copie/").content.decode()
    assert "La note." in text and 'href="#appel-1-1"' in text
    assert Footnote.objects.filter(page=page).count() == 1


def test_a_note_changed_in_the_copy_stays_as_it_was_in_the_source(client, editor):
    page = StandardPageFactory()
    note(page)
    page.save_revision().publish()
    copy(client, page, home())
    made = StandardPage.objects.get(slug="copie")
    Footnote.objects.filter(page=made).update(text="Autre note.")
    assert Footnote.objects.get(page=page).text == "La note."


def test_a_private_file_stays_private_until_the_copy_is_public(client, editor):
    document = SiteDocumentFactory()
    block = {"type": "documents", "value": {"title": "", "documents": [document.pk]}}
    page = StandardPageFactory(live=False, body=json.dumps([block]))
    page.save_revision()

    copy(client, page, home())

    assert list(SiteDocument.objects.visible_to(None)) == []
    made = StandardPage.objects.get(slug="copie")
    made.get_latest_revision().publish()
    assert FileUse.objects.get().page_id == made.pk
    assert list(SiteDocument.objects.visible_to(None)) == [document]


def test_an_article_copied_into_another_issue_has_its_place_there(client, editor):
    source, target = bulletin.issue(), bulletin.issue()
    article = bulletin.article(source, section="zoom")
    copy(client, article, target)
    made = ArticlePage.objects.child_of(target).get()
    assert [place.article_id for place in composing.placements(target)] == [made.pk]
    assert made.placement.section == "zoom"
    assert [place.article_id for place in composing.placements(source)] == [article.pk]


def test_an_article_copied_from_a_public_issue_is_never_public_by_itself(client, editor):
    source, target = bulletin.full_issue(1), bulletin.issue()
    article = ArticlePage.objects.child_of(source).get()
    copy(client, article, target, publish_copies="on")
    copy(client, article, target, slug="brouillon")
    assert [made.live for made in ArticlePage.objects.child_of(target)] == [False]


def test_an_article_is_not_copied_out_of_the_bulletin(client, editor):
    article = bulletin.article(bulletin.issue())
    response = copy(client, article, home())
    assert ArticlePage.objects.count() == 1
    assert response.status_code == 302 or response.context["form"].errors


def test_an_issue_copied_whole_keeps_the_order_of_its_articles(client, editor):
    issue = bulletin.issue()
    for title, section in (("A", "zoom"), ("B", "actors"), ("C", "actors")):
        bulletin.article(issue, title, section=section)
    ids = {article.title: article.pk for article in ArticlePage.objects.child_of(issue)}
    version = composing.composition_of(issue.pk).version
    order = [("actors", [ids["C"], ids["B"]]), ("zoom", [ids["A"]])]
    composing.arrange(issue, editor, version, order)

    copy(client, issue, issue.get_parent(), copy_subpages="on")

    made = IssuePage.objects.get(slug="copie")
    titles = dict(ArticlePage.objects.values_list("pk", "title"))
    assert [titles[place.article_id] for place in composing.placements(made)] == ["C", "B", "A"]
    assert not made.live
