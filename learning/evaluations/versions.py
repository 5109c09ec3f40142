"""From a template to the rows that people answer. A version that is asked is never altered."""

import hashlib
import json
import uuid
from typing import Any

from django.db import transaction

from ..models.evaluations import (
    EvaluationChoice,
    EvaluationQuestion,
    EvaluationTemplate,
    EvaluationVersion,
)
from .kinds import EvaluationKind, QuestionType

PLAIN = ("text", "help", "theme", "required", "low", "high", "explanation")


def described(template: EvaluationTemplate) -> list[dict[str, Any]]:
    """The questions as plain values; `uuid` is the identifier of the block, which lasts."""
    found = []
    for block in template.questions:
        value = block.value
        row: dict[str, Any] = {"uuid": str(uuid.UUID(block.id)), "type": block.block_type}
        row |= {name: value.get(name) for name in PLAIN if value.get(name) is not None}
        row["choices"] = [_choice(choice) for choice in value.get("choices") or []]
        found.append(row)
    return found


def _choice(choice: Any) -> dict[str, Any]:
    if isinstance(choice, str):
        return {"label": choice, "is_right": False}
    return {"label": choice["label"], "is_right": bool(choice["is_right"])}


@transaction.atomic
def freeze(template: EvaluationTemplate) -> EvaluationVersion:
    """The version that says what the template says now.

    The last one, when it says the same; the last one made anew, when nothing asks it yet; else a new
    one, with the next number.
    """
    questions = described(template)
    asked = [questions, template.intro, template.anonymous]
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    last = template.versions.order_by("number").last()
    if last is not None and last.digest == digest:
        return last
    number = last.number + 1 if last else 1
    if last is not None and not last.evaluations.exists():
        number = last.number
        last.delete()
    version = EvaluationVersion.objects.create(
        template=template,
        number=number,
        intro=template.intro,
        anonymous=template.anonymous,
        digest=digest,
    )
    for order, row in enumerate(questions):
        choices = row.pop("choices")
        question = EvaluationQuestion.objects.create(version=version, order=order, **row)
        EvaluationChoice.objects.bulk_create(
            EvaluationChoice(question=question, order=rank, **choice)
            for rank, choice in enumerate(choices)
        )
    return version


def in_use(kind: str, module_id: int) -> EvaluationVersion | None:
    """The latest version of the template that a module uses at that moment: its own, else the general."""
    templates = EvaluationTemplate.objects.filter(kind=kind, is_active=True)
    template = (
        templates.filter(module=module_id).first() or templates.filter(module__isnull=True).first()
    )
    return template.versions.order_by("number").last() if template else None


def versions_for(kind: str, module_id: int) -> list[EvaluationVersion]:
    """What an evaluation of that kind asks. Before a session: expectations, then what people know."""
    kinds = [kind]
    if kind == EvaluationKind.BEFORE:
        kinds.append(EvaluationKind.CHECK)
    return [version for each in kinds if (version := in_use(each, module_id))]


def questions_of(evaluation: Any) -> list[EvaluationQuestion]:
    """Its questions with their choices, in the order in which they are asked: two queries."""
    rows = EvaluationQuestion.objects.filter(version__evaluations=evaluation)
    found = list(rows.select_related("version__template").prefetch_related("choices"))
    # Knowledge comes last: one first says what one expects.
    found.sort(key=lambda q: (q.type == QuestionType.KNOWLEDGE, q.version_id, q.order))
    return found
