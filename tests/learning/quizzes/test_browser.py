"""A quiz in a real browser: by keyboard, on a bad network, accessible at each step."""

import pytest

from learning.models import LearningPath, QuizAttempt
from learning.paths import structure
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TWO = {"schemes": ("light", "dark"), "widths": (390,)}


def test_a_quiz_by_keyboard_keeps_what_the_network_kept_away(page, live_server):
    sign_in(page, live_server, "agent@example.org")
    path = next(
        path
        for path in LearningPath.objects.select_related("version")
        if structure.read(path.version).title == "Aider sans faire à la place"
    )
    place = next(each for each in structure.read(path.version).units() if each.kind == "quiz")
    QuizAttempt.objects.filter(enrolment__user__email="agent@example.org", state="open").delete()
    page.goto(f"{live_server.url}{path.get_absolute_url()}etapes/{place.uuid}/")
    assert_axe_clean(page, **TWO)
    page.get_by_role("button", name="Commencer le quiz").or_(
        page.get_by_role("button", name="Réessayer")
    ).press("Enter")
    page.wait_for_url("**/essais/**")
    assert_axe_clean(page)
    attempt = QuizAttempt.objects.latest("started_at")
    saved = page.locator("[data-quiz-saved]")

    radio = page.locator("fieldset:has(input[type=radio])").first
    radio.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    saved.get_by_text("Toutes vos réponses sont gardées.").wait_for()
    assert attempt.items.exclude(response__isnull=True).count() == 1

    page.context.set_offline(True)
    ordering = page.locator("[data-order]").first
    last = ordering.locator("li").last.locator(".quiz-order__text").inner_text()
    ordering.locator("li").last.locator("[data-move='-1']").press("Enter")
    page.get_by_text("Le réseau est coupé").wait_for()
    # Handing in without network leaves neither this page nor the answers.
    page.get_by_role("button", name="Remettre le quiz").press("Enter")
    page.get_by_text("Le quiz reste ici").wait_for()
    page.faults.clear()  # the browser itself logs that the network is away
    page.context.set_offline(False)
    saved.get_by_text("Toutes vos réponses sont gardées.").wait_for()
    page.reload()
    assert attempt.items.exclude(response__isnull=True).count() == 2
    assert page.locator("[data-order] li").nth(-2).inner_text().endswith(last)

    page.get_by_role("button", name="Remettre le quiz").press("Enter")
    page.locator("[data-error-summary]").wait_for()
    page.get_by_role("button", name="Remettre le quiz quand même").press("Enter")
    page.locator(".quiz-result").wait_for()
    assert_axe_clean(page)
    attempt.refresh_from_db()
    assert not attempt.is_open
