"""A place is never sold twice; who waits comes in order; an offer is held, then passes on."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory, catalogue
from learning.kinds import RegistrationState as S
from learning.models import AppendOnly, Registration
from learning.services.registrations import (
    CannotRegister,
    accept,
    approve,
    cancel,
    expire_offers,
    refuse,
    register,
)
from learning.services.sessions import cancel_session
from maisons.factories import MaisonFactory
from maisons.factories import MembershipFactory as Member

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def member(**kwargs):
    return Member(user=UserFactory(), **kwargs)


def enter(session, count=1, **kwargs):
    people = UserFactory.create_batch(count)
    return [register(session, person, by=person, **kwargs) for person in people]


def states(session):
    rows = Registration.objects.filter(session=session).order_by("created_at", "pk")
    return [row.state for row in rows]


def told(person):
    return list(Notification.objects.filter(user=person).values_list("kind", flat=True))


def test_the_first_take_the_places_and_the_others_wait():
    session = SessionFactory(capacity=2)
    enter(session, 3)
    assert states(session) == [S.CONFIRMED, S.CONFIRMED, S.WAITING]


def test_registering_twice_is_one_registration():
    session = SessionFactory()
    [row] = enter(session)
    again = register(session, row.user, by=row.user)
    assert again.pk == row.pk and row.events.count() == 1
    assert told(row.user) == ["learning.confirmed"]


def test_a_place_that_is_given_back_is_offered_to_the_first_who_waits():
    session = SessionFactory(capacity=1)
    held, first, _second = enter(session, 3)
    now = timezone.now()
    cancel(held, by=held.user, now=now)
    first.refresh_from_db()
    assert states(session) == [S.CANCELLED, S.OFFERED, S.WAITING]
    assert first.offer_expires_at == now + 48 * HOUR
    accept(first, by=first.user)
    assert states(session) == [S.CANCELLED, S.CONFIRMED, S.WAITING]


def test_nobody_passes_before_those_who_wait():
    session = SessionFactory(capacity=1)
    held, _waiting = enter(session, 2)
    cancel(held, by=held.user)
    [late] = enter(session)
    assert late.state == S.WAITING


def test_an_offer_that_runs_out_passes_to_the_next_and_cannot_be_accepted():
    session = SessionFactory(capacity=1)
    held, first, _second = enter(session, 3)
    cancel(held, by=held.user)
    later = timezone.now() + 49 * HOUR
    with pytest.raises(CannotRegister):
        accept(first, by=first.user, now=later)
    assert expire_offers(later) == 1
    assert states(session) == [S.CANCELLED, S.LAPSED, S.OFFERED]
    assert expire_offers(later) == 0
    assert "learning.lapsed" in told(first.user)


def test_whoever_asks_again_goes_to_the_end_of_the_queue():
    session = SessionFactory(capacity=1)
    held, first, second = enter(session, 3)
    cancel(first, by=first.user)
    register(session, first.user, by=first.user)
    cancel(held, by=held.user)
    second.refresh_from_db()
    assert second.state == S.OFFERED


def test_in_the_last_72_hours_the_first_to_accept_comes():
    session = SessionFactory(capacity=1, starts_in=50 * HOUR)
    held, first, second = enter(session, 3)
    cancel(held, by=held.user)
    assert states(session) == [S.CANCELLED, S.WAITING, S.WAITING]
    for row in (first, second):
        assert "learning.free-place" in told(row.user)
    accept(second, by=second.user)
    with pytest.raises(CannotRegister):
        accept(first, by=first.user)
    assert states(session) == [S.CANCELLED, S.WAITING, S.CONFIRMED]


def test_a_late_withdrawal_is_recorded_and_the_manager_told():
    membership = member(role="manager")
    session = SessionFactory(starts_in=dt.timedelta(days=5), free_cancellation_days=7)
    [row] = enter(session, maison=membership.maison)
    cancel(row, by=row.user)
    row.refresh_from_db()
    assert row.cancelled_late
    assert told(membership.user) == ["learning.cancelled-late"]


def test_an_early_withdrawal_is_not():
    session = SessionFactory(free_cancellation_days=7)
    [row] = enter(session)
    assert not cancel(row, by=row.user).cancelled_late


def test_any_manager_of_the_maison_chosen_approves():
    maison = MaisonFactory()
    managers = [member(role="manager", maison=maison).user for _ in range(2)]
    session = SessionFactory(needs_approval=True)
    [row] = enter(session, maison=maison)
    assert row.state == S.REQUESTED
    assert all(told(manager) == ["learning.to-approve"] for manager in managers)
    approve(row, by=managers[1])
    assert approve(row, by=managers[0]).state == S.CONFIRMED
    assert row.events.count() == 2


def test_without_a_maison_the_national_team_approves():
    team = UserFactory(role="national-team")
    enter(SessionFactory(needs_approval=True))
    assert told(team) == ["learning.to-approve"]


def test_a_manager_who_registers_somebody_approves_by_doing_so():
    manager = member(role="manager")
    agent = member(maison=manager.maison).user
    row = register(
        SessionFactory(needs_approval=True), agent, by=manager.user, maison=manager.maison
    )
    assert row.state == S.CONFIRMED


def test_a_refusal_owes_a_reason():
    session = SessionFactory(needs_approval=True)
    [row] = enter(session)
    with pytest.raises(CannotRegister):
        refuse(row, by=row.user, reason=" ")
    assert refuse(row, by=row.user, reason="Fermeture ce jour-là").state == S.REFUSED


def test_adjustments_are_taken_from_the_person_alone():
    session, person, manager = SessionFactory(), UserFactory(), UserFactory()
    row = register(session, person, by=manager, accommodations="Boucle magnétique")
    assert row.accommodations == ""


def test_registration_ends_with_the_deadline_and_with_the_state():
    now = timezone.now()
    for session in (
        SessionFactory(deadline=now - HOUR),
        SessionFactory(state="draft"),
        SessionFactory(starts_in=-HOUR),
    ):
        with pytest.raises(CannotRegister):
            enter(session)


def test_a_cancelled_session_tells_everybody_once_and_offers_nothing():
    session = SessionFactory(capacity=1)
    rows = enter(session, 2)
    cancel_session(session, by=rows[0].user, reason="Trop peu d’inscrits")
    cancel_session(session, by=rows[0].user, reason="Encore")
    assert states(session) == [S.CANCELLED, S.CANCELLED]
    for row in rows:
        assert told(row.user).count("learning.cancelled") == 1


def test_what_happened_is_not_rewritten():
    event = register(SessionFactory(), (p := UserFactory()), by=p).events.get()
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()


def test_each_sees_their_own_a_manager_their_team_a_trainer_their_session():
    trainer, other = UserFactory(role="trainer"), UserFactory(role="trainer")
    session = SessionFactory(trainer=trainer)
    manager = member(role="manager")
    agent = member(maison=manager.maison)
    row = RegistrationFactory(session=session, user=agent.user, maison=manager.maison)
    stranger = RegistrationFactory(session=SessionFactory())

    def seen(user):
        return set(Registration.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(agent.user) == seen(manager.user) == seen(trainer) == {row.pk}
    assert seen(other) == set() and seen(None) == set()
    assert seen(UserFactory(role="national-team")) == {row.pk, stranger.pk}


def test_a_manager_no_longer_sees_who_left():
    from maisons.services import end_membership

    manager = member(role="manager")
    agent = member(maison=manager.maison)
    RegistrationFactory(user=agent.user, maison=manager.maison)
    end_membership(agent)
    assert not Registration.objects.visible_to(manager.user).exists()


def test_a_module_without_a_level_makes_no_choice_of_none():
    from learning.forms import CatalogueFilters
    from learning.queries import catalogue as listed

    ModuleFactory(level="")
    ModuleFactory(level="core")
    found = listed(catalogue(), None, CatalogueFilters({}))
    assert not found.is_narrowed
    [level] = [facet for facet in found.facets if facet.name == "niveau"]
    assert [choice.value for choice in level.choices] == ["core"]
