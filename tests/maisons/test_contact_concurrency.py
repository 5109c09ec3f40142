"""Two people take the same request at the same moment, on PostgreSQL."""

import threading

import pytest
from django.db import connection

from accounts.factories import UserFactory
from maisons.contact import services
from maisons.contact.kinds import find
from maisons.factories import ContactRequestFactory
from maisons.models import ContactRequest

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*calls):
    """Run the calls at the same moment, each on its own connection. Returns results or errors."""
    gate = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(place, call):
        try:
            gate.wait(timeout=20)
            results[place] = call()
        except Exception as error:  # what happened is what the test looks at
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_of_two_people_who_take_it_one_has_it_and_the_other_is_told():
    request = ContactRequestFactory()
    people = [UserFactory(), UserFactory()]

    results = together(*[lambda user=user: services.take(request, user) for user in people])

    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["AlreadyTaken", "ContactRequest"]
    winner = next(i for i, r in enumerate(results) if isinstance(r, ContactRequest))
    request.refresh_from_db()
    assert request.handled_by == people[winner]
    assert request.events.count() == 1


def test_a_form_sent_twice_at_once_is_one_request():
    data = {"name": "Camille", "email": "c@example.org", "message": "Bonjour", "submission": "same"}

    results = together(*[lambda: services.submit(find("network"), **data)] * 2)

    assert all(isinstance(result, ContactRequest) for result in results), results
    assert ContactRequest.objects.count() == 1


def test_two_clocks_remind_once():
    import datetime as dt

    from django.utils import timezone

    from accounts.models import Notification

    user = UserFactory(role="national-team")
    ContactRequestFactory(created_at=timezone.now() - dt.timedelta(days=6))

    together(services.remind, services.remind)

    assert Notification.objects.filter(user=user, kind="contact.reminder").count() == 1
    assert ContactRequest.objects.get().events.filter(kind="reminder").count() == 1
