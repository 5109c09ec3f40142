"""Assignments of the demonstration, with works at every stage, notes, questions and opinions.

All the people are fictitious, and what they write says so. What exists is left as it is.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry

from ..asking import services as asking
from ..models import (
    Enrolment,
    LearningPath,
    LearningPathPage,
    Submission,
    Unit,
    UnitPage,
    UnitQuestion,
)
from ..notes import services as notes
from ..opinions import services as opinions
from ..paths import demo
from ..paths.structure import read
from . import marking, services
from .blocks import criteria_of
from .kinds import Level, Outcome

TRAINER = "formation@example.org"
FICTITIOUS = "\n\n(Travail fictif.)"
SHEET = (
    "Déclarer ses revenus trimestriels, pour qui tient l’accueil à ma place.\n\n"
    "Avant : le numéro d’allocataire, les trois bulletins de paie, le téléphone allumé.\n"
    "Pendant : la personne est devant l’écran, je lis, elle tape ; je ne prends la souris que si elle me"
    " la donne.\nAprès : déconnexion, fenêtre, téléchargements, corbeille, imprimante."
)
NOTICE = (
    "Affiche : Mardi 9 h, à la mairie, on relit vos courriers avec vous.\n\n"
    "Bulletin : chaque mardi de 9 h à midi, une personne vous aide à comprendre un courrier et à y"
    " répondre. Apportez le courrier et une pièce d’identité."
)
GOOD = "On lit qui fait quoi, et le tour de clôture tient en une ligne : gardez-la telle quelle. (Retour fictif.)"
AGAIN = (
    "La posture est claire. Il manque ce que l’on fait quand le téléphone ne reçoit pas le code : ajoutez"
    " une ligne, et dites qui appeler. (Retour fictif.)"
)
# (e-mail, text, days since it was handed in or None for a draft, outcome or None)
WORKS: dict[str, tuple[tuple[str, str, int | None, Outcome | None], ...]] = {
    "parcours-accompagnement-numerique": (
        ("agent@example.org", SHEET, 6, Outcome.REWORK),
        ("cohorte1@agents.example.org", SHEET[:120], None, None),
        ("cohorte3@agents.example.org", SHEET, 10, None),
        ("cohorte6@agents.example.org", SHEET, 2, None),
        ("cohorte7@agents.example.org", SHEET, 9, Outcome.REWORK),
        ("cohorte8@agents.example.org", SHEET, 15, Outcome.ACCEPTED),
    ),
    "parcours-communication-territoriale": (
        ("agent@example.org", NOTICE, 12, Outcome.ACCEPTED),
        ("lou.exemple@agents.example.org", NOTICE, 3, None),
        ("sacha.modele@agents.example.org", NOTICE[:60], None, None),
        ("nour.fictif@agents.example.org", NOTICE, 20, Outcome.REWORK),
    ),
}
NOTES = (
    (0, "Demander la date limite avant tout le reste. Le courrier est souvent dans le sac."),
    (2, "Essayé mardi : j’ai gardé la main dans la poche, elle a tout fait. Dix minutes de plus."),
)
QUESTIONS = (
    (
        "cohorte2@agents.example.org",
        1,
        "Que faire quand la personne veut que je garde son mot de passe ? (Question fictive.)",
        "Dites que la Maison n’en garde aucun, et proposez le carnet qui reste chez elle. (Réponse fictive.)",
    ),
    (
        "cohorte4@agents.example.org",
        0,
        "Combien de temps prenez-vous, vous, avant d’ouvrir le navigateur ? (Question fictive.)",
        "",
    ),
    (
        "agent@example.org",
        2,
        "Montrer ou faire avec : comment choisir quand la file s’allonge ? (Question fictive.)",
        "Choisissez avant de commencer et dites-le : la file comprend mieux qu’un temps flou. (Réponse fictive.)",
    ),
)


@demo.builds("assignment")
def _assignment(data: dict[str, Any], modules: Any) -> tuple[str, Any]:
    value = {
        "instructions": demo.paragraphs(data["paragraphs"]),
        "expected": data.get("expected", "both"),
        "most_files": 3,
        "criteria": [
            {"type": "item", "value": {"label": label, "hint": hint}, "id": str(uuid.uuid4())}
            for label, hint in data["criteria"]
        ],
        "grading": "criteria",
        "days": data.get("days"),
        "due_on": None,
        "attempts": data.get("attempts", 0),
        "feedback_days": 7,
    }
    return "assignment", value


class DemoLoader:
    # After the cohorts and those who follow them.
    order = 77

    def load(self, verbosity: int = 1) -> None:
        trainer = User.objects.filter(email=TRAINER).first()
        if trainer is None:
            return
        for slug, works in WORKS.items():
            page = UnitPage.objects.filter(
                rule=UnitPage.Rule.DECIDED, url_path__contains=f"/{slug}/", live=True
            )
            for each in page:
                unit = Unit.objects.filter(uuid=each.translation_key).first()
                if each.kind == "assignment" and unit is not None:
                    with transaction.atomic():
                        _load_works(unit, each, works, trainer)
        with transaction.atomic():
            _load_words(trainer)


def _enrolments(unit: Unit) -> dict[str, Enrolment]:
    rows = Enrolment.objects.filter(path=unit.path_id).in_force()
    return {row.user.email: row for row in rows.select_related("user", "version", "path")}


def _load_works(unit: Unit, page: UnitPage, works: Any, trainer: User) -> None:
    if Submission.objects.filter(unit=unit).exists():
        return
    people = _enrolments(unit)
    for email, text, days, outcome in works:
        enrolment = people.get(email)
        if enrolment is None or read(enrolment.version).find(str(unit.uuid)) is None:
            continue
        words = text + FICTITIOUS
        if days is None:
            services.save_draft(enrolment, unit, words, revision=0, key=uuid.uuid4())
            continue
        row = services.submit(enrolment, unit, words, expected="both", revision=0, key=uuid.uuid4())
        _since(row, days)
        if outcome is not None:
            _mark(row, page, outcome, trainer, days)


def _since(row: Submission, days: int) -> None:
    at = timezone.now() - dt.timedelta(days=days)
    mark_by = timezone.localdate(at) + dt.timedelta(days=7)
    Submission.objects.filter(pk=row.pk).update(submitted_at=at, mark_by=mark_by)
    row.events.update(at=at)


def _mark(row: Submission, page: UnitPage, outcome: Outcome, trainer: User, days: int) -> None:
    good = outcome == Outcome.ACCEPTED
    levels = dict.fromkeys(criteria_of(page.content[0].value), Level.MET)
    if not good:
        levels[next(iter(levels))] = Level.PARTLY
    marking.mark(row, marking.Mark(outcome, GOOD if good else AGAIN, levels), by=trainer)
    marking.tell(row, quietly=True)
    at = timezone.now() - dt.timedelta(days=max(days - 3, 0), hours=2)
    Submission.objects.filter(pk=row.pk).update(marked_at=at, told_at=at)
    row.events.filter(at__gt=at).update(at=at)


def _load_words(trainer: User) -> None:
    """Notes, questions and opinions on the first path."""
    page = LearningPathPage.objects.filter(slug="parcours-accompagnement-numerique").first()
    path = LearningPath.objects.filter(uuid=page.translation_key).first() if page else None
    if path is None or path.version is None or UnitQuestion.objects.exists():
        return
    rows = {str(unit.uuid): unit for unit in path.units.all()}
    units = [rows[unit.uuid] for unit in read(path.version).units()]
    people = _enrolments(units[0])
    if agent := people.get("agent@example.org"):
        for number, text in NOTES:
            notes.save(agent.user, units[number], text, revision=0, key=uuid.uuid4())
    for email, number, text, said in QUESTIONS:
        if enrolment := people.get(email):
            asked = asking.ask(
                enrolment, units[number], text, key=uuid.uuid4(), may_be_shared=bool(said)
            )
            if said:
                asking.answer(asked, said, by=trainer, key=uuid.uuid4(), share=True, quietly=True)
    for number, enrolment in enumerate(list(people.values())[:8]):
        opinions.rate(enrolment, units[0], useful=number != 3, reasons=["known"])
        opinions.rate(enrolment, units[3], useful=number > 4, reasons=["long", "far"][: number + 1])


registry.demo_loaders.register("learning.assignments", DemoLoader())
