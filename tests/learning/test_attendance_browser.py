"""The trainer's sheet in a browser: a network that drops, a reload, a sign-in that runs out."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import PASSWORD, UserFactory
from learning.attendance import codes
from learning.attendance.queries import half_days_of
from learning.factories import RegistrationFactory, SessionFactory
from learning.models import Attendance, AttendanceEvent
from learning.services.sessions import Slot, set_dates
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    """One that runs now, whatever the hour."""
    session = SessionFactory(trainer=trainer)
    now = timezone.now()
    set_dates(session, [Slot(now - HOUR, now + HOUR)])
    return session


@pytest.fixture
def running(session):
    now = timezone.now()
    return next(h for h in half_days_of(session) if h.starts_at <= now < h.ends_at)


def sign_in(page, user, to):
    page.goto(f"/compte/connexion/?next={to}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    # The address of the sign-in page ends with `to`, too.
    page.wait_for_url(lambda url: "connexion" not in url)


def tap(page, row, state):
    page.click(f'details[open] button[value="{row.uuid}:{state}"]')


def told(page, text):
    page.wait_for_function(
        "text => document.querySelector('[data-queue-text]').textContent.includes(text)", arg=text
    )


def pressed(page, row):
    return page.get_attribute(f'details[open] [data-person="{row.uuid}"]', "data-state")


def count(session):
    return AttendanceEvent.objects.filter(registration__session=session).count()


def test_what_is_entered_without_network_arrives_once(page, context, session, running, trainer):
    rows = RegistrationFactory.create_batch(3, session=session)
    address = f"/espace-pro/seances/{session.uuid}/emargement/"
    sign_in(page, trainer, address)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(f"caches.match('{address}').then(Boolean)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    assert_axe_clean(page)

    context.set_offline(True)
    tap(page, rows[0], "present")
    tap(page, rows[1], "absent")
    told(page, "2 à envoyer")
    page.reload()
    told(page, "2 à envoyer")
    assert [pressed(page, row) for row in rows] == ["present", "absent", "unknown"]
    tap(page, rows[2], "present")
    told(page, "3 à envoyer")
    assert count(session) == 0

    context.set_offline(False)
    told(page, "Tout est enregistré")
    assert count(session) == 3
    states = {
        a.registration_id: a.present for a in Attendance.objects.filter(registration__in=rows)
    }
    assert states == {rows[0].pk: True, rows[1].pk: False, rows[2].pk: True}

    # The sign-in runs out: nothing is lost, and one is told to sign in again.
    kept = context.cookies()
    context.clear_cookies(name="sessionid")
    tap(page, rows[2], "absent")
    told(page, "1 à envoyer")
    page.wait_for_selector("[data-sign-in]:not([hidden])")
    context.add_cookies(kept)
    page.reload()
    told(page, "Tout est enregistré")
    assert count(session) == 4

    # Somebody else at the same computer sees nothing of it; signing out takes it away.
    context.clear_cookies(name="sessionid")
    tap(page, rows[0], "absent")
    page.wait_for_selector("[data-sign-in]:not([hidden])")
    other = UserFactory(role="trainer")
    session.trainers.add(other)
    sign_in(page, other, address)
    told(page, "Tout est enregistré")
    assert pressed(page, rows[0]) == "present"
    page.goto("/compte/deconnexion/")
    page.wait_for_selector("[data-unsent]:not([hidden])")
    page.click("[data-sign-out] button")
    page.wait_for_url(lambda url: "deconnexion" not in url)
    assert (
        page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('attendance'))") == []
    )
    assert page.evaluate("caches.keys()") == []
    assert count(session) == 4
    page.faults.clear()  # requests that failed while there was no network


def test_the_door_and_the_phone_are_accessible(page, session, running, trainer):
    address = f"/espace-pro/seances/{session.uuid}/emargement/"
    sign_in(page, trainer, f"{address}porte/")
    assert_axe_clean(page, widths=(390,))
    row = RegistrationFactory(session=session)
    page.context.clear_cookies()
    page.goto(f"/emargement/{codes.token(running, timezone.now())}/")
    page.fill("[name=login]", row.user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/emargement/presence/")
    assert_axe_clean(page, widths=(390,))
    page.click(".sign form button")
    page.wait_for_selector(".sign__done")
    assert row.attendances.get().present
