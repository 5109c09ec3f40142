"""The trainer's space of the demonstration: a registration to approve, expectations, a message sent.

All of it is fictitious, as the sessions are. What exists is left as it is.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry
from maisons.models import Membership

from ..kinds import RegistrationState, SessionState
from ..models import Registration, RegistrationEvent, Session, SessionMessage

TRAINER, AGENT = "formation@example.org", "agent@example.org"
TOKEN = uuid.UUID("3f5d8a70-52d1-4ac7-9a53-0b4c3f5b7e10")
EXPECTATIONS = (
    "Savoir quoi dire quand une demande n’est pas claire. (Fictif.)",
    "Voir comment les autres Maisons organisent leur accueil. (Fictif.)",
    "M’exercer sur des cas réels. (Fictif.)",
)
SUBJECT = "Se garer et déjeuner (fictif)"
TEXT = (
    "Bonjour,\n\nLe parking de la mairie est gratuit et à deux minutes à pied. Le déjeuner se prend"
    " sur place : apportez le vôtre ou prévenez-nous si vous préférez le restaurant voisin.\n\n"
    "À bientôt. (Message fictif.)"
)


@transaction.atomic
def load() -> None:
    trainer = User.objects.filter(email=TRAINER).first()
    if trainer is None or SessionMessage.objects.filter(token=TOKEN).exists():
        return
    ahead = Session.objects.filter(
        is_fictitious=True,
        state=SessionState.OPEN,
        first_starts_at__gt=timezone.now(),
        trainers=trainer,
    ).order_by("first_starts_at")
    _request(ahead.filter(needs_approval=True).first())
    told = ahead.filter(registrations__state=RegistrationState.CONFIRMED).first()
    if told is not None:
        _expect(told)
        _message(told, trainer)


def _request(session: Session | None) -> None:
    """Somebody of a Maison asks: their manager decides."""
    agent = User.objects.filter(email=AGENT).first()
    member = Membership.objects.in_force().filter(user=agent).order_by("pk").first()
    if session is None or agent is None or member is None:
        return
    if Registration.objects.filter(session=session, user=agent).exists():
        return
    row = Registration.objects.create(
        session=session,
        user=agent,
        maison=member.maison,
        state=RegistrationState.REQUESTED,
        registered_by=agent,
        queued_at=timezone.now(),
    )
    RegistrationEvent.objects.create(registration=row, after=row.state, by=agent)


def _expect(session: Session) -> None:
    rows = Registration.objects.filter(session=session, expectations="").order_by("pk")
    for row, text in zip(rows, EXPECTATIONS, strict=False):
        row.expectations = text
        row.save(update_fields=["expectations"])


def _message(session: Session, trainer: User) -> None:
    """Written in the log only: nobody of the demonstration gets a mail."""
    message = SessionMessage.objects.create(
        token=TOKEN,
        session=session,
        sender=trainer,
        audience=SessionMessage.Audience.REGISTERED,
        subject=SUBJECT,
        text=TEXT,
    )
    message.recipients.set(
        Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
    )


class DemoLoader:
    # After the sessions and their attendance.
    order = 66

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.running", DemoLoader())
