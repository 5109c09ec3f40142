"""Meetings, consultations and prize in a real browser: accessible, and a contribution from its draft to
its publication with the keyboard."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from newsroom.models import Contribution
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOUR = "/rencontres/tournee-territoriale/2015/"
SATURDAY = "/consultations/le-samedi-matin/"
NARROW_AND_WIDE = {"schemes": ("light",)}


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.REQUIRE_MFA = False


def sign_in(context, live_server, email):
    client = Client()
    client.force_login(get_user_model().objects.get(email=email))
    name = django_settings.SESSION_COOKIE_NAME
    context.clear_cookies()
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )


@pytest.mark.parametrize("path", [TOUR, SATURDAY, "/grand-prix/edition-fictive/"])
def test_axe_finds_nothing_on_a_page_to_read(page, path):
    page.goto(path)
    assert_axe_clean(page)


@pytest.mark.parametrize(
    "path",
    [
        "/rencontres/",
        "/consultations/?page=zz",
        "/grand-prix/",
    ],
)
def test_axe_finds_nothing_on_a_list(page, path):
    page.goto(path)
    assert_axe_clean(page, **NARROW_AND_WIDE)


def test_the_programme_leads_to_what_was_said_with_the_keyboard(page):
    page.goto(TOUR)
    link = page.locator(".programme__list a").nth(1)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#seance-*")
    assert page.locator(":target").inner_text() == link.inner_text()


def test_a_contribution_goes_from_draft_to_publication(page, context, live_server):
    sign_in(context, live_server, "responsable@example.org")
    page.goto(SATURDAY)
    page.get_by_role("link", name="Contribuer", exact=True).press("Enter")
    page.get_by_label("titre").press_sequentially("Partager l’agenda")
    page.get_by_role("button", name="Envoyer pour publication").press("Enter")
    expect(page.locator("#id_text")).to_have_attribute("aria-invalid", "true")
    assert_axe_clean(page)
    page.locator("#id_text").press_sequentially("Un agenda pour cinq Maisons.")
    page.get_by_role("button", name="Garder en brouillon").press("Enter")
    page.get_by_role("button", name="Envoyer pour publication").press("Enter")
    page.get_by_text("En relecture").first.wait_for()
    assert_axe_clean(page, **NARROW_AND_WIDE)
    page.goto(reverse("newsroom_contributions"))
    assert_axe_clean(page, **NARROW_AND_WIDE)

    row = Contribution.objects.get(title="Partager l’agenda")
    sign_in(context, live_server, "redaction@example.org")
    page.goto(reverse("newsroom_moderation_list"))
    page.get_by_role("link", name="Partager l’agenda").press("Enter")
    page.get_by_role("button", name="Publier", exact=True).press("Enter")
    page.get_by_text("La contribution est publiée").wait_for()

    context.clear_cookies()
    page.goto(f"{SATURDAY}#contribution-{row.uuid}")
    expect(page.get_by_role("heading", name="Partager l’agenda")).to_be_visible()
