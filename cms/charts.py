"""Charts drawn on the server as SVG, each with its table.

    chart = bars("par-ville", _("Trained agents by city"), [Bar("Limoges", 12, "/…/?ville=…"), …],
                 heading=_("City"), measure=_("Agents"))
    {% include "components/chart.html" with chart=chart only %}      {# css/charts.css #}

Widths are in per cent and heights in em, so that nothing but the bars stretches: text keeps its size on
a telephone, and no style attribute is needed. Nothing is said by colour alone: order, numbers and the
table say it too. See `docs/charts.md`.
"""

import datetime as dt
import itertools
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .numbers import figure

Text = str | Promise
# Characters of a label on one line: what a telephone of 320 px holds beside a figure.
LINE = 36
# Of the width, so that the figure of a full bar still stands beside it.
PAIR_WIDTH = 82.0
LINE_HEIGHT, BAR_HEIGHT, PARTS_HEIGHT, GAP = 1.35, 1.1, 1.5, 1.1
COLUMN_HEIGHT = 4.5
PLOT_HEIGHT, PLOT_LEFT, PLOT_WIDTH = 11.0, 4.0, 92.0
# More points than that cannot each be a target of 24 px on a telephone: the table has the links.
LINKED_POINTS = 12
# Narrower parts of a bar hold no figure.
NARROWEST_LABELLED = 9.0


