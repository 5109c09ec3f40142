"""A year of training for the demonstration: people of several Maisons, sessions behind them, results.

All of it is fictitious: people are called « Fictif », « Exemple »… and cannot sign in, sessions say that
they were made up. Written in bulk; what exists is left as it is.
"""

import datetime as dt
import random
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry
from cms.models import Commune
from maisons.models import Maison, Membership

from ..demo_load import TRAINER, read
from ..kinds import AttendanceWay, RegistrationState, SessionState
from ..models import (
    Attendance,
    AttendanceEvent,
    Countersignature,
    HalfDay,
    Registration,
    RegistrationEvent,
    Session,
    TrainingModulePage,
)
from ..services.sessions import Slot, set_dates

NAMESPACE = uuid.UUID("0f7c2f0e-54a7-4e0e-b5b8-8f5d5b9a51c3")
FIRST = (
    *("Camille", "Andréa", "Morgan", "Eden", "Charlie", "Alix", "Maxime", "Swann"),
    *("Noa", "Élie", "Lou", "Sam", "Claude", "Dominique", "Robin", "Ange"),
    *("Maé", "Sasha", "Loïs", "Célian", "Yael", "Jade", "Paul", "Inès"),
    *("Hugo", "Lina", "Omar", "Zoé", "Ali", "Ada", "Jean", "Rose"),
    *("Malik", "Anne", "Luc", "Fatou", "Marc", "Léa", "Tom", "Aya"),
    *("Rémi", "Nina", "Éric", "Sara", "Yann", "Alma", "Théo", "Mona"),
)
LAST = ("Fictif", "Exemple", "Modèle", "Essai")
# {slug of the Maison: how many people}: in several regions, one overseas.
MAISONS = {
    "ayen": 6,
    "lacaune": 4,
    "chauffailles": 3,
    "durtal": 3,
    "varzy": 3,
    "etrepagny": 3,
    "pays-de-fayence": 4,
    "cluny": 2,
    "touraine-sud": 4,
    "bourg-d-oisans": 3,
    "pays-d-albret-nerac": 3,
    "pays-de-murat": 2,
    "queyras": 2,
    # Two of one host organisation, whose manager sees both at once.
    "frangy": 3,
    "saugues": 2,
    "morne-vert": 3,
    "la-hague": 3,
}
# (module, city, days ago): one or two a month over the last year.
SESSIONS = (
    ("decouvrir-le-reseau", "limoges", 345),
    ("accueil-et-mediation", "dijon", 330),
    ("decouvrir-le-reseau", "toulouse", 305),
    ("protection-sociale", "lille", 290),
    ("accompagnement-numerique", "tours", 268),
    ("construire-son-reseau-local", "aix", 247),
    ("accueil-et-mediation", "nancy", 226),
    ("communication-territoriale", "rennes", 205),
    ("decouvrir-le-reseau", "clermont", 184),
    ("protection-sociale", "bordeaux", 163),
    ("travailler-en-mode-projet", "dijon", 141),
    ("accompagnement-numerique", "saint-denis", 127),
    ("decouvrir-le-reseau", "lille", 96),
    ("accueil-et-mediation", "limoges", 61),
    ("communication-territoriale", "tours", 47),
)
SHOWN_AGENT = "agent@example.org"


def session_uuid(number: int) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"session/{number}")


PAST = tuple(session_uuid(number) for number in range(len(SESSIONS)))


@transaction.atomic
def load() -> None:
    modules = {page.slug: page for page in TrainingModulePage.objects.all()}
    if Session.objects.filter(uuid__in=PAST).exists() or not modules:
        return
    chance = random.Random(2016)  # noqa: S311 - the same people each time
    members = _members(chance)
    trainer = User.objects.filter(email=TRAINER).first()
    cities = read("sessions.yaml")["cities"]
    for number, (slug, city, ago) in enumerate(SESSIONS):
        if slug in modules:
            session = _session(number, modules[slug], cities[city], ago, trainer)
            _attend(session, members, chance, trainer)
    _coming(members, chance)


# -- People ---------------------------------------------------------------------------------------


