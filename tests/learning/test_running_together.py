"""Two at once: one decision, one place, one mail; one writer, and nothing lost."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import RegistrationState as S
from learning.models import Registration, SessionMessage
from learning.running import approvals, messages
from learning.services.registrations import accept, cancel, expire_offers, register
from maisons.factories import MaisonFactory, MembershipFactory

from .test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def told(person):
    return list(Notification.objects.filter(user=person).values_list("kind", flat=True))


def test_two_managers_and_an_expiring_offer_one_place_one_decision_one_mail():
    maison = MaisonFactory()
    bosses = [MembershipFactory(user=UserFactory(), maison=maison, role="manager") for _ in "ab"]
    session = SessionFactory(capacity=1, needs_approval=True)
    held = RegistrationFactory(session=session)
    waiting = RegistrationFactory(session=session, state=S.WAITING)
    asks = RegistrationFactory(session=session, state=S.REQUESTED, maison=maison)
    cancel(held, by=held.user)
    waiting.refresh_from_db()
    late = waiting.offer_expires_at + dt.timedelta(seconds=1)
    first, second = (boss.user for boss in bosses)
    raised = together(
        lambda: approvals.decide_all([asks], by=first, approve=True),
        lambda: approvals.decide_all([asks], by=second, approve=False, reason="Complet"),
        lambda: approvals.decide_all([asks], by=second, approve=True),
        lambda: expire_offers(late),
        lambda: accept(waiting, by=waiting.user),
    )
    assert not [error for error in raised if "OperationalError" in type(error).__name__]
    assert Registration.objects.filter(session=session).holding().count() <= 1
    # One decision, whatever came of the queue after it.
    decided = asks.events.filter(before=S.REQUESTED)
    assert decided.count() == 1
    assert len(told(asks.user)) == len(set(told(asks.user))) == asks.events.count()


def test_a_message_sent_twice_at_once_is_one():
    session, trainer = SessionFactory(), UserFactory()
    RegistrationFactory(session=session)
    token = "3f5d8a70-52d1-4ac7-9a53-0b4c3f5b7e11"

    def send():
        messages.send(
            session, token=token, by=trainer, audience="registered", subject="Un", text="Deux"
        )

    assert not together(*[send] * 6)
    assert SessionMessage.objects.count() == 1


def test_a_team_registered_by_two_managers_at_once_takes_no_place_twice():
    session, people = SessionFactory(capacity=2), UserFactory.create_batch(4)
    one, other = UserFactory.create_batch(2)

    def all_of(by):
        return [lambda person=person: register(session, person, by=by) for person in people]

    assert not together(*all_of(one), *all_of(other))
    rows = Registration.objects.filter(session=session)
    assert (rows.filter(state=S.CONFIRMED).count(), rows.count()) == (2, 4)
    assert Notification.objects.filter(kind="learning.confirmed").count() == 2
