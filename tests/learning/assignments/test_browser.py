"""Handing in and marking as they are done: axe in four variants, the keyboard, and what each reads."""

import pytest

from accounts.models import User
from learning.assignments.factories import make_assignment, make_cohort, make_learner
from learning.models import Submission
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_agent_hands_in_and_a_trainer_marks(page, live_server):
    agent = User.objects.get(email="agent@example.org")
    trainer = User.objects.get(email="formation@example.org")
    path, unit = make_assignment(days=14, grading="whole")
    cohort = make_cohort(path, trainer)
    make_learner(path, cohort, agent)
    sign_in(page, live_server, agent.email)
    page.goto(f"{live_server.url}{path.get_absolute_url()}etapes/{unit.uuid}/")
    assert_axe_clean(page)
    page.get_by_label("Votre texte").fill("Venez mardi à la mairie, de 9 h à midi.")
    page.get_by_role("button", name="Rendre mon travail").press("Enter")
    page.locator(".handed-in").wait_for()
    assert_axe_clean(page, schemes=("light",), widths=(390, 1280))

    sign_in(page, live_server, trainer.email)
    page.goto(f"{live_server.url}/espace-pro/cohortes/{cohort.uuid}/corrections/")
    assert_axe_clean(page)
    page.locator(".marking__line").get_by_role("button").press("Enter")
    page.get_by_label("Votre retour").wait_for()
    assert_axe_clean(page)
    page.get_by_label("Votre retour").fill("Clair et court : accepté.")
    page.get_by_label("Accepté").check()
    page.get_by_role("button", name="Corriger", exact=True).press("Enter")
    page.locator(".marking__line, .empty-state, .pending").first.wait_for()
    row = Submission.objects.get(enrolment__user=agent, unit=unit)
    assert (row.marked_by, row.outcome) == (trainer, "accepted")