def _members(chance: random.Random) -> list[Membership]:
    """People invented, each at a Maison since some months or years; a few have left."""
    maisons = {m.slug: m for m in Maison.objects.filter(slug__in=MAISONS)}
    places = [maisons[slug] for slug, n in MAISONS.items() if slug in maisons for _ in range(n)]
    people = [_person(number) for number in range(len(places))]
    User.objects.bulk_create(people, ignore_conflicts=True)
    known = {u.email: u for u in User.objects.filter(email__in=[p.email for p in people])}
    now = timezone.now()
    rows = []
    for number, (person, maison) in enumerate(zip(people, places, strict=False)):
        # One in four came lately.
        days = chance.randrange(20, 200) if number % 4 == 3 else chance.randrange(400, 1400)
        left = now - dt.timedelta(days=15) if number % 17 == 16 else None
        rows.append(
            Membership(
                user=known[person.email],
                maison=maison,
                role=Membership.Role.AGENT,
                starts_at=now - dt.timedelta(days=days),
                ends_at=left,
            )
        )
    Membership.objects.bulk_create(rows)
    shown = Membership.objects.filter(user__email=SHOWN_AGENT, maison__slug="ayen")
    return [*rows, *shown.select_related("user", "maison")]


def _person(number: int) -> User:
    again, place = divmod(number, len(FIRST))
    first, last = FIRST[place], LAST[(place + again) % len(LAST)]
    plain = first.lower()
    for accented, letter in zip("éèëï", "eeei", strict=True):
        plain = plain.replace(accented, letter)
    person = User(
        email=f"{plain}.equipe{again or ''}@agents.example.org",
        first_name=first,
        last_name=last,
    )
    person.set_unusable_password()
    return person


# -- Sessions behind us ---------------------------------------------------------------------------


