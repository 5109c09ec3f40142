"""What alerts hold about somebody."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import SessionAlert


class PersonalData:
    retention = {"learning.SessionAlert": SessionAlert.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        alerts = SessionAlert.objects.filter(user=user).select_related("module", "commune")
        return {
            "session_alerts": [
                {
                    "module": alert.module.title if alert.module else None,
                    "commune": alert.commune.code,
                    "within_km": alert.distance,
                    "remote_sessions_too": alert.with_remote,
                    "on": alert.created_at.isoformat(),
                }
                for alert in alerts
            ]
        }

    def erase(self, user: Any) -> None:
        SessionAlert.objects.filter(user=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        """An alert ends a year after it was asked for."""
        before = (now or timezone.now()) - SessionAlert.KEPT
        return SessionAlert.objects.filter(created_at__lte=before).delete()[0]


registry.personal_data.register("learning.alerts", PersonalData())
