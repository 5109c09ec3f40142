"""What opens an evaluation: a registration confirmed, a session closed."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from ..kinds import RegistrationState
from ..models import RegistrationEvent, Session
from ..signals import session_closed
from . import services


@receiver(post_save, sender=RegistrationEvent, dispatch_uid="learning.evaluations.before")
def ask_before(instance: RegistrationEvent, created: bool, **kwargs: Any) -> None:
    if created and instance.after == RegistrationState.CONFIRMED:
        services.open_before(instance.registration.session)


@receiver(session_closed, dispatch_uid="learning.evaluations.after")
def ask_after(session: Session, **kwargs: Any) -> None:
    services.open_after(session)
