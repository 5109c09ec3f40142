"""What the import of questions holds about people: files that somebody sent."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry
from cms.incoming import delete_with_files

from ..models import QuestionImport, QuestionImportRow

KEEP = dt.timedelta(days=30)


class PersonalData:
    retention = {
        "learning.QuestionImport": QuestionImport.personal_data_retention,
        "learning.QuestionImportRow": QuestionImportRow.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = QuestionImport.objects.filter(by=user)
        return {
            "questions_read_from_files": [
                {"on": row.created_at.isoformat(), "file": row.filename} for row in rows
            ]
        }

    def erase(self, user: Any) -> None:
        delete_with_files(QuestionImport.objects.filter(by=user))

    def purge(self, now: dt.datetime | None = None) -> int:
        """What was read ends thirty days after; the questions that were taken stay."""
        before = (now or timezone.now()) - KEEP
        return delete_with_files(QuestionImport.objects.filter(created_at__lt=before))


registry.personal_data.register("learning.question_formats", PersonalData())
