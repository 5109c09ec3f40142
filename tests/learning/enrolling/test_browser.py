"""Enrolling as it is done: axe, the keyboard, and what is said before anything is written."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learning.models import Cohort
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_trainer_tries_a_rule_and_a_manager_enrols_the_team(page, live_server):
    cohort = Cohort.objects.get(trainers__email="formation@example.org", rule__isnull=False)
    sign_in(page, live_server, "formation@example.org")
    page.goto(f"{live_server.url}/espace-pro/cohortes/{cohort.uuid}/membres/")
    assert_axe_clean(page)
    page.get_by_role("link", name="Modifier la cohorte").press("Enter")
    page.get_by_role("button", name="Voir qui entrerait").press("Enter")
    expect(page.locator("#essai")).to_be_visible()
    assert_axe_clean(page, schemes=("light",), widths=(390, 1280))
    sign_in(page, live_server, "responsable@example.org")
    page.goto(f"{live_server.url}/espace-pro/equipe/parcours/inscrire/")
    page.locator("input[name=chosen]").first.check()
    page.locator("input[name=paths]").first.check()
    page.get_by_role("button", name="Inscrire les personnes cochées").press("Enter")
    expect(page.locator("#resultat")).to_be_visible()
    assert_axe_clean(page, schemes=("dark",), widths=(390, 1280))


def test_a_manager_grants_a_date_and_chooses_themes(page, live_server):
    sign_in(page, live_server, "responsable@example.org")
    page.goto(f"{live_server.url}/espace-pro/equipe/parcours/")
    page.get_by_role("link", name="Conditions").first.press("Enter")
    page.get_by_label("Pourquoi").wait_for()
    assert_axe_clean(page)
    due_on = timezone.localdate() + dt.timedelta(days=30)
    page.get_by_label("À terminer avant le").fill(due_on.isoformat())
    page.get_by_label("Pourquoi").fill("Congé")
    page.get_by_role("button", name="Enregistrer ces conditions").press("Enter")
    page.get_by_text("Congé").wait_for()
    page.goto(f"{live_server.url}/espace-pro/formations/themes/")
    assert_axe_clean(page)
    page.get_by_label("Compétences métiers de l’agent").check()
    page.get_by_role("button", name="Enregistrer mes thèmes").press("Enter")
    page.get_by_text("Vos thèmes sont enregistrés").wait_for()
