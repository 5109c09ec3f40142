"""What enrols by itself besides the clock: a session that closes."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User

from ..models import Registration, Session
from ..paths.kinds import EnrolmentSource
from ..paths.services import paths_of_module
from ..signals import session_closed
from . import services


@receiver(session_closed, dispatch_uid="learning.enrolling.closed")
def enrol_those_present(session: Session, by: Any, **kwargs: Any) -> None:
    """Whoever was there goes on online, in the paths that name the module of the session.

    Under the lock of the session: as many queries for thirty people as for one.
    """
    paths = paths_of_module(session.module)
    if not paths:
        return
    there = Registration.objects.filter(session=session, half_days_present__gt=0)
    people = list(User.objects.filter(pk__in=there.values("user")))
    for path in paths:
        services.enrol_people(path, people, by=by, source=EnrolmentSource.SESSION)
