"""A cohort of the demonstration, with people to follow up. All of it is fictitious.

What exists is left as it is; the rules are applied again each time.
"""

import datetime as dt
import random
import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry
from maisons.models import Maison, Membership

from ..enrolling.overrides import grant
from ..models import Cohort, CohortMessage, Enrolment, Flag, LearningPath, LearningPathPage, Unit
from ..paths.kinds import EnrolmentSource
from ..paths.record import Report, record
from ..paths.services import enrol
from ..paths.structure import read
from ..quizzes.demo import hand_in
from ..quizzes.units import KIND as QUIZ
from . import services

TRAINER = "formation@example.org"
SLUG = "parcours-accompagnement-numerique"
NAME = "Automne, Occitanie (fictive)"
TOKEN = uuid.UUID("8f0d2f4e-3f8f-4a36-9f0e-6c0a2f4b7d31")
# (first name, last name, units done, days since the last, days on the next unit or None)
PEOPLE = (
    ("Maé", "Fictif", 5, 1, None),
    ("Swann", "Exemple", 3, 2, 17),
    ("Noa", "Modèle", 7, 4, None),
    ("Alix", "Essai", 2, 26, None),
    ("Charlie", "Factice", 0, 24, None),
    ("Eden", "Inventé", 9, 2, None),
    ("Sasha", "Imaginaire", 4, 3, 19),
    ("Loïs", "Démonstration", 30, 5, None),
)
# Where they work, one after the other: Maisons of the region.
MAISONS = ("lacaune", "fleurance", "negrepelisse", "montagne-noire", "mouthoumet")
SUBJECT = "Un point d’étape (fictif)"
TEXT = (
    "Bonjour,\n\nPrenez dix minutes cette semaine pour finir l’étape commencée : elle sert dès le"
    " prochain visiteur. Une question ? Posez-la sous l’étape, j’y réponds.\n\n(Message fictif.)"
)


def load() -> None:
    trainer = User.objects.filter(email=TRAINER).first()
    page = LearningPathPage.objects.filter(slug=SLUG, live=True).first()
    if trainer is None or page is None:
        return
    path = LearningPath.objects.select_related("version").filter(uuid=page.translation_key).first()
    if path is None or path.version is None:
        return
    with transaction.atomic():
        if not Cohort.objects.filter(name=NAME).exists():
            _cohort(path, trainer)
    services.compute_all()
    with transaction.atomic():
        _aside(trainer)


def _cohort(path: LearningPath, trainer: User) -> None:
    now = timezone.now()
    cohort = Cohort.objects.create(
        path=path,
        name=NAME,
        due_on=timezone.localdate() + dt.timedelta(days=20),
        created_by=trainer,
        created_at=now - dt.timedelta(days=60),
    )
    cohort.trainers.add(trainer)
    maisons = list(Maison.objects.filter(slug__in=MAISONS).order_by("slug"))
    for number, (first, last, done, since, on_it) in enumerate(PEOPLE):
        email = f"cohorte{number + 1}@agents.example.org"
        person = User.objects.filter(email=email).first() or User.objects.create_user(
            email, None, first_name=first, last_name=last
        )
        if maisons and not person.memberships.exists():
            Membership.objects.create(
                user=person,
                maison=maisons[number % len(maisons)],
                role=Membership.Role.AGENT,
                starts_at=now - dt.timedelta(days=500),
            )
        row = enrol(path, person, by=trainer, source=EnrolmentSource.COHORT)
        late = number == 5
        due_on = timezone.localdate() - dt.timedelta(days=3) if late else cohort.due_on
        began = now - dt.timedelta(days=50)
        Enrolment.objects.filter(pk=row.pk).update(
            cohort=cohort, due_on=due_on, created_at=began, last_at=None
        )
        row.refresh_from_db()
        _work(row, done, now - dt.timedelta(days=since), on_it, now)
    _date_of_a_unit(cohort, trainer, now)
    _message(cohort, trainer)


def _date_of_a_unit(cohort: Cohort, trainer: User, now: dt.datetime) -> None:
    """One person was given a date for their next unit, which has passed."""
    row = Enrolment.objects.select_related("version").get(
        cohort=cohort, user__last_name="Modèle", superseded=False
    )
    units = {str(unit.uuid): unit for unit in row.path.units.all()}
    held = set(row.progress.exclude(completed_at=None).values_list("unit__uuid", flat=True))
    outlines = read(row.version).units()
    left = [unit for unit in outlines if unit.required and uuid.UUID(unit.uuid) not in held]
    if left:
        due_on = timezone.localdate(now) - dt.timedelta(days=2)
        grant(
            row,
            by=trainer,
            reason="À finir avant l’atelier de la semaine. (Fictif.)",
            unit=units[left[0].uuid],
            due_on=due_on,
        )


def _work(
    row: Enrolment, done: int, last: dt.datetime, on_it: int | None, now: dt.datetime
) -> None:
    """One unit a day until the last; then one that stays open, begun so many days ago."""
    units = {str(unit.uuid): unit for unit in row.path.units.all()}
    places = list(read(row.version).units())
    ordered = [units[place.uuid] for place in places]
    quizzes = {units[place.uuid] for place in places if place.kind == QUIZ}
    rng = random.Random(row.user.email)  # noqa: S311 (the same demonstration each time)
    finished = ordered[:done]
    begun = None if on_it is None else now - dt.timedelta(days=on_it)
    end = last if begun is None else begun - dt.timedelta(hours=1)
    for number, unit in enumerate(finished, 1):
        at = end - dt.timedelta(days=len(finished) - number)
        if unit in quizzes:
            hand_in(row, unit, at - dt.timedelta(minutes=11), 0.8, rng)
        _quarter(row, unit, at, completed=True)
    if begun is not None:
        for at in (begun, last):
            _quarter(row, ordered[done], at, completed=False)
        if ordered[done] in quizzes:
            hand_in(row, ordered[done], last, 0.1, rng)


def _quarter(row: Enrolment, unit: Unit, end: dt.datetime, *, completed: bool) -> None:
    """Some twelve minutes at work in a unit."""
    for minute in range(10, -1, -2):
        at = end - dt.timedelta(minutes=minute)
        spent = (at - dt.timedelta(minutes=2), at)
        said = Report(active=spent, completed=completed and minute == 0)
        record(row, unit, uuid.uuid4(), said, now=at)


def _message(cohort: Cohort, trainer: User) -> None:
    """Kept as sent only: nobody of the demonstration gets a mail."""
    message = CohortMessage.objects.create(
        token=TOKEN, cohort=cohort, sender=trainer, audience="Tous", subject=SUBJECT, text=TEXT
    )
    message.recipients.set(Enrolment.objects.filter(cohort=cohort))


def _aside(trainer: User) -> None:
    """One of those who are inactive is on leave."""
    flag = Flag.objects.filter(
        enrolment__cohort__name=NAME, enrolment__user__last_name="Factice", muted_until=None
    ).first()
    if flag is not None:
        reason = "En congé jusqu’à la fin du mois. (Fictif.)"
        services.mute(flag, days=30, reason=reason, by=trainer)


class DemoLoader:
    # After the paths and the people who follow them.
    order = 76

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.following", DemoLoader())
