"""What discussions hold about somebody.

Erasing an account keeps what was shown, under no name, since others answered it; what was not shown is
emptied. Whoever wants it gone withdraws it first.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cms import registry

from ..models import Follow, Message, MessageState, Report, Thread
from .services import KEPT_FOR

OLD_REPORT = dt.timedelta(days=365)
State = MessageState


class PersonalData:
    retention = {
        "accounts.Thread": Thread.personal_data_retention,
        "accounts.Message": Message.personal_data_retention,
        "accounts.Report": Report.personal_data_retention,
        "accounts.Follow": Follow.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        written = Message.objects.filter(author=user).select_related("thread").order_by("pk")
        reports = Report.objects.filter(by=user).select_related("message").order_by("pk")
        return {
            "messages": [
                {
                    "discussion": str(row.thread),
                    "text": row.text,
                    "written": row.created_at,
                    "corrected": row.edited_at,
                    "state": row.state,
                    "reason": row.reason,
                }
                for row in written
            ],
            "reports": [
                {"message": str(row.message.uuid), "reason": row.reason, "on": row.created_at}
                for row in reports
            ],
            "follows": [
                {"discussion": str(row.thread), "since": row.since}
                for row in Follow.objects.filter(user=user).select_related("thread")
            ],
        }

    def erase(self, user: Any) -> None:
        hidden = Message.objects.filter(author=user).exclude(state=State.SHOWN)
        hidden.update(text="", reason="", state=State.WITHDRAWN)
        Report.objects.filter(by=user).update(reason="")
        Follow.objects.filter(user=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        """Texts hidden or withdrawn 30 days ago, old reports, and discussions whose object is no more."""
        now = now or timezone.now()
        old = Message.objects.filter(
            state__in=[State.HIDDEN, State.WITHDRAWN], state_at__lt=now - KEPT_FOR
        ).exclude(text="")
        count = old.update(text="", reason="")
        count += Report.objects.filter(handled_at__lt=now - OLD_REPORT).delete()[0]
        return count + self._orphans()

    def _orphans(self) -> int:
        count = 0
        for kind in registry.thread_targets:
            alive = kind.existing().filter(**{kind.key: OuterRef("target_key")})
            gone = Thread.objects.filter(~Exists(alive), Q(target_kind=kind.code))
            count += gone.delete()[0]
        return count


registry.personal_data.register("accounts.threads", PersonalData())
