"""Evaluations of the demonstration: enough answers at some past sessions, too few at another.

Everything is fictitious, as the sessions are, and says so. What exists is left as it is.
"""

import datetime as dt
import random
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms import registry

from ..demo_load import _person
from ..kinds import RegistrationState, SessionState
from ..models import Evaluation, EvaluationQuestion, Registration, RegistrationEvent, Session
from .kinds import EvaluationKind, QuestionType
from .services import COLD_AFTER_MONTHS, LASTS, eligible, months_later, open_evaluation
from .shipped import ship
from .urn import Given, put_together
from .versions import questions_of

# People invented, who cannot sign in: with the others they are more than five at a session.
PEOPLE = (
    ("Camille", "Inventée"),
    ("Alex", "Fictive"),
    ("Dany", "Prototype"),
    ("Noa", "Maquette"),
    ("Eden", "Échantillon"),
)
WAITING = "agent@example.org"
TEXTS = {
    "retour": (
        "Proposer l’espace confidentiel dès l’arrivée. (Fictif)",
        "Reformuler avant d’ouvrir un formulaire. (Fictif)",
        "Appeler deux partenaires que je ne connais pas. (Fictif)",
        "Refaire la fiche de liaison avec ma collègue. (Fictif)",
        "Laisser le clavier à la personne. (Fictif)",
        "Relire mon affiche à voix haute. (Fictif)",
        "Noter les questions sans réponse, pour en parler en équipe. (Fictif)",
    ),
    "changer": (
        "Un peu plus de temps pour les cas réels. (Fictif)",
        "Envoyer le plan d’accès plus tôt. (Fictif)",
        "Deux formateurs quand le groupe dépasse dix personnes. (Fictif)",
        "Garder les échanges, raccourcir la présentation. (Fictif)",
        "Prévoir une séance de suivi à distance. (Fictif)",
        "Rien, le rythme convenait. (Fictif)",
        "Donner les documents avant la session. (Fictif)",
    ),
    "exemple": (
        "Les dossiers reviennent moins souvent incomplets. (Fictif)",
        "Nous avons installé un paravent près du guichet. (Fictif)",
        "Un habitant fait désormais sa déclaration seul. (Fictif)",
        "La caisse rappelle plus vite depuis la fiche de liaison. (Fictif)",
        "L’équipe se réunit un quart d’heure le lundi. (Fictif)",
        "Trois mairies ont affiché nos horaires. (Fictif)",
    ),
}


def past_sessions() -> list[Session]:
    """The past sessions of the demonstration, the oldest first."""
    held = Session.objects.filter(is_fictitious=True, last_ends_at__lt=timezone.now())
    kept = held.filter(state__in=[SessionState.OPEN, SessionState.CLOSED])
    return list(kept.order_by("first_starts_at"))


@transaction.atomic
def enrol() -> None:
    """More people at the past sessions, but the latest: attendance is made after that."""
    for session in past_sessions()[:-1]:
        free = session.capacity - session.registrations.count() - 1
        for first, last in PEOPLE[: max(free, 0)]:
            _register(session, _person(first, last))


def _register(session: Session, person: Any) -> None:
    row, created = Registration.objects.get_or_create(
        session=session,
        user=person,
        defaults={
            "state": RegistrationState.CONFIRMED,
            "registered_by": person,
            "queued_at": timezone.now(),
        },
    )
    if created:
        RegistrationEvent.objects.create(registration=row, after=row.state, by=person)


@transaction.atomic
def load() -> None:
    ship()
    dice = random.Random(2016)  # noqa: S311 - the same demonstration each time
    for session in past_sessions():
        if session.evaluations.filter(participations__isnull=False).exists():
            continue
        start, end = session.first_starts_at, session.last_ends_at
        if start is None or end is None:
            continue
        _ask(session, EvaluationKind.BEFORE, start - dt.timedelta(days=20), dice)
        _ask(session, EvaluationKind.HOT, end + dt.timedelta(hours=2), dice)
        _ask(session, EvaluationKind.CHECK, end + dt.timedelta(hours=2), dice)
        _ask(session, EvaluationKind.COLD, months_later(end, COLD_AFTER_MONTHS), dice)


def _ask(session: Session, kind: str, opens_at: dt.datetime, dice: random.Random) -> None:
    """One evaluation as it would have been: opened then, answered the days after."""
    evaluation = open_evaluation(session, kind, opens_at)
    if evaluation is None:
        return
    lasts = LASTS.get(EvaluationKind(kind))
    told = opens_at if opens_at < timezone.now() else None
    Evaluation.objects.filter(pk=evaluation.pk).update(
        opens_at=opens_at,
        closes_at=opens_at + lasts if lasts else None,
        announced_at=told,
        reminded_at=told,
    )
    if told is None:
        return
    questions = questions_of(evaluation)
    people = eligible(evaluation).select_related("user").order_by("pk")
    ballots = [
        (row, [_given(question, number, kind, dice) for question in questions])
        for number, row in enumerate(people)
        if row.user.email != WAITING or kind != EvaluationKind.COLD
    ]
    put_together(evaluation, ballots, now=opens_at + dt.timedelta(days=1))


def _given(question: EvaluationQuestion, number: int, kind: str, dice: random.Random) -> Given:
    choices = list(question.choices.all())
    if question.type == QuestionType.SCALE:
        weights = [1, 2, 5, 8, 3] if kind == EvaluationKind.BEFORE else [0, 1, 3, 9, 8]
        return Given(question, number=dice.choices(range(1, 6), weights)[0])
    if question.type == QuestionType.RECOMMEND:
        return Given(question, number=dice.choices([5, 6, 7, 8, 9, 10], [1, 1, 3, 6, 6, 5])[0])
    if question.type == QuestionType.TEXT:
        return Given(question, text=_text(question, number))
    if question.type == QuestionType.KNOWLEDGE:
        right = [choice.pk for choice in choices if choice.is_right]
        knows = dice.random() < (0.45 if kind == EvaluationKind.BEFORE else 0.85)
        return Given(question, choices=right if knows else [dice.choice(choices).pk])
    return Given(question, choices=[dice.choice(choices).pk])


def _text(question: EvaluationQuestion, number: int) -> str:
    names = ("retour", "changer") if question.version.template.kind == "hot" else ("exemple",)
    texts = TEXTS[names[question.order % len(names)]] if question.order > 4 else ()
    return texts[number % len(texts)] if texts else ""


class PeopleLoader:
    # Just after the sessions, before attendance.
    order = 62

    def load(self, verbosity: int = 1) -> None:
        enrol()


class DemoLoader:
    # After attendance and closing: who was there is known.
    order = 69

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.evaluations.people", PeopleLoader())
registry.demo_loaders.register("learning.evaluations", DemoLoader())
