"""An editor in a hurry composes a third issue, by keyboard and by mouse, and publishes it whole."""

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Page

from accounts.factories import UserFactory
from bulletin import composing, factories
from bulletin.models import ArticlePage, BulletinIndexPage, IssuePage
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(context, live_server, **fields):
    """The context of somebody who is signed in."""
    client = Client()
    client.force_login(UserFactory(**fields))
    cookie = client.cookies[site.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": site.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


def draft(page):
    """Press the button that saves, and wait for what it says."""
    page.click("button.action-save")
    page.wait_for_selector(".messages .success")


def drag(page, handle, target):
    """As a hand does: press, move a little, then there, and let go."""
    page.set_viewport_size({"width": 1280, "height": 2000})
    start, end = handle.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, start["y"] - 10, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


def titles(page):
    return page.locator(".compose__title").all_inner_texts()


def test_a_third_issue_is_composed_arranged_previewed_and_published_whole(
    page, context, live_server, settings
):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    sign_in(context, live_server, role="editor")
    index = BulletinIndexPage.objects.get(locale__language_code="fr")
    page.goto("/admin/bulletin/")
    page.click("text=Commencer un numéro (Français)")
    page.wait_for_url("**/add/bulletin/issuepage/**")

    # A wrong input first: the year is missing, and what was written stays.
    page.type("#id_title", "Troisième numéro")  # the address follows
    page.fill("#id_number", "3")
    page.select_option("#id_season", "winter")
    page.click("button.action-save")
    page.wait_for_selector(".messages .error")
    expect(page.locator("#id_number")).to_have_value("3")
    page.faults.clear()
    page.fill("#id_year", "2017")
    draft(page)
    issue = IssuePage.objects.child_of(index).get(slug="troisieme-numero")

    page.goto(reverse("bulletin_compose", args=[issue.pk]))
    for title in ("Premier", "Deuxième"):
        page.click("section:has(#section-zoom) a:has-text('Ajouter un article')")
        page.wait_for_url("**/add/bulletin/articlepage/**")
        expect(page.locator("#id_section")).to_have_value("zoom")
        page.type("#id_title", title)
        draft(page)
        page.goto(reverse("bulletin_compose", args=[issue.pk]))
    assert titles(page) == ["Premier", "Deuxième"]

    # By keyboard: the focus follows the article.
    up = page.locator(".compose__item:has-text('Deuxième') button[value^=up]")
    up.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.getElementById('compose-status').textContent.includes('enregistré')"
    )
    assert titles(page) == ["Deuxième", "Premier"]
    assert page.evaluate("() => document.activeElement.value").startswith("up:")
    # By mouse, into another section.
    handle = page.locator(".compose__item:has-text('Premier') .compose__handle")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        drag(page, handle, page.locator(".compose__list[data-section=actors]"))
    page.reload()
    assert titles(page) == ["Premier", "Deuxième"]
    assert composing.placements(issue)[0].section == "actors"
    assert_axe_clean(page, exclude=("#wagtail-sidebar",))

    with context.expect_page() as opened:
        page.click("text=Aperçu de tout le numéro")
    opened.value.locator("text=Deuxième").first.wait_for()
    opened.value.close()
    assert Client().get("/bulletin/troisieme-numero/").status_code == 404

    # Not ready: it says which page, and nothing is public.
    page.click("text=Publier tout le numéro")
    page.wait_for_url("**/publish/")
    page.click("button:has-text('Publier tout le numéro')")
    page.wait_for_load_state()
    assert IssuePage.objects.get(pk=issue.pk).live
    assert Client().get("/bulletin/troisieme-numero/").status_code == 200
    live = ArticlePage.objects.child_of(issue).values_list("live", flat=True)
    assert list(live) == [True, True]


def test_two_editors_of_one_issue_do_not_overwrite_each_other(page, context, browser, live_server):
    issue = factories.issue("À deux")
    for title in ("Un", "Deux", "Trois"):
        factories.article(issue, title, section="zoom")
    url = reverse("bulletin_compose", args=[issue.pk])
    sign_in(context, live_server, role="editor", first_name="Camille", last_name="Une")
    page.goto(url)
    other_context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    sign_in(other_context, live_server, role="editor", first_name="Dominique", last_name="Autre")
    other = other_context.new_page()
    other.goto(url)

    other.click(".compose__item:has-text('Trois') button[value^=up]")
    other.wait_for_function(
        "() => document.getElementById('compose-status').textContent.includes('enregistré')"
    )
    page.faults.clear()
    page.click(".compose__item:has-text('Un') button[value^=down]")
    page.wait_for_selector("#conflict")

    expect(page.locator("#conflict")).to_contain_text("Dominique Autre")
    known = dict(Page.objects.values_list("pk", "title"))
    kept = [known[place.article_id] for place in composing.placements(issue)]
    assert kept == ["Un", "Trois", "Deux"]
    assert titles(page) == ["Deux", "Un", "Trois"]
    # The answers 409 are what the script waits for: not a fault of the page.
    page.faults.clear()
    page.click("text=Enregistrer mon ordre")
    page.wait_for_selector(".messages .success")
    kept = [known[place.article_id] for place in composing.placements(issue)]
    assert kept == ["Deux", "Un", "Trois"]
    page.faults.clear()
    other_context.close()
