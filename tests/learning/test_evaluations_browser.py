"""Evaluation in a browser: answering by keyboard on a telephone, reading results; axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from learning.models import Answer, Evaluation, Registration, Session
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGENT = "agent@example.org"


def test_an_agent_answers_by_keyboard_on_a_telephone(page, live_server):
    """What the demonstration's agent still has to answer: three months after a session."""
    sign_in(page, live_server, AGENT)
    evaluation = Evaluation.objects.open().get(kind="cold", session__is_fictitious=True)
    page.goto(evaluation.get_absolute_url())
    assert_axe_clean(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    summary = page.locator("[data-error-summary]")
    summary.wait_for()
    page.faults.clear()  # the answer to what is missing is 422, which the console reports
    assert "choses à corriger" in summary.inner_text()
    assert_axe_clean(page, schemes=("light",), widths=(390,))
    for group in page.locator("fieldset:has(input[type=radio])").all():
        first = group.locator("input[type=radio]").first
        first.focus()
        page.keyboard.press("ArrowRight")
        expect(group.locator("input:checked")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    page.get_by_role("heading", name="Merci").wait_for()
    mine = Registration.objects.get(session=evaluation.session, user__email=AGENT)
    assert mine.participations.filter(evaluation=evaluation).exists()
    assert not Answer.objects.filter(sheet__registration=mine, question__type="recommend").exists()


def test_a_trainer_reads_results_with_their_tables(page, live_server):
    sign_in(page, live_server, "formation@example.org")
    page.faults.clear()
    sessions = Session.objects.filter(is_fictitious=True, evaluations__tallies__answers__gte=5)
    session = sessions.distinct().order_by("first_starts_at").last()
    page.goto(reverse("learning:run-evaluation", args=[session.uuid]))
    page.get_by_text("recommandent la session").first.wait_for()
    for summary in page.get_by_text("Les chiffres en tableau").all():
        summary.click()
    expect(page.locator(".chart table").first).to_be_visible()
    assert_axe_clean(page)
    page.goto(reverse("learning:evaluation-results"))
    assert_axe_clean(page)
    page.locator(".chart a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?*module=*")
