"""An editor looks at a path as a learner, and at its outline: accessible, by keyboard, nothing kept."""

import pytest

from learning.models import LearningPathPage, ProgressEvent
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What Wagtail draws around our screens is not ours to mend.
AROUND = (".w-slim-header", "[data-sidebar]", "#wagtail-sidebar", "wagtail-userbar")


def test_an_editor_goes_from_the_outline_to_the_eyes_of_a_learner(page, live_server):
    path = LearningPathPage.objects.get(slug="parcours-accompagnement-numerique")
    sign_in(page, live_server, "redaction@example.org")
    before = ProgressEvent.objects.count()
    page.goto(f"{live_server.url}/admin/formation/parcours/{path.pk}/")
    assert_axe_clean(page, schemes=("light",), exclude=AROUND)
    page.get_by_role("link", name="Voir comme un apprenant").first.press("Enter")
    page.wait_for_url("**/apercu/")
    assert_axe_clean(page, widths=(390,))
    page.get_by_role("link", name="Continuer").press("Enter")
    page.wait_for_url("**/apercu/*-*/")
    assert_axe_clean(page, schemes=("dark",))
    assert page.get_by_role("button", name="C’est fait").is_disabled()
    assert ProgressEvent.objects.count() == before
