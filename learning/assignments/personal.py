"""What assignments hold about somebody: their works, and the marks that they gave as a trainer."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import (
    CriterionMark,
    Submission,
    SubmissionEvent,
    SubmissionFile,
)
from ..paths.reading import names_of
from . import files
from .kinds import FileSide


class PersonalData:
    retention = {
        "learning.Submission": Submission.personal_data_retention,
        "learning.SubmissionFile": SubmissionFile.personal_data_retention,
        "learning.SubmissionEvent": SubmissionEvent.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = Submission.objects.filter(enrolment__user=user).select_related("unit")
        found = list(rows.prefetch_related("files", "criteria").order_by("enrolment", "pk"))
        named = names_of(row.unit.uuid for row in found)
        marked = Submission.objects.filter(marked_by=user).order_by("marked_at")
        return {
            "works": [_said(row, named) for row in found],
            "works marked": [
                {"on": row.marked_at.isoformat(), "outcome": row.outcome, "feedback": row.feedback}
                for row in marked
                if row.marked_at
            ],
        }

    def erase(self, user: Any) -> None:
        """Texts, files and feedback go; that a work was handed in and marked stays, without a name."""
        mine = Submission.objects.filter(enrolment__user=user)
        files.forget(SubmissionFile.objects.filter(submission__in=mine))
        CriterionMark.objects.filter(submission__in=mine).delete()
        mine.update(text="", feedback="")

    def purge(self, now: dt.datetime | None = None) -> int:
        return files.purge(now or timezone.now())


def _said(row: Submission, named: dict[str, str]) -> dict[str, Any]:
    """What its author reads: the mark once it is told."""
    said: dict[str, Any] = {
        "unit": named.get(str(row.unit.uuid), str(row.unit.uuid)),
        "attempt": row.number,
        "state": row.state,
        "text": row.text,
        "handed_in_on": row.submitted_at.isoformat() if row.submitted_at else None,
        "files": [
            {"title": file.title, "size": file.size, "url": file.url}
            for file in row.files.all()
            if file.side == FileSide.WORK or row.told_at
        ],
    }
    if row.told_at:
        said["feedback"] = row.feedback
        said["criteria"] = {each.label: each.get_level_display() for each in row.criteria.all()}
    return said


registry.personal_data.register("learning.assignments", PersonalData())
