"""An issue is published whole: every page or none, from the latest versions, in few writes."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry
from wagtail_footnotes.models import Footnote

from bulletin import factories, publishing, services
from bulletin.models import ArticlePage, IssuePage, PublicationEvent

pytestmark = pytest.mark.django_db


def live_count(issue):
    return Page.objects.descendant_of(issue, inclusive=True).live().count()


def edit(article, **fields):
    """Save a draft as an editor does: a revision, and nothing that readers see."""
    page = ArticlePage.objects.get(pk=article.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


def test_every_page_becomes_public_from_its_latest_version():
    issue = factories.full_issue(3, live=False)
    article = ArticlePage.objects.child_of(issue).first()
    revision = edit(article, title="Titre relu", body=factories.body("Texte relu"))

    services.publish_issue(issue, user=None)

    assert live_count(issue) == 4
    article.refresh_from_db()
    assert article.title == article.draft_title == "Titre relu"
    assert "Texte relu" in json.dumps(article.body.get_prep_value(), ensure_ascii=False)
    assert article.live_revision_id == revision.pk
    assert not article.has_unpublished_changes
    assert article.first_published_at and article.last_published_at


def test_themes_and_footnotes_of_the_draft_are_published():
    issue = factories.issue()
    article = factories.article(issue, themes=("mobility",), live=True)
    kept = Footnote.objects.create(
        page=article,
        uuid="0" * 8 + "-0000-4000-8000-" + "0" * 12,
        text="<p>gardée</p>",
        locale=article.locale,
    )
    Footnote.objects.create(
        page=article,
        uuid="1" * 8 + "-0000-4000-8000-" + "0" * 12,
        text="<p>ôtée</p>",
        locale=article.locale,
    )
    page = ArticlePage.objects.get(pk=article.pk)
    page.themes.set([factories.theme("health")])
    page.footnotes.set([n for n in page.footnotes.all() if n.pk == kept.pk])
    page.footnotes.create(
        uuid="2" * 8 + "-0000-4000-8000-" + "0" * 12, text="<p>neuve</p>", locale=page.locale
    )
    page.save_revision()

    services.publish_issue(issue, user=None)

    published = ArticlePage.objects.get(pk=article.pk)
    assert [theme.code for theme in published.themes.all()] == ["health"]
    assert sorted(note.text for note in published.footnotes.all()) == [
        "<p>gardée</p>",
        "<p>neuve</p>",
    ]
    assert published.footnotes.get(text="<p>gardée</p>").pk == kept.pk


def test_nothing_else_hangs_on_a_page_that_publishing_would_forget():
    """A new kind of child row needs a new line in `publishing.write_pages`."""
    from modelcluster.models import get_all_child_relations

    names = {
        relation.get_accessor_name()
        for model in (IssuePage, ArticlePage)
        for relation in get_all_child_relations(model)
    }
    assert names == {"footnotes", "wagtail_admin_comments"}


def test_one_page_that_cannot_be_published_keeps_all_back_and_is_named():
    issue = factories.full_issue(2, live=False)
    article = ArticlePage.objects.child_of(issue).last()
    edit(article, body=json.dumps([{"type": "heading", "value": {"text": "", "level": "h2"}}]))

    with pytest.raises(services.IssueNotReady) as caught:
        services.publish_issue(issue, user=None)

    assert [title for title, _text in caught.value.problems] == [article.title]
    assert live_count(issue) == 0
    assert not PublicationEvent.objects.exists()


def test_a_failure_at_the_last_write_leaves_nothing_published(monkeypatch):
    issue = factories.full_issue(3, live=False)

    def fail(*_args):
        raise RuntimeError("the process stops here")

    monkeypatch.setattr(services, "_conclude", fail)
    with pytest.raises(RuntimeError):
        services.publish_issue(issue, user=None)

    assert live_count(issue) == 0


def test_what_is_saved_while_the_issue_is_prepared_is_published_too(monkeypatch):
    issue = factories.full_issue(2, live=False)
    article = ArticlePage.objects.child_of(issue).first()
    original = publishing.make_plan
    plans = []

    def plan_then_somebody_saves(issue_id):
        plan = original(issue_id)
        if not plans:
            edit(article, title="Enregistré entre-temps")
        plans.append(plan)
        return plan

    monkeypatch.setattr(publishing, "make_plan", plan_then_somebody_saves)
    services.publish_issue(issue, user=None)

    article.refresh_from_db()
    assert len(plans) == 2
    assert article.title == "Enregistré entre-temps"


def test_writes_do_not_grow_with_the_number_of_articles(django_assert_max_num_queries):
    small, large = factories.full_issue(2, live=False), factories.full_issue(40, live=False)

    def writes(issue):
        plan = publishing.make_plan(issue.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            services._write(plan, user=None)
        return [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]

    few, many = writes(small), writes(large)
    assert len(many) <= len(few) + 6, "\n".join(sql[:120] for sql in many)
    assert len(many) <= 30


def test_publishing_writes_one_event_and_one_log_entry_a_page(django_user_model):
    issue = factories.full_issue(2, live=False)
    user = django_user_model.objects.create_user("editor@example.org")

    event = services.publish_issue(issue, user)

    assert (event.kind, event.by, event.pages) == ("published", user, 3)
    assert PublicationEvent.objects.count() == 1
    entries = PageLogEntry.objects.filter(action="wagtail.publish")
    assert entries.count() == 3
    assert entries.values("uuid").distinct().count() == 1


def test_unpublishing_takes_every_page_off_and_keeps_the_drafts():
    issue = factories.full_issue(3, live=False)
    services.publish_issue(issue, user=None)
    edit(ArticlePage.objects.child_of(issue).first(), title="Brouillon")

    event = services.unpublish_issue(issue, user=None)

    assert live_count(issue) == 0
    assert event.kind == "unpublished"
    article = ArticlePage.objects.child_of(issue).first()
    assert article.get_latest_revision_as_object().title == "Brouillon"


def test_files_of_a_draft_open_with_the_publication_and_close_with_its_end(client):
    from cms.factories import SiteImageFactory

    picture = SiteImageFactory()
    url = picture.get_rendition("width-100").url
    issue = factories.full_issue(1, live=False, listing_image=picture)
    assert client.get(url).status_code == 404

    services.publish_issue(issue, user=None)
    assert client.get(url).status_code == 200

    services.unpublish_issue(issue, user=None)
    assert client.get(url).status_code == 404


def test_an_address_that_changes_leads_to_the_new_one():
    issue = factories.full_issue(1, live=False, slug="ancien")
    services.publish_issue(issue, user=None)
    page = IssuePage.objects.get(pk=issue.pk)
    page.slug = "nouveau"
    page.save_revision()

    services.publish_issue(issue, user=None)

    article = ArticlePage.objects.child_of(issue).get()
    assert article.url_path.endswith("/bulletin/nouveau/article-1/")
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert paths == {"/bulletin/ancien", "/bulletin/ancien/article-1"}


def test_an_event_is_handled_once_by_each_consumer_and_again_after_a_failure():
    event = services.publish_issue(factories.full_issue(1, live=False), user=None)

    with pytest.raises(RuntimeError), services.handle_once(event, "pdf") as first:
        assert first
        raise RuntimeError
    with services.handle_once(event, "pdf") as first:
        assert first
    with services.handle_once(event, "pdf") as first:
        assert not first
    with services.handle_once(event, "mail") as first:
        assert first
    assert list(services.unhandled_events("other")) == [event]
    assert list(services.unhandled_events("pdf")) == []


def test_an_article_is_never_published_alone():
    issue = factories.full_issue(1, live=False)
    article = ArticlePage.objects.child_of(issue).get()

    with pytest.raises(PermissionDenied):
        article.get_latest_revision().publish()
    article.refresh_from_db()
    assert not article.live
