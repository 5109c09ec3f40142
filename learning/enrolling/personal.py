"""What enrolling holds about people."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import (
    Cohort,
    CohortRule,
    EnrolmentAct,
    EnrolmentImport,
    EnrolmentImportRow,
    ReminderPlan,
    ReminderSent,
)

KEEP_LISTS = dt.timedelta(days=30)


class PersonalData:
    retention = {
        "learning.Cohort": Cohort.personal_data_retention,
        "learning.CohortRule": CohortRule.personal_data_retention,
        "learning.EnrolmentAct": EnrolmentAct.personal_data_retention,
        "learning.EnrolmentImport": EnrolmentImport.personal_data_retention,
        "learning.EnrolmentImportRow": EnrolmentImportRow.personal_data_retention,
        "learning.ReminderPlan": ReminderPlan.personal_data_retention,
        "learning.ReminderSent": ReminderSent.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        acts = EnrolmentAct.objects.filter(enrolment__user=user)
        sent = ReminderSent.objects.filter(enrolment__user=user)
        named = Cohort.objects.filter(trainers=user)
        return {
            "path_terms": [_act(row) for row in acts],
            "path_reminders": [
                {"on": row.at.isoformat(), "kind": row.kind, "about": row.about.isoformat()}
                for row in sent
            ],
            "path_cohorts_run": [{"name": row.name} for row in named],
        }

    def erase(self, user: Any) -> None:
        """Lists go; what was decided stays, beside an account without a name."""
        EnrolmentImport.objects.filter(by=user).delete()
        EnrolmentImportRow.objects.filter(person=user).delete()
        Cohort.trainers.through.objects.filter(user=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        """Lists read from a file end after thirty days."""
        before = (now or timezone.now()) - KEEP_LISTS
        return EnrolmentImport.objects.filter(created_at__lt=before).delete()[0]


def _act(row: EnrolmentAct) -> dict[str, Any]:
    return {
        "on": row.at.isoformat(),
        "act": row.kind,
        "to_complete_by": row.due_on.isoformat() if row.due_on else None,
        "attempts": row.attempts,
        "extra_minutes": row.extra_minutes,
        "reason": row.reason,
    }


registry.personal_data.register("learning.enrolling", PersonalData())
