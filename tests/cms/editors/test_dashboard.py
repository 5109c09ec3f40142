"""The home page of the admin says what awaits this person, and nothing of others' affairs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from accounts.factories import UserFactory
from bulletin import factories as bulletin
from cms import registry
from cms.editors import dashboard
from cms.factories import PageTemplateFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor")
    client.force_login(user)
    return user


def draft(title, user, **fields):
    page = StandardPageFactory(title=title, live=False, **fields)
    page.save_revision(user=user)
    return page


def titles(section):
    return [entry.title for entry in section.entries]


def section(user, words):
    return next(found for found in dashboard.sections(user) if words in found.title)


def test_an_editor_finds_their_drafts_and_not_those_of_others(editor):
    draft("La mienne", editor)
    draft("La sienne", UserFactory(role="editor"))
    assert titles(section(editor, "brouillons")) == ["La mienne"]


def test_a_public_page_with_changes_is_a_draft_and_a_template_is_not(editor):
    page = StandardPageFactory(title="Publique")
    page.summary = "Autre chose."
    page.save_revision(user=editor)
    PageTemplateFactory(page=draft("Modèle", editor))
    assert titles(section(editor, "brouillons")) == ["Publique"]


def test_what_is_scheduled_within_a_month_comes_soonest_first(editor):
    now = timezone.now()
    for title, days in (("Plus tard", 20), ("Bientôt", 2), ("Trop loin", 60)):
        page = StandardPageFactory(title=title, live=False)
        page.go_live_at = now + dt.timedelta(days=days)
        page.save_revision().publish()
    StandardPageFactory(title="S’achève", expire_at=now + dt.timedelta(days=5))
    assert titles(section(editor, "Programmées")) == ["Bientôt", "S’achève", "Plus tard"]


def test_what_expired_lately_is_shown_for_a_month(editor):
    for title, days in (("Hier", 1), ("Autrefois", 90)):
        page = StandardPageFactory(title=title, live=False)
        ended = timezone.now() - dt.timedelta(days=days)
        Page.objects.filter(pk=page.pk).update(expired=True, expire_at=ended)
    assert titles(section(editor, "Expirées")) == ["Hier"]


def test_one_s_own_old_pages_come_before_those_of_others(editor):
    for title, owner in (("Des autres", UserFactory()), ("La mienne", editor)):
        StandardPageFactory(title=title, owner=owner)
    long_ago = timezone.now() - dt.timedelta(days=500)
    Page.objects.update(last_published_at=long_ago)
    assert titles(section(editor, "relire"))[0] == "La mienne"


def test_failed_tasks_are_shown_to_the_team_and_not_to_editors(editor):
    DBTaskResult.objects.create(
        task_path="x.y",
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
    )
    team = UserFactory(role="national-team")
    urls = [fault.url for fault in dashboard.faults(team, editor=True)]
    assert reverse("cms_tasks") in urls
    assert dashboard.faults(editor, editor=True) == []


def test_the_issue_in_composition_is_one_click_away(editor, client):
    published, waiting = bulletin.full_issue(1, title="Sorti"), bulletin.issue("En préparation")
    bulletin.article(waiting)
    Page.objects.filter(path__startswith=published.path).update(has_unpublished_changes=False)
    text = client.get("/admin/").content.decode()
    assert reverse("bulletin_compose", args=[waiting.pk]) in text
    assert reverse("bulletin_compose", args=[published.pk]) not in text


def test_an_issue_offered_as_a_template_is_not_in_composition(editor, client):
    PageTemplateFactory(page=bulletin.issue("Numéro modèle"))
    assert "Numéro modèle" not in client.get("/admin/").content.decode()


def test_the_page_is_in_french_leads_to_the_site_and_leaves_wagtail_s_counts_out(editor, client):
    text = client.get("/admin/").content.decode()
    assert "Voir le site" in text
    assert "Guide de l’éditeur" in text
    assert "Wagtail 8" not in text
    assert "Media files" not in text


def test_an_app_gives_its_own_panel(editor, client, monkeypatch):
    monkeypatch.setitem(
        registry.editor_panels._providers,
        "test",
        lambda request: {
            "title": "À modérer demain",
            "template": "bulletin/admin/panel.html",
            "context": {"issues": []},
        },
    )
    assert "À modérer demain" in client.get("/admin/").content.decode()


def test_it_costs_the_same_with_many_pages(editor, client, django_assert_max_num_queries):
    for n in range(30):
        draft(f"Brouillon {n}", editor)
    client.get("/admin/")
    with django_assert_max_num_queries(60):
        client.get("/admin/")
