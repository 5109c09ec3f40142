"""What webinars hold about somebody: exported; their private notes are erased with the account."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import (
    Webinar,
    WebinarMessage,
    WebinarNote,
    WebinarPage,
    WebinarPresence,
    WebinarRegistration,
    WebinarSpeaker,
)
from .notes import KEPT_FOR

OLD_MESSAGE = dt.timedelta(days=730)


def _day(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


class PersonalData:
    retention = {
        f"learning.{model.__name__}": model.personal_data_retention
        for model in (
            WebinarPage,
            WebinarSpeaker,
            WebinarRegistration,
            WebinarPresence,
            WebinarNote,
            WebinarMessage,
        )
    }

    def export(self, user: Any) -> dict[str, Any]:
        registrations = WebinarRegistration.objects.filter(user=user).select_related("webinar")
        presences = WebinarPresence.objects.filter(user=user).select_related("webinar")
        notes = WebinarNote.objects.filter(author=user).select_related("webinar")
        return {
            "webinars": [
                {
                    "webinar": row.webinar.title,
                    "registered_on": _day(row.created_at),
                    "cancelled_on": _day(row.cancelled_at),
                }
                for row in registrations
            ],
            "webinars_followed": [
                {
                    "webinar": row.webinar.title,
                    "live": row.was_live,
                    "opened_on": _day(row.joined_at),
                    "replay_begun_on": _day(row.replay_started_at),
                    "replay_seen_on": _day(row.replay_done_at),
                    "played": row.played,
                }
                for row in presences
            ],
            "webinar_notes": [
                {
                    "webinar": row.webinar.title,
                    "second": row.moment,
                    "text": row.text,
                    "for_all": row.is_public,
                    "written_on": _day(row.created_at),
                }
                for row in notes
            ],
        }

    def erase(self, user: Any) -> None:
        """What is to come is cancelled; private notes go, those of the team stay, under no name."""
        now = timezone.now()
        coming = Webinar.objects.coming(now).values("pk")
        WebinarRegistration.objects.filter(user=user, webinar__in=coming).in_force().update(
            cancelled_at=now
        )
        WebinarNote.objects.filter(author=user, is_public=False).delete()
        WebinarMessage.objects.filter(sender=user).update(sender=None)

    def purge(self, now: dt.datetime | None = None) -> int:
        """Notes deleted 30 days ago; messages two years after the webinar."""
        now = now or timezone.now()
        notes = WebinarNote.objects.filter(deleted_at__lt=now - KEPT_FOR).delete()[0]
        old = WebinarMessage.objects.filter(webinar__ends_at__lt=now - OLD_MESSAGE)
        return notes + old.delete()[0]


registry.personal_data.register("learning.webinars", PersonalData())
