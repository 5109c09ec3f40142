"""Who is new and not yet trained: one definition, which the team's and the network's screens share."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from cms.editors.ages import months_ago
from cms.request_scope import remember
from maisons.models import Membership

from ..kinds import Outcome
from ..models import Registration, TrainingModulePage


def new_since(months: int | None = None, now: dt.datetime | None = None) -> dt.datetime:
    """From when on somebody is new: `LEARNING_NEW_MONTHS` ago unless told."""
    months = settings.LEARNING_NEW_MONTHS if months is None else months
    return months_ago(months, now)


def welcome_modules() -> list[int]:
    """The module that new members attend (`LEARNING_WELCOME_MODULE`), in each language.

    Asked once a request: its three tables would be joined again for each person that is looked at.
    """
    slug = settings.LEARNING_WELCOME_MODULE
    rows = TrainingModulePage.objects.filter(slug=slug).order_by("pk").values_list("pk", flat=True)
    return remember(("learning.welcome-modules", slug), lambda: list(rows))


def is_new(*, months: int | None = None, now: dt.datetime | None = None, person: str = "pk") -> Any:
    """The condition: their first membership began lately, one is in force, and they have not wholly
    attended the welcome module. person: the path from the row to the user.
    """
    held = Membership.objects.filter(user=OuterRef(person)).in_force(now)
    # Since none began before, the one in force began since: few have one, so it is asked first.
    lately = Exists(held.filter(starts_at__gte=new_since(months, now)))
    return Q(lately) & has_no_past(months=months, now=now, person=person)


def has_no_past(
    *, months: int | None = None, now: dt.datetime | None = None, person: str = "pk"
) -> Q:
    """The same for people of whom it is known that a membership in force began lately."""
    held = Membership.objects.filter(user=OuterRef(person))
    before = held.filter(starts_at__lt=new_since(months, now))
    welcomed = Registration.objects.filter(
        user=OuterRef(person),
        outcome=Outcome.ATTENDED,
        session__module__in=welcome_modules(),
    )
    return Q(~Exists(before), ~Exists(welcomed))


def not_yet_trained(people: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
    """Those of these people who are new and not yet trained."""
    return people.filter(is_new(**kwargs))


def with_new(people: QuerySet[Any]) -> QuerySet[Any]:
    """These people with `is_new`."""
    return people.annotate(is_new=ExpressionWrapper(is_new(), BooleanField()))
