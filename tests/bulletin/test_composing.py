"""Two editors on one issue never overwrite each other; the order is theirs until it is published."""

import re

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from bulletin import composing, factories, services
from bulletin.composing import CompositionConflict
from bulletin.models import ArticlePage, PublicationEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    page = factories.issue()
    for title, section in [("A", "actors"), ("B", "actors"), ("C", "zoom")]:
        factories.article(page, title, section=section)
    return page


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor", first_name="Dominique", last_name="Rédac")
    client.force_login(user)
    return user


def ids(issue):
    return {article.title: article.pk for article in ArticlePage.objects.child_of(issue)}


def order(issue):
    titles = {pk: title for title, pk in ids(issue).items()}
    return [(place.section, titles[place.article_id]) for place in composing.placements(issue)]


def version(issue):
    return composing.composition_of(issue.pk).version


def places(issue, *pairs):
    known = ids(issue)
    return [f"{section}:{known[title]}" for section, title in pairs]


def test_articles_come_last_in_their_section_in_the_order_of_their_creation(issue):
    assert order(issue) == [("actors", "A"), ("actors", "B"), ("zoom", "C")]


def test_readers_see_the_new_order_only_when_the_issue_is_published(issue):
    services.publish_issue(issue, user=None)
    pk = ids(issue)
    composing.arrange(
        issue, None, version(issue), [("zoom", [pk["C"], pk["A"]]), ("actors", [pk["B"]])]
    )

    assert ArticlePage.objects.get(title="A").section == "actors"
    services.publish_issue(issue, user=None)
    article = ArticlePage.objects.get(title="A")
    assert (article.section, article.position) == ("zoom", 3)


def test_the_second_editor_is_told_what_the_first_changed_and_overwrites_nothing(issue, editor):
    pk, read = ids(issue), version(issue)
    composing.arrange(issue, editor, read, [("actors", [pk["B"], pk["A"]]), ("zoom", [pk["C"]])])

    with pytest.raises(CompositionConflict) as conflict:
        composing.arrange(issue, None, read, [("map", [pk["A"], pk["B"], pk["C"]])])

    assert order(issue)[0] == ("actors", "B")
    (change,) = conflict.value.changes
    assert change.by == editor
    assert [move["action"] for move in change.changes] == ["moved"]


def test_an_article_added_meanwhile_is_a_change_of_the_arrangement(issue):
    read = version(issue)
    factories.article(issue, "D", section="map")

    with pytest.raises(CompositionConflict) as conflict:
        composing.arrange(issue, None, read, [])

    assert conflict.value.changes[-1].changes == [
        {"action": "added", "article": "D", "section": "map"}
    ]


def test_saving_the_same_order_changes_no_version(issue):
    pk, read = ids(issue), version(issue)
    layout = [("actors", [pk["A"], pk["B"]]), ("zoom", [pk["C"]])]
    assert composing.arrange(issue, None, read, layout) == read


def test_an_article_that_comes_back_from_the_bin_finds_its_place_again(issue, editor):
    from cms import bin

    article = ArticlePage.objects.get(title="A")
    entry = bin.put_page(article, editor)
    assert order(issue) == [("actors", "B"), ("zoom", "C")]

    bin.restore_page(entry, editor)

    assert order(issue) == [("actors", "A"), ("actors", "B"), ("zoom", "C")]


def test_an_article_restored_into_an_issue_taken_off_meanwhile_is_not_public(issue, editor):
    from cms import bin

    services.publish_issue(issue, user=None)
    entry = bin.put_page(ArticlePage.objects.get(title="A"), editor)
    services.unpublish_issue(issue, user=None)

    bin.restore_page(entry, editor)

    assert not ArticlePage.objects.get(title="A").live


# -- The screen -----------------------------------------------------------------------------------


def compose_url(issue):
    return reverse("bulletin_compose", args=[issue.pk])


def test_the_screen_shows_each_article_with_its_state_and_what_it_lacks(client, editor, issue):
    services.publish_issue(issue, user=None)
    article = ArticlePage.objects.get(title="A")
    article.summary = ""
    article.save_revision()
    factories.article(issue, "Nouveau")

    response = client.get(compose_url(issue))

    states = {s.title: s for s in response.context["state"].articles}
    assert (states["A"].status == "changed" and states["A"].changes == ["résumé"]) or states[
        "A"
    ].changes == ["summary"]
    assert states["Nouveau"].status == "new"
    assert states["B"].status == "public"
    assert len(states["A"].lacks) >= 1
    html = response.content.decode()
    assert html.count('name="place"') == 4


