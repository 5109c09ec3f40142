"""Results as charts, each with its table."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.charts import Bar, Chart, Pair, Stack, bars, pairs, stacked
from cms.numbers import figure

from .kinds import EvaluationKind, QuestionType
from .results import Group, Progress, QuestionResult, Results

SCALE = range(1, 6)
# A page shows several moments: each chart has a title of its own.
OPINIONS = {
    EvaluationKind.BEFORE: gettext_lazy("Where people stand"),
    EvaluationKind.CHECK: gettext_lazy("What people think of it"),
    EvaluationKind.HOT: gettext_lazy("What people think of it"),
    EvaluationKind.COLD: gettext_lazy("What people think of it three months later"),
}
MARKED = {
    EvaluationKind.BEFORE: gettext_lazy("Marks from 0 to 10, before"),
    EvaluationKind.CHECK: gettext_lazy("Marks from 0 to 10"),
    EvaluationKind.HOT: gettext_lazy("Marks from 0 to 10"),
    EvaluationKind.COLD: gettext_lazy("Marks from 0 to 10, three months later"),
}


def opinions(results: Results) -> Chart | None:
    """The questions on a scale from 1 to 5."""
    rows = results.of_type(QuestionType.SCALE)
    if not rows:
        return None
    return stacked(
        f"avis-{results.kind}",
        str(OPINIONS[EvaluationKind(results.kind)]),
        [Stack(row.question.text, [row.counts[value] for value in SCALE]) for row in rows],
        _scale_labels(rows),
        heading=_("Question"),
        total=_("Answers"),
    )


def _scale_labels(rows: list[QuestionResult]) -> list[str]:
    ends = {(row.question.low, row.question.high) for row in rows}
    low, high = ends.pop() if len(ends) == 1 else ("", "")
    return [
        f"1 ({low})" if low else "1",
        "2",
        "3",
        "4",
        f"5 ({high})" if high else "5",
    ]


# How marks from 0 to 10 are read together; the last two recommend.
MARKS = (range(3), range(3, 6), range(6, 8), range(8, 9), range(9, 11))


def recommendations(results: Results) -> Chart | None:
    """How many gave which mark from 0 to 10."""
    rows = results.of_type(QuestionType.RECOMMEND)
    if not rows:
        return None
    counts = [[sum(row.counts[value] for value in marks) for marks in MARKS] for row in rows]
    return stacked(
        f"notes-{results.kind}",
        str(MARKED[EvaluationKind(results.kind)]),
        [Stack(row.question.text, values) for row, values in zip(rows, counts, strict=True)],
        [_("0 to 2"), _("3 to 5"), _("6 and 7"), "8", _("9 and 10")],
        heading=_("Question"),
        total=_("Answers"),
    )


def choices(results: Results) -> list[Chart]:
    """The questions that proposed choices, one chart each."""
    return [
        bars(
            f"choix-{results.kind}-{row.question.order}",
            row.question.text,
            [
                Bar(choice.label, 100 * row.counts[choice.order] / row.answers)
                for choice in row.question.choices.all()
            ],
            heading=_("Answer"),
            measure=_("Share of %(n)s answers") % {"n": figure(row.answers)},
            unit="%",
            maximum=100,
        )
        for row in results.of_type(QuestionType.SINGLE, QuestionType.MULTIPLE)
    ]


def progress(rows: Iterable[Progress]) -> Chart | None:
    """Right answers before and after, of each question or module."""
    drawn = [
        Pair(
            row.label,
            (row.before, row.after),
            f"?{urlencode({'module': row.code})}" if row.code else "",
        )
        for row in rows
    ]
    if not drawn:
        return None
    return pairs(
        "connaissances",
        _("Share of right answers, before and after"),
        drawn,
        (_("before"), _("after")),
        heading=_("Question"),
        unit="%",
        maximum=100,
    )


def by_group(id: str, title: str, heading: str, groups: list[Group], name: str, query: str) -> Chart | None:  # fmt: skip
    """The recommend rate of each group, which leads to the results narrowed to it."""
    if not groups:
        return None
    return bars(
        id,
        title,
        [
            Bar(
                _("%(name)s (%(n)s answers)")
                % {"name": group.label, "n": figure(group.rate.answers)},
                group.rate.percent,
                f"?{'&'.join(part for part in (query, urlencode({name: group.code})) if part)}",
            )
            for group in groups
        ],
        heading=heading,
        measure=_("Recommend"),
        unit="%",
        maximum=100,
    )
