"""Modules, sessions and registrations, for tests."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from accounts.factories import UserFactory
from cms.factories import home
from maisons.factories import CommuneFactory

from .kinds import RegistrationState, SessionState
from .models import CataloguePage, Registration, Session, TrainingModulePage
from .services.sessions import Slot, set_dates


def catalogue() -> CataloguePage:
    found = CataloguePage.objects.child_of(home()).first()
    if found is None:
        found = home().add_child(instance=CataloguePage(title="Formation", slug="formation"))
    return found


class ModuleFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Module {n}")
    slug = factory.Sequence(lambda n: f"module-{n}")
    module_theme = "skills"
    level = "core"

    class Meta:
        model = TrainingModulePage

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> TrainingModulePage:
        parent = kwargs.pop("parent", None) or catalogue()
        page = parent.add_child(instance=model_class(**kwargs))
        return model_class.objects.get(pk=page.pk)


class SessionFactory(factory.django.DjangoModelFactory):
    """An open session of one day, thirty days ahead. `starts_in` (timedelta) and `days` move it;
    `trainer` names somebody on it."""

    module = factory.SubFactory(ModuleFactory)
    state = SessionState.OPEN
    capacity = 12
    minimum = 1
    venue = "Salle polyvalente"
    commune = factory.SubFactory(CommuneFactory)

    class Meta:
        model = Session
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Session:
        starts_in = kwargs.pop("starts_in", dt.timedelta(days=30))
        days = kwargs.pop("days", 1)
        trainer = kwargs.pop("trainer", None)
        session = model_class.objects.create(**kwargs)
        first = (timezone.now() + starts_in).astimezone(session.zone)
        if abs(starts_in) >= dt.timedelta(days=1):
            first = first.replace(hour=9, minute=0, second=0, microsecond=0)
        slots = [
            Slot(first + dt.timedelta(days=n), first + dt.timedelta(days=n, hours=8))
            for n in range(days)
        ]
        set_dates(session, slots)
        if trainer is not None:
            session.trainers.add(trainer)
        session.refresh_from_db()
        return session


class RegistrationFactory(factory.django.DjangoModelFactory):
    session = factory.SubFactory(SessionFactory)
    user = factory.SubFactory(UserFactory)
    state = RegistrationState.CONFIRMED
    registered_by = factory.SelfAttribute("user")
    queued_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Registration
