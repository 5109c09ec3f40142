"""An editor looks at a path as a learner, and at its outline: accessible, by keyboard, nothing kept."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from learning.models import LearningPathPage, ProgressEvent, Question
from learning.quizzes.wording import wording_of
from tests.support.browser import assert_axe_clean, axe_faults, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What Wagtail draws around our screens is not ours to mend.
AROUND = (".w-slim-header", "[data-sidebar]", "#wagtail-sidebar", "wagtail-userbar")
# A picture within its editor of texts: a button without a name, in a box that scrolls.
IN_EDITOR = (".MediaBlock", ".DraftEditor-root:has(.MediaBlock)")


def test_an_editor_goes_from_the_outline_to_the_eyes_of_a_learner(page, live_server):
    path = LearningPathPage.objects.get(
        slug="parcours-accompagnement-numerique", locale__language_code="fr"
    )
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
    expect(page.get_by_role("button", name="C’est fait")).to_be_disabled()
    assert ProgressEvent.objects.count() == before


def test_units_to_improve_and_the_wording_of_a_question_are_accessible_and_work_by_keyboard(
    page, live_server
):
    question = Question.objects.get(title="Un dessin, une posture")
    worded = reverse("learning_question_wording", args=[question.pk, "en"])
    to_improve = reverse("learning_units_to_improve")
    sign_in(page, live_server, "redaction@example.org")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{to_improve}")
    page.get_by_role("combobox", name="Pourquoi").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**reason=*")
    faults = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}{to_improve}")
        faults += axe_faults(page, AROUND)
        page.goto(f"{live_server.url}{worded}")
        page.locator(".Draftail-Editor").first.wait_for()
        faults += axe_faults(page, AROUND + IN_EDITOR)
    assert not faults, "\n".join(faults)
    page.locator("[contenteditable=true]").last.press("ControlOrMeta+End")
    page.keyboard.type(" Indeed.")
    # The editor writes into its field a moment after the last key.
    page.wait_for_function(
        "() => document.querySelector('[name=feedback]').value.includes('Indeed.')"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{question.pk}/")
    assert "Indeed." in wording_of(question, "en").texts["feedback"]
