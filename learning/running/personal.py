"""What running a session holds about people: messages that they sent and got, lists read from files."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import RegistrationImport, RegistrationImportRow, SessionMessage

KEEP_LISTS = dt.timedelta(days=30)


class PersonalData:
    retention = {
        "learning.SessionMessage": SessionMessage.personal_data_retention,
        "learning.RegistrationImport": RegistrationImport.personal_data_retention,
        "learning.RegistrationImportRow": RegistrationImportRow.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        sent = SessionMessage.objects.filter(sender=user)
        got = SessionMessage.objects.filter(recipients__user=user)
        return {
            "session_messages_sent": [_message(row) for row in sent],
            "session_messages_received": [_message(row) for row in got],
        }

    def erase(self, user: Any) -> None:
        RegistrationImport.objects.filter(by=user).delete()
        RegistrationImportRow.objects.filter(person=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        """Lists read from a file end after thirty days."""
        before = (now or timezone.now()) - KEEP_LISTS
        return RegistrationImport.objects.filter(created_at__lt=before).delete()[0]


def _message(row: SessionMessage) -> dict[str, Any]:
    return {"on": row.sent_at.isoformat(), "subject": row.subject, "text": row.text}


registry.personal_data.register("learning.running", PersonalData())
