"""What training holds about somebody: exported; kept without their name when erased."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from .kinds import IN_PLAY, SessionState
from .models import Registration
from .services.registrations import cancel

KEEP_ADJUSTMENTS = dt.timedelta(days=30)


class PersonalData:
    retention = {
        "learning.Registration": Registration.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = Registration.objects.filter(user=user).select_related("session__module", "maison")
        return {
            "training": [
                {
                    "module": row.session.module.title,
                    "session": str(row.session.uuid),
                    "from": row.session.first_starts_at.isoformat()
                    if row.session.first_starts_at
                    else None,
                    "maison": row.maison.name if row.maison else None,
                    "state": row.state,
                    "adjustments": row.accommodations,
                    "expectations": row.expectations,
                    "history": [
                        {"state": event.after, "on": event.at.isoformat(), "reason": event.reason}
                        for event in row.events.all()
                    ],
                }
                for row in rows.prefetch_related("events").order_by("created_at")
            ]
        }

    def erase(self, user: Any) -> None:
        for row in Registration.objects.filter(user=user, state__in=IN_PLAY):
            if not row.session.has_started():
                cancel(row, by=None)
        Registration.objects.filter(user=user).update(accommodations="", expectations="")

    def purge(self, now: dt.datetime | None = None) -> int:
        """Adjustments end 30 days after the session closed, or was cancelled."""
        before = (now or timezone.now()) - KEEP_ADJUSTMENTS
        held = Registration.objects.exclude(accommodations="")
        ended = held.filter(session__state=SessionState.CLOSED, session__closed_at__lt=before)
        called_off = held.filter(
            session__state=SessionState.CANCELLED, session__cancelled_at__lt=before
        )
        return ended.update(accommodations="") + called_off.update(accommodations="")


registry.personal_data.register("learning", PersonalData())