def test_buttons_move_without_javascript_and_cross_sections(client, editor, issue):
    pk = ids(issue)
    data = {
        "version": version(issue),
        "place": places(issue, ("actors", "A"), ("actors", "B"), ("zoom", "C")),
        "move": f"up:{pk['B']}",
    }
    response = client.post(compose_url(issue), data)

    assert response.status_code == 302 and response.url.endswith(f"#article-{pk['B']}")
    assert order(issue) == [("actors", "B"), ("actors", "A"), ("zoom", "C")]

    data = {
        "version": version(issue),
        "place": places(issue, ("actors", "B"), ("actors", "A"), ("zoom", "C")),
        "move": f"up:{pk['C']}",
    }
    client.post(compose_url(issue), data)
    assert ("local-voices", "C") not in order(issue)
    assert ("national-team", "C") in order(issue)


def test_a_conflict_keeps_the_arrangement_on_the_screen_and_names_the_other(client, editor, issue):
    read = version(issue)
    other = UserFactory(first_name="Alix", last_name="Autre")
    pk = ids(issue)
    composing.arrange(issue, other, read, [("actors", [pk["B"], pk["A"]]), ("zoom", [pk["C"]])])
    mine = places(issue, ("map", "A"), ("map", "B"), ("map", "C"))

    response = client.post(compose_url(issue), {"version": read, "place": mine})

    html = response.content.decode()
    assert response.status_code == 409
    assert "Alix Autre" in html
    assert re.findall(r'name="place" value="([^"]+)"', html) == mine
    assert order(issue)[0] == ("actors", "B")
    shown = re.search(r'name="version" value="(\d+)"', html)[1]
    assert client.post(compose_url(issue), {"version": shown, "place": mine}).status_code == 302
    assert {section for section, _title in order(issue)} == {"map"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "x"},
        {"version": "1", "place": ["nowhere:1"]},
        {"version": "1", "place": ["actors:1' OR 1=1"]},
        {"version": "1", "place": ["actors:99999999999999999999999"]},
        {"version": "1", "move": "sideways:1"},
        {"version": "999999999999999999999999"},
        {"version": "1", "place": ["\x00:\x00"]},
    ],
)
def test_a_wrong_arrangement_is_refused_with_a_message(client, editor, issue, data):
    before = order(issue)
    response = client.post(compose_url(issue), data)
    assert response.status_code in (302, 409)
    response = client.post(compose_url(issue), data, headers={"Accept": "application/json"})
    assert response.status_code in (400, 409)
    assert order(issue) == before


def test_only_editors_reach_the_screens(client, issue):
    urls = [
        reverse(name, args=[issue.pk])
        for name in (
            "bulletin_compose",
            "bulletin_preview",
            "bulletin_publish",
            "bulletin_unpublish",
        )
    ]
    for url in urls:
        assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    for url in urls:
        assert client.get(url).status_code in (302, 403)
        assert client.post(url, {}).status_code in (302, 403, 405)
    assert not PublicationEvent.objects.exists()


def test_publishing_from_the_screen_asks_first_then_publishes_all(client, editor, issue):
    url = reverse("bulletin_publish", args=[issue.pk])
    assert client.get(url).status_code == 200
    assert not PublicationEvent.objects.exists()

    response = client.post(url)

    assert response.url == compose_url(issue)
    assert ArticlePage.objects.child_of(issue).live().count() == 3
    assert PublicationEvent.objects.get().by == editor
    client.post(reverse("bulletin_unpublish", args=[issue.pk]))
    assert ArticlePage.objects.child_of(issue).live().count() == 0


def test_what_is_not_ready_is_listed_and_nothing_is_published(client, editor, issue):
    article = ArticlePage.objects.get(title="C")
    article.body = '[{"type": "heading", "value": {"text": "", "level": "h2"}}]'
    article.save_revision()

    response = client.post(reverse("bulletin_publish", args=[issue.pk]))

    assert response.status_code == 422
    assert [title for title, _text in response.context["problems"]] == ["C"]


def test_preview_shows_drafts_in_the_composed_order_with_links_to_previews(client, editor, issue):
    article = ArticlePage.objects.get(title="C")
    article.title = "Titre du brouillon"
    article.save_revision()

    html = client.get(reverse("bulletin_preview", args=[issue.pk])).content.decode()

    assert "Titre du brouillon" in html
    link = reverse("bulletin_preview_article", args=[issue.pk, article.pk])
    assert f'href="{link}"' in html
    assert f'href="{article.get_url()}"' not in html
    response = client.get(link)
    assert response.context["previous"].title == "B"
    assert "no-store" in response["Cache-Control"]
    assert client.get(article.get_url()).status_code == 404


def test_the_screen_costs_as_many_queries_with_many_articles(
    client, editor, django_assert_max_num_queries
):
    issue = factories.full_issue(60)
    client.get(compose_url(issue))
    with django_assert_max_num_queries(60):
        client.get(compose_url(issue))


# -- The page editor ------------------------------------------------------------------------------


