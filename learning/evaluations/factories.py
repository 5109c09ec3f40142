"""Templates, evaluations and answers, for tests."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from ..factories import RegistrationFactory
from ..kinds import Outcome
from ..models import Evaluation, EvaluationTemplate, Registration, Session
from .kinds import EvaluationKind
from .services import open_evaluation
from .urn import Given, put
from .versions import questions_of, versions_for

SCALE = ("scale", {"text": "Le contenu répond à mes besoins", "theme": "content"})
RECOMMEND = ("recommend", {"text": "Recommanderiez-vous cette session ?", "theme": "effects"})
TEXT = ("text", {"text": "Ce que vous en retenez", "theme": "content", "required": False})
SINGLE = (
    "single",
    {"text": "Le rythme", "theme": "facilitation", "choices": ["Lent", "Bien", "Rapide"]},
)
MULTIPLE = (
    "multiple",
    {"text": "Ce que vous attendez", "theme": "expectations", "choices": ["Lois", "Pratique"]},
)
KNOWLEDGE = (
    "knowledge",
    {
        "text": "Combien d’opérateurs au moins ?",
        "theme": "knowledge",
        "choices": [{"label": "Un", "is_right": False}, {"label": "Deux", "is_right": True}],
        "explanation": "Deux, dont un du champ social.",
    },
)
HOT = (SCALE, RECOMMEND, SINGLE, TEXT)


def make_template(
    kind: str = EvaluationKind.HOT, questions: Iterable[Any] = HOT, **more: Any
) -> EvaluationTemplate:
    """A template in use, in the place of the one that was."""
    module = more.pop("module", None)
    EvaluationTemplate.objects.filter(kind=kind, module=module).update(is_active=False)
    raw = [_block(name, value) for name, value in questions]
    return EvaluationTemplate.objects.create(
        kind=kind, module=module, title=more.pop("title", f"Modèle {kind}"), questions=raw, **more
    )


def _block(name: str, value: dict[str, Any]) -> dict[str, Any]:
    full = {"required": True, "help": "", **value}
    if name == "scale":
        full = {"low": "Pas du tout", "high": "Tout à fait", **full}
    if "choices" in full:
        full["choices"] = [
            {"type": "item", "value": choice, "id": str(uuid.uuid4())} for choice in full["choices"]
        ]
    return {"type": name, "value": full, "id": str(uuid.uuid4())}


def make_evaluation(session: Session, kind: str = EvaluationKind.HOT) -> Evaluation:
    """An open evaluation of a session, with the template in use or the usual questions."""
    if not versions_for(kind, session.module_id):
        make_template(kind)
    open_evaluation(session, kind, timezone.now())
    return Evaluation.objects.get(session=session, kind=kind)


def answer(
    evaluation: Evaluation,
    count: int = 1,
    *,
    number: int = 5,
    recommend: int = 9,
    text: str = "",
    choice: int = 0,
    registrations: list[Registration] | None = None,
    ends: bool = False,
) -> list[Registration]:
    """So many people answer, each with these values. Returns their registrations.

    ends: the evaluation is over once everybody has answered, as it is outside of tests.
    """
    questions = questions_of(evaluation)
    rows = registrations or [
        RegistrationFactory(session=evaluation.session, outcome=Outcome.ATTENDED)
        for _number in range(count)
    ]
    for row in rows:
        put(evaluation, row, [_given(q, number, recommend, text, choice) for q in questions])
        if not ends:
            Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=evaluation.closes_at)
    return rows


def _given(question: Any, number: int, recommend: int, text: str, choice: int) -> Given:
    if question.type == "scale":
        return Given(question, number=number)
    if question.type == "recommend":
        return Given(question, number=recommend)
    if question.type == "text":
        return Given(question, text=text)
    return Given(question, choices=[list(question.choices.all())[choice].pk])
