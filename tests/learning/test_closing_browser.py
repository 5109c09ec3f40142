"""Closing in a browser: by keyboard alone, and axe on each page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.factories import PASSWORD
from learning.closing import factories
from learning.models import Certificate
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_trainer_closes_a_session_and_anybody_verifies_what_comes_of_it(page):
    session = factories.over(2)
    trainer = session.trainers.get()
    page.goto(reverse("account_login"))
    page.fill("[name=login]", trainer.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/espace-pro/**")
    page.goto(reverse("learning:closing", args=[session.uuid]))
    assert_axe_clean(page)
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".certified")
    expect(page.locator(".certified__person")).to_have_count(2)
    assert_axe_clean(page, schemes=("light",))
    number = Certificate.objects.first().number
    page.goto(reverse("learning:verify-ask"))
    page.fill("[name=code]", number.lower())
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict__state")
    assert number in page.content()
    assert_axe_clean(page, schemes=("dark",))
