"""The trainer's space and the public views as they are seen: axe, and the keyboard."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from learning.kinds import SessionState
from learning.models import Session
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRAINER = "formation@example.org"


def test_axe_finds_nothing_where_a_session_is_run(page, live_server):
    from accounts.models import User

    trainer = User.objects.get(email=TRAINER)
    client = Client()
    client.force_login(trainer)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    session = Session.objects.filter(
        state=SessionState.OPEN, trainers=trainer, registrations__state="confirmed"
    ).first()
    page.goto(f"{live_server.url}/espace-pro/seances/{session.uuid}/")
    assert_axe_clean(page)
    page.locator("input[name=a]").first.check()
    page.get_by_role("button", name="Les personnes cochées").press("Enter")
    expect(page.locator("#id_subject")).to_have_count(1)
    page.goto(f"{live_server.url}/espace-pro/seances/{session.uuid}/modifier/")
    page.get_by_role("button", name="Ajouter une date").press("Enter")
    expect(page.locator("input[type=date][name^=date-]").nth(1)).to_be_visible()
    assert_axe_clean(page, schemes=("dark",), widths=(390,))
    assert_axe_clean(page, schemes=("light",), widths=(1280,))


def test_axe_finds_nothing_on_the_calendar_and_the_map(page, live_server):
    page.goto(f"{live_server.url}/sessions/calendrier/")
    expect(page.locator(".calendar")).to_be_visible()
    assert_axe_clean(page, schemes=("light",), widths=(390, 1280))
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.locator(".calendar-agenda")).to_be_visible()
    page.goto(f"{live_server.url}/sessions/carte/")
    assert_axe_clean(page, schemes=("dark",), widths=(390, 1280))
