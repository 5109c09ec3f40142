"""Sessions of the demonstration closed with their certificates, one of which was corrected since.

All of it is fictitious. What exists is left as it is. A few files are made here, by the code of the
tasks; the worker makes the others.
"""

import contextlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from cms import registry
from maisons.models import Membership

from ..attendance.services import record
from ..kinds import AttendanceWay, RegistrationState, SessionState
from ..models import AttendanceImport, Certificate, HalfDay, Registration, Session
from . import files, past
from .missing import lacks
from .services import close

TRAINER, AGENT, NATIONAL = "formation@example.org", "agent@example.org", "cellule@example.org"
CLOSED = 2
MADE_HERE = 6
PAST = """Module;Dates;Ville;Courriel;Maison;Demi-journées suivies;Demi-journées prévues
Découvrir le réseau;04/10/2016;Nancy;agent@example.org;;2;2
Accueil et médiation;08/11/2016 et 09/11/2016;Limoges;agent@example.org;;3;4
Accueil et médiation;08/11/2016 et 09/11/2016;Limoges;personne.fictive@example.org;;4;4
"""


def load() -> None:
    trainer = User.objects.filter(email=TRAINER).first()
    if trainer is None or Certificate.objects.exists():
        return
    for session in _ready():
        _name_maisons(session)
        close(session, trainer)
    _correct(trainer)
    _make_some()
    _stage_a_file()


def _ready() -> list[Session]:
    """The oldest that lack nothing; the later ones wait to be closed."""
    rows = Session.objects.filter(
        is_fictitious=True, state=SessionState.OPEN, last_ends_at__lt=timezone.now()
    )
    return [s for s in rows.order_by("first_starts_at")[: CLOSED + 2] if not lacks(s)][:CLOSED]


def _name_maisons(session: Session) -> None:
    for row in session.registrations.filter(maison=None, state=RegistrationState.CONFIRMED):
        held = Membership.objects.in_force().filter(user=row.user).first()
        if held is not None:
            Registration.objects.filter(pk=row.pk).update(maison=held.maison_id)


def _correct(trainer: Any) -> None:
    """Somebody left before the end, as the paper sheet said: a new number replaces the first."""
    found = Certificate.objects.exclude(registration__user__email=AGENT).order_by("-pk").first()
    if found is None:
        return
    row = found.registration
    last = HalfDay.objects.filter(date__session=row.session_id).order_by("starts_at").last()
    reason = "Départ avant la dernière demi-journée, d’après la feuille papier (fictif)"
    if last is not None:
        record(last, row, present=False, way=AttendanceWay.TRAINER, by=trainer, reason=reason)


def _make_some() -> None:
    mine = Certificate.objects.valid().filter(registration__user__email=AGENT)
    for row in mine[:MADE_HERE]:
        # A machine without Pango keeps the rest of the demonstration.
        with contextlib.suppress(Exception):
            files.make_certificate.func(row.pk)


def _stage_a_file() -> None:
    by = User.objects.filter(email=NATIONAL).first()
    if by is not None and not AttendanceImport.objects.exists():
        past.stage(SimpleUploadedFile("formations-2016-fictives.csv", PAST.encode()), by=by)


class DemoLoader:
    # After attendance, before what reads results.
    order = 64

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.closing", DemoLoader())
