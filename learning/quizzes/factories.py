"""Questions, quizzes and attempts, for tests."""

import itertools
from typing import Any

from ..models import BankTheme, LearningPath, Question, QuizAttempt, Unit
from ..paths.factories import make_path, units_of
from . import bank, services, units
from .content import Content, from_json, matching_of
from .kinds import ShowWhen

_numbers = itertools.count(1)
WHY = "Parce que le dossier part complet."


def contents() -> dict[str, dict[str, Any]]:
    """A question of each kind, as JSON."""
    words = {"text": "<p>Que faites-vous ?</p>", "feedback": "<p>Relisez le courrier.</p>"}
    choices = [
        {"id": "a", "text": "Lire", "fraction": 1, "feedback": WHY},
        {"id": "b", "text": "Renvoyer", "feedback": "Cela coûte un voyage."},
        {"id": "c", "text": "Attendre", "feedback": "La date passe."},
    ]
    several = [{**choices[0], "fraction": 0.5}, {**choices[1], "fraction": 0.5}]
    pairs = [("CAF", "Logement", WHY), ("CPAM", "Soins", ""), ("CNAV", "Retraite", "")]
    return {
        "single": {**words, "kind": "single", "choices": choices},
        "multiple": {
            **words,
            "kind": "multiple",
            "choices": [*several, {**choices[2], "fraction": -0.5}],
        },
        "true_false": {**words, "kind": "true_false", "answer": True, "feedback_true": WHY},
        "matching": {**words, "kind": "matching", **matching_of(pairs, ["Impôts"])},
        "ordering": {
            **words,
            "kind": "ordering",
            "items": [{"id": key, "text": f"Geste {key}"} for key in "abcd"],
        },
        "short": {
            **words,
            "kind": "short",
            "answers": [{"id": "s", "pattern": "carte vitale", "feedback": WHY}],
        },
        "numeric": {
            **words,
            "kind": "numeric",
            "answers": [{"id": "n", "value": "5", "tolerance": "0.5", "feedback": WHY}],
            "units": [{"name": "jours"}],
        },
    }


def make_theme(name: str = "") -> BankTheme:
    return BankTheme.objects.create(name=name or f"Thème {next(_numbers)}")


def make_question(
    kind: str = "single", theme: BankTheme | None = None, by: Any = None, **changes: Any
) -> Question:
    content = from_json({**contents()[kind], **changes})
    title = f"Question {next(_numbers)}"
    return bank.add(theme or make_theme(), title, content, by=by)


def correct(question: Question, by: Any = None, **changes: Any) -> Question:
    """The same question with another key."""
    assert question.version is not None  # noqa: S101
    content: Content = from_json({**question.version.content, **changes})
    return bank.write(question, content, by=by)


def make_quiz(
    *questions: Question, pool: tuple[BankTheme, int] | None = None, **terms: Any
) -> tuple[LearningPath, Unit]:
    """A path of one quiz, passed at 60 %. `terms`: fields of the block, and of the unit."""
    unit_fields = {"rule": "score", "threshold": 60} | {
        name: terms.pop(name) for name in ("rule", "threshold", "title") if name in terms
    }
    asked: list[Any] = [("question", each) for each in questions or [make_question()]]
    if pool is not None:
        asked = [] if not questions else asked
        asked.append(("pool", {"theme": pool[0], "count": pool[1]}))
    value = {
        "introduction": "<p>Six questions.</p>",
        "asked": asked,
        "shuffle_questions": False,
        "shuffle_choices": False,
        "attempts": 0,
        "minutes": 0,
        "feedback": ShowWhen.EACH,
        "answers": ShowWhen.END,
        **terms,
    }
    path = make_path({"content": [("quiz", value)], **unit_fields})
    return path, units_of(path)[0]


def value_of(unit: Unit) -> Any:
    return units.quiz_value(units.page_of_unit(unit))


def start(enrolment: Any, unit: Unit, **kwargs: Any) -> QuizAttempt:
    return services.start(enrolment, unit, value_of(unit), **kwargs)


def right_fields(attempt: QuizAttempt, *orders: int) -> dict[str, Any]:
    """The fields of a form that answers these questions rightly (all by default)."""
    fields: dict[str, Any] = {}
    for item in attempt.items.select_related("version"):
        if orders and item.order not in orders:
            continue
        content = item.version.read()
        fields |= fields_for(content, item.layout, content.right(), item.order)
    return fields


def fields_for(content: Content, layout: Any, response: Any, order: int) -> dict[str, Any]:
    """The fields that say a response, as the page would send them."""
    name, kind = f"q{order}", content.kind
    if kind in ("single", "multiple"):
        chosen = [response] if isinstance(response, str) else response
        return {name: [str(layout["parts"].index(key)) for key in chosen]}
    if kind == "matching":
        return {
            f"{name}-{rank}": [str(layout["options"].index(response[key]))]
            for rank, key in enumerate(layout["parts"])
            if key in response
        }
    if kind == "ordering":
        return {
            f"{name}-{rank}": [str(response.index(key) + 1)]
            for rank, key in enumerate(layout["parts"])
        }
    return {name: [response]}
