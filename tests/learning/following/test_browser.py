"""A trainer at work on the cohort of the demonstration, by keyboard: who waits, why, a message to them."""

import pytest
from playwright.sync_api import expect

from learning.following.demo import NAME, TRAINER
from learning.models import Cohort, CohortMessage
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_trainer_finds_who_is_stuck_and_writes_to_them(page, live_server):
    sign_in(page, live_server, TRAINER)
    cohort = Cohort.objects.get(name=NAME)
    page.goto(f"{live_server.url}{cohort.get_absolute_url()}")
    expect(
        page.get_by_role("heading", name="5 personnes attendent un geste de vous")
    ).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("link", name="2 bloquées").press("Enter")
    page.get_by_role("checkbox", name="Swann Exemple").press("Space")
    page.get_by_role("button", name="Les personnes cochées").press("Enter")
    page.get_by_label("Sujet").fill("Un point")
    page.get_by_label("Message").fill("Bonjour")
    page.get_by_role("button", name="Relire").press("Enter")
    page.get_by_role("button", name="Envoyer").press("Enter")
    page.get_by_text("Envoyé à 1 personne").wait_for()
    message = CohortMessage.objects.filter(cohort=cohort, subject="Un point").get()
    [row] = message.recipients.all()
    assert str(row.user) == "Swann Exemple"
    page.goto(f"{live_server.url}{cohort.get_absolute_url()}personnes/{row.uuid}/")
    assert_axe_clean(page)
