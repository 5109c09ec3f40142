"""The tables of `docs/paths-question-formats.md`, written from what the parsers follow."""

from collections.abc import Iterable

from django.utils import translation

from . import types

START, END = "<!-- tables: start -->", "<!-- tables: end -->"


def tables() -> str:
    """Both tables and the losses, in Markdown and in English."""
    with translation.override(None):
        parts = [
            "### Moodle XML",
            _table(types.MOODLE.values()),
            "### GIFT",
            _table(types.GIFT.values()),
            "### What makes a question of any type lossy",
            "\n".join(f"- {each}" for each in types.LOSSES),
        ]
    return "\n\n".join(parts)


def _table(held: Iterable[types.Type]) -> str:
    rows = [f"| `{each.code}` | {each.verdict.value} | {each.note} |" for each in held]
    return "\n".join(["| type | becomes | how |", "|---|---|---|", *rows])
