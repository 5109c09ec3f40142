"""Pages of training and their discussions in a real browser: accessible, and used by keyboard."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from learning.discussions import KIND
from learning.models import Session, TrainingModulePage
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, live_server, email):
    client = Client()
    client.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])


@pytest.mark.parametrize(
    "path",
    ["/formation/", "/formation/accueil-et-mediation/", "/sessions/?pres_de=Limoges"],
)
def test_axe_finds_nothing_on_public_pages(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    assert_axe_clean(page)


def test_a_discussion_is_read_and_written_by_keyboard(page, live_server):
    module = TrainingModulePage.objects.get(slug="accueil-et-mediation")
    sign_in(page, live_server, "agent@example.org")
    page.goto(f"{live_server.url}{module.get_url()}")
    assert_axe_clean(page, schemes=("light",))
    page.goto(live_server.url + reverse("threads:discussion", args=[KIND, module.translation_key]))
    page.get_by_label("Votre message").focus()
    page.keyboard.type("Merci pour la table tournée.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Attend un modérateur").wait_for()
    assert_axe_clean(page)
    width = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    sign_in(page, live_server, "cellule@example.org")
    page.goto(live_server.url + reverse("threads:to_moderate"))
    assert_axe_clean(page, schemes=("dark",))
    page.get_by_role("button", name="L’afficher pour tous").click()
    page.get_by_text("Aucun message n’attend de décision").wait_for()
    session = Session.objects.filter(module=module).first()
    page.goto(live_server.url + reverse("learning:session-documents", args=[session.uuid]))
    assert_axe_clean(page, schemes=("light",))
