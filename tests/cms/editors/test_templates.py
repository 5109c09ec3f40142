"""A page may be started from another: its content, and nothing else of it."""

import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_footnotes.models import Footnote

from accounts.factories import UserFactory
from bulletin import factories as bulletin
from bulletin import services
from bulletin.publishing import IssueNotReady
from cms import bin
from cms.editors import starting
from cms.factories import PageTemplateFactory, StandardPageFactory, ThemeFactory, home
from cms.models import PageTemplate, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor")
    client.force_login(user)
    return user


def note(page):
    row = Footnote(page=page, uuid=uuid.uuid4(), text="La note.", sort_order=0, locale=page.locale)
    page.footnotes.add(row)
    call = f'<p>Texte<footnote id="{row.uuid}">1</footnote>.</p>'
    page.body = json.dumps([{"type": "rich_text", "value": call}])
    return row


@pytest.fixture
def model():
    page = StandardPageFactory(title="Modèle", live=False, summary="Premier jet.")
    page.themes.add(ThemeFactory(code="mobilite"))
    note(page)
    page.summary = "À compléter : [nom de la commune]."
    page.go_live_at = timezone.now() + timezone.timedelta(days=3)
    page.save_revision()
    StandardPageFactory(title="Sous le modèle", parent=page)
    return PageTemplateFactory(page=page, label="Fiche de commune")


def test_the_new_page_has_the_latest_content_and_no_child_nor_schedule(model, editor):
    page = starting.start(model, home(), "Ayen", editor).specific

    latest = page.get_latest_revision_as_object()
    assert latest.summary == "À compléter : [nom de la commune]."
    assert [theme.code for theme in latest.themes.all()] == ["mobilite"]
    assert (page.title, page.slug, page.live) == ("Ayen", "ayen", False)
    assert (latest.go_live_at, page.go_live_at) == (None, None)
    assert page.get_children_count() == 0
    assert page.owner == editor
    assert page.translation_key != model.page.translation_key


def test_its_notes_are_those_of_the_template_and_rows_of_its_own(model, editor, client):
    page = starting.start(model, home(), "Ayen", editor).specific
    page.get_latest_revision().publish()

    text = client.get("/ayen/").content.decode()
    assert "La note." in text and 'href="#appel-1-1"' in text
    assert Footnote.objects.filter(page=page).count() == 1


def test_two_pages_of_one_title_have_two_addresses(model, editor):
    slugs = [starting.start(model, home(), "Ayen", editor).slug for _ in range(2)]
    assert slugs == ["ayen", "ayen-2"]


def test_an_article_is_started_in_an_issue_with_its_place_at_the_end_of_its_section(editor):
    source, target = bulletin.issue(), bulletin.issue()
    template = PageTemplateFactory(page=bulletin.article(source, "Entretien", section="witnesses"))

    article = starting.start(template, target, "Trois questions", editor).specific

    assert article.placement.composition.issue == target
    assert article.placement.section == "witnesses"
    assert not article.live


def test_a_template_is_offered_only_where_its_type_may_stand(editor):
    article = PageTemplateFactory(page=bulletin.article(bulletin.issue()))
    page = PageTemplateFactory()
    assert starting.templates_for(home(), editor) == [page]
    assert starting.templates_for(bulletin.issue(), editor) == [article]


def test_a_template_in_the_bin_is_no_longer_offered(model, editor):
    bin.put_page(model.page, editor)
    assert starting.templates_for(home(), editor) == []


def test_the_preview_shows_the_page_as_it_would_be_and_writes_nothing(model, editor, client):
    before = Page.objects.count()
    response = client.get(reverse("cms_start_preview", args=[home().pk, model.uuid]))
    assert "[nom de la commune]" in response.content.decode()
    assert Page.objects.count() == before


def test_an_article_template_is_previewed_inside_its_future_issue(editor, client):
    template = PageTemplateFactory(page=bulletin.article(bulletin.issue(), "Entretien"))
    target = bulletin.issue("Le numéro à venir")
    response = client.get(reverse("cms_start_preview", args=[target.pk, template.uuid]))
    assert response.status_code == 200
    assert "Le texte de l’article." in response.content.decode()


def test_an_editor_chooses_gives_a_title_and_writes_on(model, editor, client):
    choice = client.get(reverse("cms_start", args=[home().pk])).content.decode()
    url = reverse("cms_start_from", args=[home().pk, model.uuid])
    assert url in choice
    assert (
        url
        in client.get(reverse("wagtailadmin_pages:add_subpage", args=[home().pk])).content.decode()
    )

    response = client.post(url, {"title": "Ayen"})

    page = StandardPage.objects.get(slug="ayen")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_without_a_title_no_page_is_made(model, editor, client):
    before = Page.objects.count()
    response = client.post(reverse("cms_start_from", args=[home().pk, model.uuid]), {"title": ""})
    assert response.status_code == 200
    assert Page.objects.count() == before


def test_any_page_becomes_a_template_and_stops_being_one(editor, client):
    page = StandardPageFactory()
    url = reverse("cms_mark_template", args=[page.pk])
    client.post(url, {"label": "Page d’aide", "description": ""})
    assert PageTemplate.objects.get().page_id == page.pk
    assert "Page d’aide" in client.get(reverse("cms_templates")).content.decode()
    client.post(url, {"remove": "1"})
    assert not PageTemplate.objects.exists()


def test_a_draft_that_is_a_template_is_not_published_by_mistake(model, editor, client):
    edit = reverse("wagtailadmin_pages:edit", args=[model.page_id])
    assert "action-publish" not in client.get(edit).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={model.page_id}")
    assert not Page.objects.get(pk=model.page_id).live


def test_nor_with_its_issue(editor):
    issue = bulletin.issue()
    PageTemplateFactory(page=bulletin.article(issue, "Entretien"))
    with pytest.raises(IssueNotReady, match="Entretien"):
        services.publish_issue(issue, editor)
