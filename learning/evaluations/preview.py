"""How a template will look, before anybody is asked."""

from typing import Any

from cms.meta import PageMeta

from ..models.evaluations import EvaluationChoice, EvaluationQuestion, EvaluationTemplate


def preview_context(template: EvaluationTemplate) -> dict[str, Any]:
    from .forms import AnswerForm
    from .versions import described

    questions = []
    for order, row in enumerate(described(template)):
        choices = row.pop("choices")
        question = EvaluationQuestion(pk=order + 1, order=order, **row)
        shown = [
            EvaluationChoice(pk=rank + 1, order=rank, **choice)
            for rank, choice in enumerate(choices)
        ]
        question._prefetched_objects_cache = {"choices": shown}  # type: ignore[attr-defined]
        questions.append(question)
    return {
        "page_meta": PageMeta(title=template.title, cache="private"),
        "template": template,
        "form": AnswerForm(questions=questions),
    }
