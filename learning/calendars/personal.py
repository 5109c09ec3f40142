"""What calendars hold about somebody."""

from typing import Any

from cms import registry

from ..models import CalendarFeed, CalendarTold


class PersonalData:
    retention = {
        "learning.CalendarTold": CalendarTold.personal_data_retention,
        "learning.CalendarFeed": CalendarFeed.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        told = CalendarTold.objects.filter(registration__user=user).select_related("date")
        feed = CalendarFeed.objects.filter(user=user).first()
        return {
            # Not the address itself: a file may be left lying about.
            "training_calendar": {
                "active": feed.active,
                "address_made_on": feed.changed_at.isoformat(),
            }
            if feed
            else None,
            "calendar_mails": [
                {
                    "date": str(each.date.uuid),
                    "method": each.method,
                    "sequence": each.sequence,
                    "on": each.at.isoformat(),
                }
                for each in told
            ],
        }

    def erase(self, user: Any) -> None:
        CalendarFeed.objects.filter(user=user).delete()


registry.personal_data.register("learning.calendars", PersonalData())
