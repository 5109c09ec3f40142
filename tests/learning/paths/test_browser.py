"""Paths in a real browser: accessible, by keyboard, and nothing lost when the network drops."""

import pytest
from playwright.sync_api import expect

from learning.models import Enrolment, LearningPath, LearningPathPage, ProgressEvent
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The identifiers of the reports that wait on this computer.
WAITING = """() => Object.entries(localStorage).filter(([key]) => key.startsWith("unit:"))
  .flatMap(([, value]) => JSON.parse(value).map((report) => report.event))"""


@pytest.fixture
def agent(page, live_server):
    return sign_in(page, live_server, "agent@example.org")


@pytest.fixture
def path(live_server):
    page = LearningPathPage.objects.get(
        slug="parcours-accompagnement-numerique", locale__language_code="fr"
    )
    return LearningPath.objects.get(uuid=page.translation_key)


def done(path):
    return Enrolment.objects.get(path=path, user__email="agent@example.org").done


def test_axe_finds_nothing_on_the_page_of_a_path(page, live_server, path):
    page.goto(f"{live_server.url}/formation/parcours-accompagnement-numerique/")
    assert_axe_clean(page)


def test_an_agent_goes_on_by_keyboard_to_the_next_unit(agent, live_server, path):
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    assert_axe_clean(agent)
    before = done(path)
    expect(agent.get_by_role("link", name="Continuer")).to_be_visible()
    agent.get_by_role("link", name="La démarche qui n’aboutit pas").first.press("Enter")
    agent.wait_for_url("**/etapes/**")
    assert_axe_clean(agent)
    first = agent.url
    agent.get_by_role("button", name="C’est fait").press("Enter")
    agent.wait_for_url(lambda url: url != first)
    agent.get_by_text("» est fait.").wait_for()
    assert done(path) == before + 1


def test_what_is_done_without_network_leaves_once_it_is_back(agent, live_server, path):
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    agent.get_by_role("link", name="Continuer").click()
    agent.wait_for_url("**/etapes/**")
    agent.clock.install()
    agent.reload()
    agent.context.set_offline(True)
    agent.keyboard.press("Tab")
    agent.clock.run_for(11_000)
    agent.get_by_text("Le réseau est coupé").wait_for()
    # Before the eyes, though it stands at the end of the unit.
    agent.evaluate("scrollTo(0, 0)")
    assert agent.locator("[data-saved]").bounding_box()["y"] < 900
    waiting = agent.evaluate(WAITING)
    assert waiting
    assert not ProgressEvent.objects.filter(uuid__in=waiting).exists()
    agent.faults.clear()  # the browser itself logs that the network is away
    agent.context.set_offline(False)
    agent.reload()
    agent.get_by_text("Votre place est gardée").wait_for()
    assert agent.evaluate(WAITING) == []
    assert ProgressEvent.objects.filter(uuid__in=waiting).count() == len(waiting)


def test_whoever_is_signed_out_meanwhile_is_told_so_and_loses_nothing(agent, live_server, path):
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    agent.get_by_role("link", name="Continuer").click()
    agent.wait_for_url("**/etapes/**")
    agent.clock.install()
    agent.reload()
    agent.context.clear_cookies()
    agent.keyboard.press("Tab")
    agent.clock.run_for(11_000)
    agent.get_by_text("reconnectez-vous dans un autre onglet").wait_for()
    waiting = agent.evaluate(WAITING)
    assert waiting
    agent.faults.clear()  # the browser logs what was refused
    sign_in(agent, live_server, "agent@example.org")
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    agent.get_by_role("link", name="Continuer").click()
    agent.get_by_text("Votre place est gardée").wait_for()
    assert ProgressEvent.objects.filter(uuid__in=waiting).count() == len(waiting)


def test_a_unit_marked_without_network_is_done_once_it_is_back(agent, live_server, path):
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    before = done(path)
    agent.get_by_role("link", name="Un poste que l’on rend").first.click()
    agent.wait_for_url("**/etapes/**")
    unit = agent.url
    agent.context.set_offline(True)
    agent.get_by_role("button", name="C’est fait").press("Enter")
    agent.get_by_text("Le réseau est coupé").wait_for()
    assert agent.url == unit
    agent.faults.clear()  # the browser itself logs that the network is away
    agent.context.set_offline(False)
    agent.wait_for_url(lambda url: url != unit)
    assert done(path) == before + 1


def test_a_text_is_taken_up_where_one_stopped_reading(agent, live_server, path):
    agent.set_viewport_size({"width": 390, "height": 600})
    agent.goto(f"{live_server.url}{path.get_absolute_url()}")
    agent.get_by_role("link", name="Un poste que l’on rend").first.click()
    agent.wait_for_url("**/etapes/**")
    go_on = agent.get_by_role("button", name="Reprendre là")
    expect(go_on).to_be_hidden()
    agent.clock.install()
    # What follows the reading is fetched once the page is there; a scroll before it is nobody's reading.
    agent.reload(wait_until="networkidle")
    heading = agent.locator(".stream > h2").first
    heading.evaluate(
        "each => new Promise((scrolled) => {"
        " addEventListener('scroll', () => scrolled(), { once: true }); each.scrollIntoView(); })"
    )
    agent.clock.run_for(11_000)
    agent.get_by_text("Votre place est gardée").wait_for()
    agent.reload()
    agent.evaluate("scrollTo(0, 0)")
    go_on.press("Enter")
    agent.wait_for_function("scrollY > 100")
    assert heading.evaluate("each => each === document.activeElement")
