"""What quizzes hold about somebody: their attempts, with what they answered."""

from typing import Any

from cms import registry

from ..models import QuizAttempt, QuizItem
from ..paths import structure
from .content import Kind

WRITTEN = (Kind.SHORT, Kind.NUMERIC)


class PersonalData:
    retention = {
        "learning.QuizAttempt": QuizAttempt.personal_data_retention,
        "learning.QuizItem": QuizItem.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = QuizAttempt.objects.filter(enrolment__user=user)
        rows = rows.select_related("enrolment__version", "unit").prefetch_related("items__version")
        return {"quizzes": [self._attempt(row) for row in rows.order_by("started_at", "pk")]}

    def _attempt(self, row: QuizAttempt) -> dict[str, Any]:
        outline = structure.read(row.enrolment.version)
        place = outline.find(str(row.unit.uuid))
        return {
            "path": outline.title,
            "quiz": place.title if place else str(row.unit.uuid),
            "attempt": row.number,
            "started_on": row.started_at.isoformat(),
            "handed_in_on": row.submitted_at.isoformat() if row.submitted_at else None,
            "score": row.score,
            "answers": [
                {
                    "question": item.version.content["text"],
                    "answer": item.response,
                    "score": item.score,
                }
                for item in row.items.all()
            ],
        }

    def erase(self, user: Any) -> None:
        """Scores stay for the figures, under no name; what was written in words goes."""
        QuizItem.objects.filter(attempt__enrolment__user=user, question__kind__in=WRITTEN).update(
            response=None
        )


registry.personal_data.register("learning.quizzes", PersonalData())
