"""The page of verification and one's own attestations, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.credentials.factories import make_certificate
from learning.models import PathCertificate
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_holder_finds_the_address_and_anybody_verifies_by_keyboard(page, live_server, plain):
    person = UserFactory(first_name="Camille", last_name="Dupont")
    make_certificate(person)
    run_all()
    row = PathCertificate.objects.get(enrolment__user=person)
    page.goto(reverse("learning:verify-ask"))
    assert_axe_clean(page)
    page.locator("[name=code]").focus()
    page.keyboard.type(row.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict--valid")
    expect(page.locator(".verdict")).to_contain_text("Camille Dupont")
    assert_axe_clean(page)
    sign_in(page, live_server, person.email)
    page.goto(reverse("learning:attestations"))
    assert row.get_check_url() in page.content()
    assert_axe_clean(page, schemes=("light",))
