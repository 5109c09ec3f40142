"""What attendance holds about somebody: exported; kept, under the erased name, as the proof it is."""

from typing import Any

from cms import registry

from ..models import Attendance, AttendanceEvent, Countersignature


class PersonalData:
    retention = {
        "learning.Attendance": Attendance.personal_data_retention,
        "learning.AttendanceEvent": AttendanceEvent.personal_data_retention,
        "learning.Countersignature": Countersignature.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = AttendanceEvent.objects.filter(registration__user=user).select_related(
            "half_day__date__session__module"
        )
        return {
            "attendance": [
                {
                    "module": event.half_day.date.session.module.title,
                    "from": event.half_day.starts_at.isoformat(),
                    "present": event.present,
                    "established by": event.way,
                    "by me": event.by_id == user.pk,
                    "on": event.at.isoformat(),
                    "reason": event.reason,
                }
                for event in rows.order_by("at", "pk")
            ]
        }

    def erase(self, user: Any) -> None:
        """The name goes with the account; that somebody was there stays true."""


registry.personal_data.register("learning.attendance", PersonalData())
