"""What evaluation holds about somebody: that they answered, and the answers that are linked to them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..kinds import SessionState
from ..models import Answer, AnswerSheet, Evaluation, Participation, Tally
from .kinds import QuestionType
from .urn import count

KEEP_LINK = dt.timedelta(days=365)
KEEP_TEXTS = dt.timedelta(days=3 * 365)


class PersonalData:
    retention = {
        "learning.Participation": Participation.personal_data_retention,
        "learning.AnswerSheet": AnswerSheet.personal_data_retention,
        "learning.Answer": Answer.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = Participation.objects.filter(registration__user=user)
        sheets = AnswerSheet.objects.filter(registration__user=user)
        return {
            "evaluations answered": [
                {"session": str(session), "asked": kind, "on": on.isoformat()}
                for session, kind, on in rows.values_list(
                    "evaluation__session__uuid", "evaluation__kind", "on"
                ).order_by("on", "pk")
            ],
            "evaluation answers": [
                {
                    "session": str(sheet.evaluation.session.uuid),
                    "asked": sheet.evaluation.kind,
                    "answers": [_said(answer) for answer in sheet.answers.all()],
                }
                for sheet in sheets.select_related("evaluation__session").prefetch_related(
                    "answers__question", "answers__choices"
                )
            ],
        }

    def erase(self, user: Any) -> None:
        """What was linked is no longer; texts, in which somebody may be recognised, go."""
        sheets = AnswerSheet.objects.filter(registration__user=user)
        texts = Answer.objects.exclude(text="").filter(sheet__in=sheets)
        touched = list(Evaluation.objects.filter(sheets__answers__in=texts).distinct())
        texts.delete()
        for evaluation in touched:
            count(evaluation)
        sheets.update(registration=None)

    def purge(self, now: dt.datetime | None = None) -> int:
        """Links end a year after the session closed, free texts three years after the evaluation."""
        now = now or timezone.now()
        closed = AnswerSheet.objects.filter(
            registration__isnull=False,
            evaluation__session__state=SessionState.CLOSED,
            evaluation__session__closed_at__lt=now - KEEP_LINK,
        )
        called_off = AnswerSheet.objects.filter(
            registration__isnull=False,
            evaluation__session__state=SessionState.CANCELLED,
            evaluation__session__cancelled_at__lt=now - KEEP_LINK,
        )
        ended = closed.update(registration=None) + called_off.update(registration=None)
        before = now - KEEP_TEXTS
        Tally.objects.filter(
            question__type=QuestionType.TEXT, evaluation__session__last_ends_at__lt=before
        ).delete()
        old = Answer.objects.exclude(text="").filter(
            sheet__evaluation__session__last_ends_at__lt=before
        )
        return ended + old.delete()[0]


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question.text,
        "number": answer.number,
        "text": answer.text,
        "choices": [choice.label for choice in answer.choices.all()],
    }


registry.personal_data.register("learning.evaluations", PersonalData())
