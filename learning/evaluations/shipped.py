"""The questionnaires that come with the platform. What exists is left as it is."""

import uuid
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from cms.text import french_spaces

from ..models import EvaluationTemplate, TrainingModulePage
from .kinds import EvaluationKind, QuestionTheme

FOLDER = Path(__file__).parent / "defaults"
NAMESPACE = uuid.UUID("c0b9a1de-54a1-4c25-9a86-0b6a2ce1f7d5")
CHECK_INTRO = french_spaces(
    "Quelques questions, les mêmes avant et après la session. Rien n’est noté ; "
    "« Je ne sais pas » est une réponse."
)


@transaction.atomic
def ship() -> int:
    """The general questionnaires, and the check of each module that exists. Returns how many are new."""
    made = [_general(entry) for entry in _read("general.yaml")]
    slugs = {entry["module"]: entry for entry in _read("checks.yaml")}
    modules = TrainingModulePage.objects.filter(slug__in=slugs, locale__language_code="fr")
    made += [_check(module, slugs[module.slug]) for module in modules]
    return sum(made)


def _read(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def _general(entry: dict[str, Any]) -> bool:
    key = _named(entry["kind"])
    return _make(key, entry["kind"], None, entry["title"], entry["intro"], entry["questions"])


def _check(module: TrainingModulePage, entry: dict[str, Any]) -> bool:
    key = _named(f"check/{entry['module']}/{module.translation_key}")
    title = "Ce que vous savez"
    return _make(
        key, EvaluationKind.CHECK, module, title, CHECK_INTRO, map(_knowledge, entry["questions"])
    )


def _knowledge(entry: dict[str, Any]) -> dict[str, Any]:
    choices = [
        {"label": text.removeprefix("="), "is_right": text.startswith("=")}
        for text in entry["choices"]
    ]
    return {
        "type": "knowledge",
        "key": entry["key"],
        "theme": QuestionTheme.KNOWLEDGE,
        "text": entry["text"],
        "explanation": entry["why"],
        "choices": choices,
    }


def _make(key: uuid.UUID, kind: str, module: Any, title: str, intro: str, questions: Any) -> bool:
    if EvaluationTemplate.objects.filter(uuid=key).exists():
        return False
    taken = EvaluationTemplate.objects.filter(kind=kind, module=module, is_active=True).exists()
    EvaluationTemplate.objects.create(
        uuid=key,
        kind=kind,
        module=module,
        title=title,
        intro=intro,
        is_active=not taken,
        questions=[_block(key, entry) for entry in questions],
    )
    return True


def _block(key: uuid.UUID, entry: dict[str, Any]) -> dict[str, Any]:
    """A block as the column holds it. Its identifier is that of the question for ever."""
    value = {name: given for name, given in entry.items() if name not in {"type", "key"}}
    value = {"help": "", "required": True, **value}
    if entry["type"] == "scale":
        value = {"low": "Pas du tout", "high": "Tout à fait", **value}
    if "choices" in value:
        value["choices"] = [
            {"type": "item", "value": choice, "id": str(uuid.uuid5(key, f"{entry['key']}/{rank}"))}
            for rank, choice in enumerate(value["choices"])
        ]
    return {"type": entry["type"], "value": value, "id": str(uuid.uuid5(key, entry["key"]))}


def _named(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)
