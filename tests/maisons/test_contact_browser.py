"""Writing and answering in a real browser: accessible, by keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from maisons.contact import guard
from maisons.models import ContactRequest
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_message_is_written_with_the_keyboard_and_the_person_thanked(
    page, live_server, monkeypatch
):
    monkeypatch.setattr(guard, "LEAST_SECONDS", 1)
    page.goto(f"{live_server.url}/contact/")
    assert_axe_clean(page)
    page.get_by_role("button", name="Envoyer mon message").click()
    page.locator("[data-error-summary]").wait_for()
    assert_axe_clean(page, schemes=("light",))
    page.faults.clear()  # 422 is what is tested
    page.get_by_label("Le réseau national").focus()
    page.keyboard.press("Space")
    page.get_by_label("Votre nom").fill("Camille Essai")
    page.get_by_label("Votre adresse électronique").fill("camille@example.org")
    page.get_by_label("Votre message").fill("Bonjour.")
    page.wait_for_timeout(guard.LEAST_SECONDS * 1000)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/envoye/**")
    expect(page.locator("main")).to_contain_text("cellule nationale")
    assert_axe_clean(page, schemes=("light",), widths=(1280,))
    assert ContactRequest.objects.filter(name="Camille Essai").count() == 1


def test_a_request_is_found_taken_and_answered(page, live_server):
    sign_in(page, live_server, "prefecture@example.org")
    page.goto(f"{live_server.url}/espace-pro/demandes/")
    assert_axe_clean(page, schemes=("light",))
    page.locator("main .item__title a").first.click()
    page.wait_for_url(re.compile(r"/demandes/[0-9a-f-]{36}/$"))
    assert_axe_clean(page)
    page.get_by_role("button", name="Je m’en occupe").click()
    page.get_by_label("Ce qui a été dit ou fait").fill("Rappelée ce matin.")
    page.get_by_role("button", name="J’ai répondu").click()
    expect(page.locator("main")).to_contain_text("Rappelée ce matin.")
