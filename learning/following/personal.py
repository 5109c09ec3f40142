"""What following a cohort holds about people: what was said of them, what was written to them."""

from typing import Any

from cms import registry

from ..models import CohortMessage, Flag, FlagEvent, FollowRules


class PersonalData:
    retention = {
        "learning.FollowRules": FollowRules.personal_data_retention,
        "learning.Flag": Flag.personal_data_retention,
        "learning.FlagEvent": FlagEvent.personal_data_retention,
        "learning.CohortMessage": CohortMessage.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        events = FlagEvent.objects.filter(enrolment__user=user).order_by("at", "pk")
        sent = CohortMessage.objects.filter(sender=user)
        got = CohortMessage.objects.filter(recipients__user=user)
        return {
            "said_of_my_progress": [_event(row) for row in events],
            "cohort_messages_sent": [_message(row) for row in sent],
            "cohort_messages_received": [_message(row) for row in got],
        }

    def erase(self, user: Any) -> None:
        """Nothing is said of them any more, and no trainer's words about them stay."""
        Flag.objects.filter(enrolment__user=user).delete()
        FlagEvent.objects.filter(enrolment__user=user).exclude(reason="").update(reason="")


def _event(row: FlagEvent) -> dict[str, Any]:
    return {
        "on": row.at.isoformat(),
        "what": row.kind,
        "rule": row.cause,
        "happened": row.act,
        "reason": row.reason,
        "true_since": row.since.isoformat(),
    }


def _message(row: CohortMessage) -> dict[str, Any]:
    return {"on": row.sent_at.isoformat(), "subject": row.subject, "text": row.text}


registry.personal_data.register("learning.following", PersonalData())
