"""The questions of a quiz as a chart."""

from typing import Any

from django.utils.translation import gettext as _

from cms.charts import Bar, Chart, bars

from .items import ItemFigures

LONGEST = 60


def success(rows: list[ItemFigures], title: Any) -> Chart | None:
    """A bar a question, in per cent; nothing where too few answered each."""
    said = [row for row in rows if row.facility is not None]
    if not said:
        return None
    return bars(
        "reussite",
        title,
        [Bar(_short(row.text), round((row.facility or 0) * 100)) for row in said],
        heading=_("Question"),
        measure=_("Success"),
        unit="%",
        maximum=100,
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3].rstrip()}…"