def _session(
    number: int, module: TrainingModulePage, place: dict[str, str], ago: int, trainer: Any
) -> Session:
    commune = Commune.objects.select_related("department").filter(code=place["commune"]).first()
    session = Session.objects.create(
        uuid=session_uuid(number),
        module=module,
        state=SessionState.DRAFT,
        capacity=12,
        minimum=6,
        venue=place["venue"],
        commune=commune,
        access="Entrée de plain-pied. (Détails fictifs.)",
        is_fictitious=True,
    )
    if trainer is not None:
        session.trainers.add(trainer)
    first = (timezone.localtime() - dt.timedelta(days=ago)).date()
    first -= dt.timedelta(days=(first.weekday() - 1) % 7)  # sessions begin on a Tuesday
    hours = (dt.time(9, 30), dt.time(16, 30))
    days = [first + dt.timedelta(days=n) for n in range(max(module.half_days // 2, 1))]
    set_dates(
        session,
        [Slot(*(dt.datetime.combine(day, hour, session.zone) for hour in hours)) for day in days],
    )
    session.refresh_from_db()
    session.state = SessionState.CLOSED
    session.opened_at = timezone.now() - dt.timedelta(days=ago + 60)
    session.closed_at = timezone.now() - dt.timedelta(days=max(ago - 3, 1))
    session.closed_by = trainer
    session.save()
    return session


def _attend(
    session: Session, members: list[Membership], chance: random.Random, trainer: Any
) -> None:
    """Registrations with their attendance, as a past list that was imported would leave them."""
    half_days = list(HalfDay.objects.filter(date__session=session))
    until = session.closed_at or timezone.now()
    able = [row for row in members if row.starts_at < until or _is_shown(row)]
    came = chance.sample(able, min(len(able), chance.randrange(7, 12)))
    shown = next((row for row in members if _is_shown(row)), None)
    if shown and chance.random() < 0.4:
        came = [shown, *(row for row in came[1:] if row != shown)]
    rows = [_registration(session, row, half_days, chance) for row in came]
    if came[0] == shown:
        _wholly(rows[0])
    Registration.objects.bulk_create(rows)
    _written(rows, half_days, session, trainer)


def _is_shown(row: Membership) -> bool:
    """The account with which people try the demonstration: it learnt elsewhere before."""
    return row.user.email == SHOWN_AGENT


def _registration(
    session: Session, row: Membership, half_days: list[HalfDay], chance: random.Random
) -> Registration:
    fate = chance.random()
    made = Registration(
        session=session,
        user=row.user,
        maison=row.maison,
        registered_by=row.user,
        queued_at=session.opened_at,
        state=RegistrationState.CONFIRMED,
        half_days_due=len(half_days),
    )
    if fate < 0.06:
        made.state, made.cancelled_late = RegistrationState.CANCELLED, True
        made.half_days_due = 0
    elif fate < 0.12:
        made.outcome = "absent"
    elif fate < 0.2 and len(half_days) > 1:
        made.outcome, made.half_days_present = "partly", len(half_days) - 1
    else:
        _wholly(made)
    return made


def _wholly(row: Registration) -> None:
    row.state, row.cancelled_late = RegistrationState.CONFIRMED, False
    row.half_days_due = row.half_days_due or row.session.module.half_days
    row.outcome, row.half_days_present = "attended", row.half_days_due


def _written(
    rows: list[Registration], half_days: list[HalfDay], session: Session, trainer: Any
) -> None:
    """What leads to these results: events, attendance, countersignatures."""
    RegistrationEvent.objects.bulk_create(
        RegistrationEvent(registration=row, after=row.state, by=row.user, at=session.opened_at)
        for row in rows
    )
    known = [
        (half_day, row, number < row.half_days_present)
        for row in rows
        if row.state == RegistrationState.CONFIRMED
        for number, half_day in enumerate(half_days)
    ]
    common: dict[str, Any] = {"way": AttendanceWay.IMPORTED, "by": trainer}
    Attendance.objects.bulk_create(
        Attendance(
            half_day=half_day, registration=row, present=there, at=half_day.ends_at, **common
        )
        for half_day, row, there in known
    )
    AttendanceEvent.objects.bulk_create(
        AttendanceEvent(
            half_day=half_day, registration=row, present=there, at=half_day.ends_at, **common
        )
        for half_day, row, there in known
    )
    if trainer is not None:
        Countersignature.objects.bulk_create(
            Countersignature(half_day=half_day, by=trainer, at=half_day.ends_at)
            for half_day in half_days
        )


# -- Sessions to come -----------------------------------------------------------------------------


def _coming(members: list[Membership], chance: random.Random) -> None:
    """Some places taken for what comes, and requests for the session that managers approve."""
    now = timezone.now()
    inside = [row for row in members if row.ends_at is None and not _is_shown(row)]
    taken = set(
        Registration.objects.filter(user__in=[m.user_id for m in members]).values_list(
            "session_id", "user_id"
        )
    )
    rows = []
    for session in Session.objects.coming().with_places().filter(first_starts_at__gt=now):
        free = max(session.capacity - session.held - 3, 0)
        if session.needs_approval:
            asking = [row for row in inside if row.maison.slug == "ayen"][:2]
            rows += [_asked(session, row, RegistrationState.REQUESTED, now) for row in asking]
            taken |= {(session.pk, row.user_id) for row in asking}
        for row in chance.sample(inside, min(free, chance.randrange(2, 6))):
            if (session.pk, row.user_id) not in taken:
                rows.append(_asked(session, row, RegistrationState.CONFIRMED, now))
    shown = next((row for row in members if _is_shown(row)), None)
    if shown is not None:
        rows += _of_the_agent(shown, now)
    Registration.objects.bulk_create(rows, ignore_conflicts=True)
    made = Registration.objects.filter(session__in={row.session_id for row in rows}, events=None)
    RegistrationEvent.objects.bulk_create(
        RegistrationEvent(registration=row, after=row.state, by=row.registered_by) for row in made
    )


def _asked(session: Session, row: Membership, state: str, now: dt.datetime) -> Registration:
    return Registration(
        session=session,
        user=row.user,
        maison=row.maison,
        registered_by=row.user,
        queued_at=now,
        state=state,
    )


def _of_the_agent(row: Membership, now: dt.datetime) -> list[Registration]:
    """The agent who tries the demonstration: a session to come, and a waiting list."""
    coming = Session.objects.coming(now).with_places().filter(first_starts_at__gt=now)
    mine = set(Registration.objects.filter(user=row.user).values_list("session", flat=True))
    free = [s for s in coming.order_by("first_starts_at") if s.pk not in mine]
    place = next((s for s in free if s.commune_id and s.held < s.capacity), None)
    full = next((s for s in free if s.held >= s.capacity), None)
    rows = []
    if place:
        rows.append(_asked(place, row, RegistrationState.CONFIRMED, now))
    if full:
        rows.append(_asked(full, row, RegistrationState.WAITING, now))
    return rows


class Loader:
    """After the sessions of the demonstration, their attendance and their closing."""

    order = 68

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.steering", Loader())