def latest(article):
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def edit_data(client, page):
    """What the edit form holds, as a browser would send it back."""
    from django.forms.models import model_to_dict  # noqa: F401
    from wagtail.test.utils.form_data import nested_form_data

    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    html = response.content.decode()
    data = {}
    for match in re.finditer(r"<input\b[^>]*>", html):
        name = re.search(r'name="([^"]+)"', match[0])
        value = re.search(r'value="([^"]*)"', match[0])
        if name and 'type="checkbox"' not in match[0]:
            data[name[1]] = value[1] if value else ""
    form = response.context["form"]
    data.update(
        nested_form_data(
            {
                "title": page.title,
                "slug": page.slug,
                "summary": page.summary,
                "section": "actors",
                "kicker": "",
                "authors": "",
                "body-count": "0",
                "seo_title": "",
                "search_description": "",
            }
        )
    )
    return data, form


def test_the_article_editor_offers_no_publication_schedule_or_workflow(client, editor, issue):
    article = ArticlePage.objects.get(title="A")
    data, form = edit_data(client, article)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert not {"go_live_at", "expire_at"} & set(form.fields)
    for action in ("action-publish", "action-submit", "action-restart-workflow"):
        assert f'name="{action}"' not in html

    data |= {"title": "Relu", "action-publish": "1", "go_live_at": "2030-01-01 00:00"}
    client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data)

    article.refresh_from_db()
    assert (article.live, article.go_live_at) == (False, None)
    assert article.get_latest_revision_as_object().title == "Relu"


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_bulk_actions_do_not_publish_an_article_alone(client, editor, issue, action):
    services.publish_issue(issue, user=None) if action == "unpublish" else None
    article = ArticlePage.objects.get(title="A")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    response = client.post(f"{url}?id={article.pk}", {})

    assert response.status_code == 302
    article.refresh_from_db()
    assert article.live is (action == "unpublish")


def test_the_single_unpublish_screen_is_refused(client, editor, issue):
    services.publish_issue(issue, user=None)
    article = ArticlePage.objects.get(title="A")
    for page in (article, issue):
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {})
        page.refresh_from_db()
        assert page.live


def test_saving_over_an_unseen_version_is_refused_once_and_keeps_the_text(client, editor, issue):
    article = ArticlePage.objects.get(title="A")
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    data, _form = edit_data(client, article)
    assert data["loaded_revision_id"]
    other = UserFactory(first_name="Alix", last_name="Autre")
    theirs = ArticlePage.objects.get(pk=article.pk)
    theirs.title = "Leur titre"
    theirs.save_revision(user=other)

    response = client.post(url, data | {"title": "Mon titre"})

    html = response.content.decode()
    assert "Alix Autre" in html and "Mon titre" in html
    assert latest(article).title == "Leur titre"

    again = data | {"title": "Mon titre"}
    for name in ("loaded_revision_id", "loaded_revision_created_at"):
        again[name] = re.search(rf'name="{name}" value="([^"]*)"', html)[1]
    client.post(url, again)
    assert latest(article).title == "Mon titre"
    assert article.revisions.count() == 3


def test_the_section_chosen_in_the_form_moves_the_article(client, editor, issue):
    article = ArticlePage.objects.get(title="A")
    data, _form = edit_data(client, article)
    client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data | {"section": "zoom"})
    assert order(issue) == [("actors", "B"), ("zoom", "C"), ("zoom", "A")]


def test_a_new_article_starts_in_the_section_asked_for(client, editor, issue):
    url = reverse("wagtailadmin_pages:add", args=["bulletin", "articlepage", issue.pk])
    response = client.get(url, {"section": "witnesses"})
    assert response.context["form"].initial["section"] == "witnesses"


def test_undoing_goes_back_to_the_version_before(client, editor, issue):
    from cms import undo

    article = ArticlePage.objects.get(title="A")
    article.title = "Changé"
    article.save_revision()
    undo.undo_last_change(ArticlePage.objects.get(pk=article.pk), editor)
    assert ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object().title == "A"


# -- Export and notification ------------------------------------------------------------------------


def test_the_list_of_articles_is_exported_to_editors_alone(client, issue):
    url = reverse("cms_export", args=["bulletin-articles"])
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(UserFactory(role="editor"))

    text = b"".join(client.get(url, {"issue": issue.slug}).streaming_content).decode()

    assert [line.split(";")[3] for line in text.splitlines()[1:4]] == ["A", "B", "C"]
    assert client.get(url, {"issue": "aucun"}).status_code == 400
    assert client.get(url, {"section": "<b>"}).status_code == 400


def test_publication_is_announced_once_to_everybody_with_an_account(issue):
    from accounts.models import Notification
    from bulletin.tasks import announce

    reader = UserFactory()
    event = services.publish_issue(issue, user=None)
    again = services.publish_issue(issue, user=None)
    for _time in range(2):
        announce.func(event.pk)
        announce.func(again.pk)

    (told,) = Notification.objects.filter(user=reader, kind="bulletin.published")
    assert told.url == issue.get_url()
