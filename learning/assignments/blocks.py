"""The content of an assignment: what to do, what is expected, until when, how it is marked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import StructBlock
from cms.blocks.text import RichTextBlock

from .kinds import Expected, Grading

MOST_FILES = 10


class CriterionBlock(StructBlock):
    label = blocks.CharBlock(label=_("Criterion"), max_length=255)
    hint = blocks.CharBlock(
        label=_("How it is recognised"), max_length=300, required=False, default=""
    )

    class Meta:
        label = _("Criterion")
        icon = "tick"
        description = _("One thing that is looked at when the work is marked.")
        preview_value = {
            "label": "Le texte dit où, quand et pour quoi venir",
            "hint": "On le comprend en le lisant une fois",
        }


class AssignmentUnitBlock(StructBlock):
    instructions = RichTextBlock(label=_("What to do"))
    expected = blocks.ChoiceBlock(
        choices=Expected.choices, default=Expected.BOTH, label=_("What is handed in")
    )
    most_files = blocks.IntegerBlock(
        label=_("Files at most"), min_value=1, max_value=MOST_FILES, default=3
    )
    criteria = blocks.ListBlock(CriterionBlock(), label=_("What is expected"), min_num=1)
    grading = blocks.ChoiceBlock(
        choices=Grading.choices, default=Grading.CRITERIA, label=_("How it is marked")
    )
    days = blocks.IntegerBlock(
        label=_("To hand in within (days after enrolment)"),
        min_value=1,
        max_value=730,
        required=False,
    )
    due_on = blocks.DateBlock(
        label=_("Or by a date"),
        required=False,
        help_text=_("Late work is still taken, and marked as late."),
    )
    attempts = blocks.IntegerBlock(
        label=_("Attempts"), min_value=0, max_value=20, default=0, help_text=_("0: no limit.")
    )
    feedback_days = blocks.IntegerBlock(
        label=_("Marked within (days)"), min_value=1, max_value=60, default=7
    )

    class Meta:
        label = _("Assignment")
        icon = "edit"
        template = "learning/assignments/unit.html"
        description = _("Work to hand in, to which the trainer answers.")
        preview_value = {
            "instructions": "<p>Rédigez l’annonce de votre permanence en deux phrases.</p>",
            "criteria": [{"label": "L’annonce dit où et quand venir", "hint": ""}],
            "days": 14,
        }


@dataclass(frozen=True)
class Criterion:
    id: str
    label: str
    hint: str


def criteria_of(value: Any) -> list[Criterion]:
    """The criteria of an assignment in their order; each keeps its identity when it is reworded."""
    return [
        Criterion(str(child.id), child.value["label"], child.value["hint"] or "")
        for child in value["criteria"].bound_blocks
    ]


def terms_of(value: Any) -> dict[str, Any]:
    """What a version of the path keeps of it (`learning.paths.structure`)."""
    due_on = value.get("due_on")
    return {
        "days": value.get("days"),
        "due_on": due_on.isoformat() if due_on else None,
        "attempts": value.get("attempts") or 0,
        "feedback_days": value.get("feedback_days") or 7,
    }
