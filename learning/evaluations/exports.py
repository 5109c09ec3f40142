"""Results as a file: what the screens show, by session, with the same threshold."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry
from cms.exports import Export

from ..models import Tally
from ..rules import steers
from .filters import NationalFilters
from .kinds import CHOSEN, QuestionType
from .result_views import evaluated, may_read_results


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Tally]:
    """The counts that this person may read, of the sessions that the filters keep."""
    sessions = evaluated(user)
    for facet in NationalFilters.facets:
        value = filters.get(facet.name)
        if value and (facet.name != "formateur" or steers(user)):
            sessions = sessions.filter(**{facet.path: value})
    found = Tally.objects.shown().filter(evaluation__session__in=sessions)
    if moment := filters.get("moment"):
        found = found.filter(evaluation__kind=moment)
    return (
        found.exclude(value=Tally.TOTAL)
        .exclude(question__type=QuestionType.TEXT)
        .select_related("evaluation__session__module", "evaluation__session__commune", "question")
        .prefetch_related("question__choices")
        .order_by("-evaluation__session__first_starts_at", "evaluation", "question__order", "value")
    )


def _day(row: Tally) -> Any:
    session = row.evaluation.session
    start = session.first_starts_at
    return start.date() if start else ""


def _value(row: Tally) -> Any:
    question = row.question
    if question.type == QuestionType.KNOWLEDGE:
        return _("right") if row.value else _("not right")
    if question.type in CHOSEN:
        return next(
            (choice.label for choice in question.choices.all() if choice.order == row.value), ""
        )
    return row.value


RESULTS = Export(
    code="learning-evaluations",
    label=gettext_lazy("Evaluation results, sessions and questions from five answers on"),
    columns=[
        (gettext_lazy("Module"), lambda row: row.evaluation.session.module.title),
        (gettext_lazy("City"), lambda row: row.evaluation.session.city),
        (gettext_lazy("First day"), _day),
        (gettext_lazy("Session (identifier)"), lambda row: str(row.evaluation.session.uuid)),
        (gettext_lazy("Asked"), lambda row: row.evaluation.get_kind_display()),
        (gettext_lazy("Theme"), lambda row: row.question.get_theme_display()),
        (gettext_lazy("Question"), lambda row: row.question.text),
        (gettext_lazy("Answer"), _value),
        (gettext_lazy("Number"), lambda row: row.count),
        (gettext_lazy("Answers to the question"), lambda row: row.answers),
    ],
    rows=rows,
    may_export=lambda user: bool(user.is_authenticated and may_read_results(user)),
    form=NationalFilters,
)
registry.export_kinds.register(RESULTS.code, RESULTS)
