"""Trainings of operators and their discussions, for the demonstration. Adds what is missing."""

import datetime as dt
import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Message, User
from accounts.threads.services import thread_of
from cms import registry
from cms.models import Commune
from maisons.models import OperatorPage

from ..demo_load import NAMESPACE, PEOPLE, _half_day, _person, read
from ..discussions import KIND
from ..kinds import Mode, SessionState
from ..models import Session, TrainingModulePage
from ..services.sessions import Slot, set_dates

SOURCES = {
    "bulletin-1": (
        "Bulletin des Maisons de services au public, édition spéciale, début 2016",
        dt.date(2016, 2, 1),
    ),
    "bulletin-2": (
        "Bulletin des Maisons de services au public, n° 2, automne 2016",
        dt.date(2016, 9, 15),
    ),
}
PLACES = {
    "caen": ("14118", "Salle du port"),
    "rouen": ("76540", "Agence de la Carsat"),
    "evreux": ("27229", "Maison du département"),
    "limoges": ("87085", "Pavillon du verdurier"),
    "clermont": ("63113", "Centre Blaise-Pascal"),
}
HOURS = {
    "": (dt.time(9, 30), dt.time(16, 30)),
    "morning": (dt.time(9, 30), dt.time(12, 30)),
    "afternoon": (dt.time(13, 30), dt.time(16, 30)),
}
# (module, rank of the author among the people invented, text, whether it answers the one before)
MESSAGES = (
    (
        "accueil-et-mediation",
        0,
        "Comment faites-vous pour la confidentialité quand l’accueil et l’attente sont dans la même pièce ?",
        False,
    ),
    (
        "accueil-et-mediation",
        2,
        "Un fond sonore et une table tournée vers le mur : c’est peu, et cela suffit souvent.",
        True,
    ),
    (
        "accompagnement-numerique",
        1,
        "La grille de repérage en cinq questions tient sur une demi-page, je l’ai collée près de l’écran.",
        False,
    ),
)
INVENTED = "(Message inventé pour la démonstration.)"


class Loader:
    # After the operators' pages (35) and the national catalogue (62).
    order = 63

    def load(self, verbosity: int = 1) -> None:
        load_trainings()
        load_messages()


@transaction.atomic
def load_trainings() -> None:
    for rank, data in enumerate(read("operator_trainings.yaml")):
        page = OperatorPage.objects.filter(operator__code=data["operator"]).first()
        if page is None or page.get_children().filter(slug=data["slug"]).exists():
            continue
        _session(_training(page, data, rank), data["session"])


def _training(parent: OperatorPage, data: dict[str, Any], rank: int) -> TrainingModulePage:
    source, source_date = SOURCES[data["source"]]
    items = "".join(f"<li>{text}</li>" for text in data["objectives"])
    page = TrainingModulePage(
        kind=data["kind"],
        operator=parent.operator,
        module_theme=data["theme"],
        order=rank,
        objectives=f"<ul>{items}</ul>",
        programme=json.dumps([_half_day(data["slug"], block) for block in data["programme"]]),
        source=source,
        source_date=source_date,
        is_fictitious=True,
        locale=parent.locale,
        **{name: data[name] for name in PLAIN},
    )
    parent.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return page


PLAIN = ("title", "slug", "summary", "half_days", "audience", "prerequisites")


def _session(module: TrainingModulePage, entry: dict[str, Any]) -> None:
    code, venue = PLACES.get(entry.get("city", ""), ("", ""))
    remote = entry.get("mode") == Mode.REMOTE
    session = Session.objects.create(
        module=module,
        mode=entry.get("mode", Mode.IN_PERSON),
        state=SessionState.OPEN,
        capacity=entry["capacity"],
        minimum=min(4, entry["capacity"]),
        venue=venue,
        commune=Commune.objects.filter(code=code).first() if code else None,
        access="Entrée de plain-pied. (Détails fictifs.)" if code else "",
        meeting_url="https://salle.example.org/operateurs" if remote else "",
        costs="Gratuite pour les agents du réseau ; déplacement à la charge de la structure porteuse.",
        is_fictitious=True,
    )
    day = (timezone.localtime() + dt.timedelta(days=entry["in"])).date()
    day += dt.timedelta(days=(3 - day.weekday()) % 7)  # on a Thursday
    start, end = HOURS[entry.get("hours", "")]
    zone = session.zone
    set_dates(
        session,
        [Slot(dt.datetime.combine(day, start, zone), dt.datetime.combine(day, end, zone))],
    )
    if trainer := User.objects.filter(email=entry.get("trainer", "")).first():
        session.trainers.add(trainer)


@transaction.atomic
def load_messages() -> None:
    """A few messages between people invented, who cannot sign in."""
    before = None
    for number, (slug, rank, text, answers) in enumerate(MESSAGES):
        module = TrainingModulePage.objects.filter(slug=slug).first()
        if module is None:
            continue
        submission = uuid.uuid5(NAMESPACE, f"message/{number}")
        thread = thread_of(KIND, module.translation_key)
        at = timezone.now() - dt.timedelta(days=9 - number, hours=number)
        message, new = Message.objects.get_or_create(
            author=_person(*PEOPLE[rank]),
            submission=submission,
            defaults={
                "thread": thread,
                "parent": before if answers else None,
                "text": f"{text} {INVENTED}",
                "created_at": at,
            },
        )
        if new:
            thread.last_message_at = message.created_at
            thread.save(update_fields=["last_message_at"])
        before = message


registry.demo_loaders.register("learning.operator_trainings", Loader())
