"""Requests that arrive together, with real threads: exactly as many places as there are."""

import threading

import pytest
from django.db import connection

from accounts.factories import UserFactory
from accounts.models import Notification
from cms.models import OutboxMessage
from learning.factories import SessionFactory
from learning.kinds import RegistrationState as S
from learning.models import Registration
from learning.services.registrations import accept, cancel, expire_offers, register

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls, at_once=40):
    """Run these in threads that start at the same moment; return what was raised."""
    raised = []
    gate = threading.Semaphore(at_once)
    barrier = threading.Event()

    def run(call):
        barrier.wait()
        with gate:
            try:
                call()
            except Exception as error:
                raised.append(error)
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    barrier.set()
    for thread in threads:
        thread.join()
    return raised


def count(session, state):
    return Registration.objects.filter(session=session, state=state).count()


@pytest.mark.slow
def test_200_requests_for_the_last_10_places_give_exactly_10():
    session = SessionFactory(capacity=10)
    people = UserFactory.create_batch(200)
    raised = together(
        *(lambda person=person: register(session, person, by=person) for person in people)
    )
    assert not raised
    assert (count(session, S.CONFIRMED), count(session, S.WAITING)) == (10, 190)
    assert Notification.objects.filter(kind="learning.confirmed").count() == 10
    assert OutboxMessage.objects.count() == 200
    assert OutboxMessage.objects.filter(calendar_method="REQUEST").count() == 10


def test_a_double_click_is_one_registration_and_one_mail():
    session, person = SessionFactory(), UserFactory()
    raised = together(*[lambda: register(session, person, by=person)] * 8)
    assert not raised
    [row] = Registration.objects.filter(session=session)
    assert row.events.count() == 1
    assert Notification.objects.filter(user=person).count() == 1
    assert OutboxMessage.objects.filter(to=person.email).count() == 1


def test_two_managers_and_an_expiring_offer_at_the_same_moment_give_one_place():
    session = SessionFactory(capacity=1)
    held, first, second = (
        register(session, person, by=person) for person in UserFactory.create_batch(3)
    )
    cancel(held, by=held.user)
    first.refresh_from_db()
    late = first.offer_expires_at
    together(
        lambda: accept(first, by=first.user),
        lambda: accept(first, by=first.user),
        lambda: expire_offers(late),
        lambda: expire_offers(late),
        lambda: cancel(second, by=second.user),
    )
    rows = Registration.objects.filter(session=session)
    assert rows.holding().count() <= 1
    for row in rows:
        kinds = list(Notification.objects.filter(user=row.user).values_list("kind", flat=True))
        assert kinds.count("learning.confirmed") <= 1 and kinds.count("learning.offer") <= 1
