"""Results as charts, each with its table."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cms.charts import Bar, Chart, Stack, bars, stacked
from cms.numbers import figure

from .kinds import QuestionType
from .results import Group, Progress, QuestionResult, Results

SCALE = range(1, 6)


def opinions(results: Results) -> Chart | None:
    """The questions on a scale from 1 to 5."""
    rows = results.of_type(QuestionType.SCALE)
    if not rows:
        return None
    return stacked(
        f"avis-{results.kind}",
        _("What people think of it"),
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


def recommendations(results: Results) -> Chart | None:
    """How many gave each mark from 0 to 10."""
    rows = results.of_type(QuestionType.RECOMMEND)
    if not rows:
        return None
    return bars(
        f"notes-{results.kind}",
        rows[0].question.text,
        [Bar(str(value), rows[0].counts[value]) for value in range(10, -1, -1)],
        heading=_("Mark out of 10"),
        measure=_("Answers"),
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
    """Right answers before and after: two bars for each question or module."""
    drawn = []
    for row in rows:
        url = f"?{urlencode({'module': row.code})}" if row.code else ""
        texts = (_("before (%(n)s answers)"), _("after (%(n)s answers)"))
        counts = (row.answers_before, row.answers_after)
        for text, count, value in zip(texts, counts, (row.before, row.after), strict=True):
            drawn.append(Bar(f"{row.label} – {text % {'n': figure(count)}}", value, url))
    if not drawn:
        return None
    return bars(
        "connaissances",
        _("Right answers, before and after"),
        drawn,
        heading=_("Question"),
        measure=_("Share of right answers"),
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