@dataclass(frozen=True)
class Bar:
    """A row of a chart. value: None for what is not shown, and `note` says why."""

    label: Text
    value: float | None
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Stack:
    """A row in parts, one for each of the series. values: None for what is not shown."""

    label: Text
    values: Sequence[float] | None
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Pair:
    """A row with two values to compare, such as before and after."""

    label: Text
    values: tuple[float, float]
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Month:
    """A point of a line. month: any day of it."""

    month: dt.date
    value: float | None
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A column of a funnel. values: how many began it, how many of them ended it; urls: their lists."""

    label: Text
    values: tuple[int, int]
    url: str = ""
    urls: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Column:
    """A column of a small chart. short: beneath it; text: the value in words, for the table."""

    label: Text
    short: str
    value: float
    text: str


@dataclass
class Chart:
    """What `components/chart.html` draws. Every measure is text, ready for an attribute."""

    id: str
    kind: str
    title: Text
    description: str
    height: str
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    items: list[dict[str, Any]] = field(default_factory=list)
    legend: list[Text] = field(default_factory=list)
    ticks: list[dict[str, Any]] = field(default_factory=list)
    segments: list[dict[str, Any]] = field(default_factory=list)
    has_links: bool = False
    has_track: bool = False


def bars(
    id: str,
    title: Text,
    rows: Iterable[Bar],
    *,
    heading: Text,
    measure: Text,
    unit: str = "",
    digits: int = 0,
    maximum: float | None = None,
) -> Chart:
    """Horizontal bars. maximum: the whole width (100 for shares); default: the largest value."""
    rows = list(rows)
    shown = [(str(row.label), row.value) for row in rows if row.value is not None]
    top = maximum or max((value for _label, value in shown), default=0) or 1
    items, below = [], 0.0
    for row in rows:
        item, below = _row(row, below, BAR_HEIGHT)
        item["text"] = "" if row.value is None else figure(row.value, digits, unit)
        item["note"] = str(row.note) or "–" if row.value is None else ""
        if row.value:
            item["width"] = _percent(100 * min(max(row.value / top, 0), 1))
        items.append(item)
    return Chart(
        id=id,
        kind="bars",
        title=title,
        description=_extremes(shown, digits, unit),
        height=_em(max(below - GAP, 0)),
        items=items,
        columns=[{"heading": heading}, {"heading": measure, "number": True}],
        rows=[
            [_linked(row.label, row.url), _cell(_said(row.value, row.note, digits, unit))]
            for row in rows
        ],
        has_links=any(row.url for row in rows),
        has_track=maximum is not None,
    )


def stacked(
    id: str,
    title: Text,
    rows: Iterable[Stack],
    series: Sequence[Text],
    *,
    heading: Text,
    total: Text = "",
) -> Chart:
    """Bars of 100 %, in parts that follow the order of a scale (two to five series, least first).

    values are numbers, of answers for instance; the figures in the parts are shares, the table has both.
    total: heading of the last column of the table.
    """
    rows = list(rows)
    if not 2 <= len(series) <= 5:
        raise ValueError("A stacked chart has two to five series.")
    items, below = [], 0.0
    for row in rows:
        item, below = _row(row, below, PARTS_HEIGHT)
        item["note"] = str(row.note) or "–" if row.values is None else ""
        item["parts"] = _parts(row.values or [])
        items.append(item)
    columns: list[dict[str, Any]] = [{"heading": heading}]
    columns += [{"heading": name, "number": True} for name in series]
    columns.append({"heading": total or _("Total"), "number": True})
    return Chart(
        id=id,
        kind="stacked",
        title=title,
        description=_("Each bar goes from “%(first)s” on the left to “%(last)s” on the right.")
        % {"first": series[0], "last": series[-1]},
        height=_em(max(below - GAP, 0)),
        items=items,
        legend=list(series),
        columns=columns,
        rows=[[_linked(row.label, row.url), *_stack_cells(row, len(series))] for row in rows],
        has_links=any(row.url for row in rows),
    )


def pairs(
    id: str,
    title: Text,
    rows: Iterable[Pair],
    series: tuple[Text, Text],
    *,
    heading: Text,
    unit: str = "",
    digits: int = 0,
    maximum: float | None = None,
) -> Chart:
    """Two bars under each label: the first thin and outlined, the second full. maximum: as of `bars`."""
    rows = list(rows)
    top = maximum or max((max(row.values) for row in rows), default=0) or 1
    items, below = [], 0.0
    for row in rows:
        thick = 2 * BAR_HEIGHT + 0.2
        item, below = _row(row, below, thick)
        item["bars"] = [
            {
                "y": _em(below - GAP - thick + rank * (BAR_HEIGHT + 0.2)),
                "text_y": _em(below - GAP - thick + rank * (BAR_HEIGHT + 0.2) + 0.9),
                "width": _percent(PAIR_WIDTH * min(max(value / top, 0), 1)),
                "text_x": _percent(PAIR_WIDTH * min(max(value / top, 0), 1)),
                "text": figure(value, digits, unit),
                "tone": ("first", "second")[rank],
            }
            for rank, value in enumerate(row.values)
        ]
        items.append(item)
    shown = [(f"{row.label}, {series[1]}", row.values[1]) for row in rows]
    return Chart(
        id=id,
        kind="pairs",
        title=title,
        description=_extremes(shown, digits, unit),
        height=_em(max(below - GAP, 0)),
        items=items,
        legend=list(series),
        columns=[{"heading": heading}, *({"heading": name, "number": True} for name in series)],
        rows=[
            [_linked(row.label, row.url), *(_cell(figure(v, digits, unit)) for v in row.values)]
            for row in rows
        ],
        has_links=any(row.url for row in rows),
    )


def months(
    id: str,
    title: Text,
    points: Iterable[Month],
    *,
    measure: Text,
    unit: str = "",
    digits: int = 0,
) -> Chart:
    """A line from month to month, broken where a value is not shown."""
    points = list(points)
    names = [_month(point.month) for point in points]
    shown = [
        (name, point.value)
        for name, point in zip(names, points, strict=True)
        if point.value is not None
    ]
    top = nice_top(max((value for _label, value in shown), default=0))
    step = PLOT_WIDTH / max(len(points) - 1, 1)
    xs = [PLOT_LEFT + step * number for number in range(len(points))]
    # Every label fits on a wide screen, every third on a telephone.
    items = [
        _point(point, name, x, step, top, digits, unit, key=number % 3 == 0)
        for number, (point, name, x) in enumerate(zip(points, names, xs, strict=True))
    ]
    linked = len(points) <= LINKED_POINTS
    for item in items:
        item["url"] = item["url"] if linked else ""
    return Chart(
        id=id,
        kind="months",
        title=title,
        description=_extremes(shown, digits, unit),
        height=_em(PLOT_HEIGHT + 3.4),
        items=items,
        segments=_segments(items),
        ticks=[
            {"y": _em(_height(value, top)), "label": figure(value, _digits(value), unit)}
            for value in (0, top / 2, top)
        ],
        columns=[{"heading": _("Month")}, {"heading": measure, "number": True}],
        rows=[
            [_linked(name, point.url), _cell(item["text"])]
            for name, point, item in zip(names, points, items, strict=True)
        ],
        has_links=linked and any(point.url for point in points),
    )


def steps(
    id: str,
    title: Text,
    rows: Iterable[Step],
    series: tuple[Text, Text],
    *,
    heading: Text,
    maximum: int,
    whole: tuple[Text, str] = ("", ""),
) -> Chart:
    """Columns from step to step: begun as an outline, ended in full, numbered; the table names them.

    maximum: how many could, which is the whole height. whole: heading and address of a column of the
    table that says it for each step.
    """
    rows = list(rows)
    width = 100 / max(len(rows), 1)
    linked = len(rows) <= LINKED_POINTS
    items = [_step(row, n, width, maximum or 1, linked) for n, row in enumerate(rows)]
    shown = [(str(row.label), float(row.values[1])) for row in rows]
    columns: list[dict[str, Any]] = [{"heading": heading}]
    columns += [{"heading": name, "number": True} for name in (whole[0], *series) if name]
    return Chart(
        id=id,
        kind="steps",
        title=title,
        description=_extremes(shown, 0, ""),
        height=_em(PLOT_HEIGHT + 3.4),
        items=items,
        legend=list(series),
        columns=columns,
        rows=[
            [
                _linked(f"{number}. {row.label}", row.url),
                *([_cell(_linked(figure(maximum), whole[1]))] if whole[0] else []),
                *(
                    _cell(_linked(figure(n), url))
                    for n, url in zip(row.values, row.urls, strict=True)
                ),
            ]
            for number, row in enumerate(rows, start=1)
        ],
        has_links=linked and any(row.url for row in rows),
    )


def _step(row: Step, number: int, width: float, top: int, linked: bool) -> dict[str, Any]:
    x, gap = width * number, width * 0.14
    bars = [
        {
            "tone": tone,
            "y": _em(_height(value, top)),
            "height": _em(PLOT_HEIGHT + 1.2 - _height(value, top)),
        }
        for value, tone in zip(row.values, ("first", "second"), strict=True)
    ]
    return {
        "label": f"{number + 1}. {row.label}",
        "left": _percent(x),
        "width": _percent(width),
        "x": _percent(x + gap),
        "bar": _percent(width - 2 * gap),
        "middle": _percent(x + width / 2),
        "bars": bars,
        "text": figure(row.values[1]),
        "text_y": _em(_height(row.values[0], top) - 0.35),
        "short": str(number + 1),
        "key": linked or number % 5 == 0,
        "url": row.url if linked else "",
    }


def columns(
    id: str, title: Text, items: Sequence[Column], *, heading: Text, measure: Text
) -> Chart:
    """A few small columns in the order of time; the highest bears its value."""
    top = max((item.value for item in items), default=0) or 1
    highest = max(range(len(items)), key=lambda n: (items[n].value, n), default=0)
    high = items[highest] if items else None
    return Chart(
        id=id,
        kind="columns",
        title=title,
        description=_("Highest: %(text)s (%(label)s).") % {"text": high.text, "label": high.label}
        if high and high.value
        else _("No figure to show."),
        height=_em(COLUMN_HEIGHT + 3),
        items=[
            _column(item, number, len(items), top, said=number == highest)
            for number, item in enumerate(items)
        ],
        columns=[{"heading": heading}, {"heading": measure, "number": True}],
        rows=[[str(item.label), _cell(item.text)] for item in items],
    )


def _column(item: Column, number: int, count: int, top: float, *, said: bool) -> dict[str, Any]:
    step = 100 / count
    middle, tall = step * (number + 0.5), COLUMN_HEIGHT * item.value / top
    # The value stays inside the drawing, whatever its column.
    anchor, text_x = {0: ("start", 0.0), count - 1: ("end", 100.0)}.get(number, ("middle", middle))
    return {
        "x": _percent(middle - step * 0.35),
        "width": _percent(step * 0.7),
        "middle": _percent(middle),
        "y": _em(1.4 + COLUMN_HEIGHT - tall),
        "tall": _em(tall) if tall else "",
        "text": item.text if said and item.value else "",
        "anchor": anchor,
        "text_x": _percent(text_x),
        "text_y": _em(1.1 + COLUMN_HEIGHT - tall),
        # Every second label fits; the last is among them.
        "short": item.short if (count - number) % 2 else "",
        "label": str(item.label),
        "said": item.text,
    }


def nice_top(value: float) -> float:
    """The end of an axis: 1, 2, 4, 5 or 10 times a power of ten, not below the value."""
    if value < 1e-300:
        # Nothing, or so little that its power of ten is no number.
        return 1
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value)


def _row(row: Bar | Stack | Pair, top: float, thick: float) -> tuple[dict[str, Any], float]:
    """The label of a row and where its bar stands; and where the next row begins."""
    lines = textwrap.wrap(str(row.label), LINE) or [""]
    bar = top + LINE_HEIGHT * len(lines) + 0.15
    item = {
        "label": str(row.label),
        "lines": [
            {"text": text, "y": _em(top + LINE_HEIGHT * (number + 0.75))}
            for number, text in enumerate(lines)
        ],
        "text_y": _em(top + LINE_HEIGHT * 0.75),
        "top": _em(top),
        "tall": _em(LINE_HEIGHT * len(lines) + thick + 0.15),
        "bar_y": _em(bar),
        "bar_height": _em(thick),
        "bar_text": _em(bar + thick / 2 + 0.36),
        "width": "",
        "url": row.url,
    }
    return item, bar + thick + GAP


def _parts(values: Sequence[float]) -> list[dict[str, str]]:
    total = sum(values)
    parts, x = [], 0.0
    for number, value in enumerate(values, start=1):
        if not value:
            continue
        share = 100 * value / total
        text = figure(share, unit="%") if share >= NARROWEST_LABELLED else ""
        parts.append(
            {
                "tone": f"{number}-{len(values)}",
                "x": _percent(x),
                "width": _percent(share),
                "middle": _percent(x + share / 2),
                "text": text,
            }
        )
        x += share
    return parts


def _stack_cells(row: Stack, series: int) -> list[Any]:
    if row.values is None:
        return [_cell(str(row.note) or "–"), *[_cell("–")] * series]
    total = sum(row.values)
    cells = []
    for value in row.values:
        share = figure(100 * value / total, unit="%") if total else "–"
        cells.append(_cell(f"{figure(value)} ({share})" if total else figure(value)))
    return [*cells, _cell(figure(total))]


def _point(
    point: Month, label: str, x: float, step: float, top: float, digits: int, unit: str, key: bool
) -> dict[str, Any]:
    left = max(x - step / 2, 0)
    text = _said(point.value, "", digits, unit)
    return {
        "x": _percent(x),
        "y": "" if point.value is None else _em(_height(point.value, top)),
        "left": _percent(left),
        "width": _percent(min(x + step / 2, 100) - left),
        "text": text,
        "text_y": "" if point.value is None else _em(_height(point.value, top) - 0.8),
        "label": label,
        "short": formats.date_format(point.month, "N"),
        "year": formats.date_format(point.month, "Y") if point.month.month == 1 else "",
        "key": key,
        "url": point.url if point.value is not None else "",
    }


def _segments(items: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"x1": one["x"], "y1": one["y"], "x2": other["x"], "y2": other["y"]}
        for one, other in itertools.pairwise(items)
        if one["y"] and other["y"]
    ]


def _height(value: float, top: float) -> float:
    return 1.2 + PLOT_HEIGHT * (1 - min(max(value / top, 0), 1))


def _digits(value: float) -> int:
    return 0 if value == int(value) else 1


def _extremes(shown: list[tuple[str, float]], digits: int, unit: str) -> str:
    """What the drawing shows at a glance, for whoever does not see it."""
    if not shown:
        return _("No figure to show.")
    low = min(shown, key=lambda pair: pair[1])
    high = max(shown, key=lambda pair: pair[1])
    if low[1] == high[1]:
        return _("Everywhere %(value)s.") % {"value": figure(high[1], digits, unit)}
    return _("Highest: %(high)s (%(high_label)s); lowest: %(low)s (%(low_label)s).") % {
        "high": figure(high[1], digits, unit),
        "high_label": high[0],
        "low": figure(low[1], digits, unit),
        "low_label": low[0],
    }


def _said(value: float | None, note: Text, digits: int, unit: str) -> str:
    if value is None:
        return str(note) or "–"
    return figure(value, digits, unit)


def _linked(label: Text, url: str) -> Any:
    return format_html('<a href="{}">{}</a>', url, label) if url else str(label)


def _cell(value: Any) -> dict[str, Any]:
    return {"value": value, "number": True}


def _month(date: dt.date) -> str:
    return formats.date_format(date, "F Y")


def _em(value: float) -> str:
    return f"{value:.2f}em"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
