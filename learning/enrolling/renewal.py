"""What is valid for some months only: taken again, in a new round that keeps the history of the first."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ..models import Enrolment, LearningPath, LearningPathPage
from ..paths import services as paths
from ..paths.kinds import EnrolmentSource, EnrolmentState
from ..paths.validity import valid_until
from . import telling

__all__ = ["renew_those_due", "valid_until"]


def renew_those_due(today: dt.date | None = None) -> int:
    """For the clock: begin again, so many days before the end, the paths that ask for it.

    The new round is to complete by the last day of validity. Returns how many began.
    """
    today = today or timezone.localdate()
    days = {
        page.translation_key: page.renewal_days
        for page in LearningPathPage.objects.live().filter(
            renewal_days__isnull=False, validity_months__isnull=False
        )
    }
    count = 0
    for path in LearningPath.objects.filter(uuid__in=days, archived_at=None):
        horizon = today + dt.timedelta(days=days[path.uuid] or 0)
        rows = Enrolment.objects.filter(
            path=path,
            superseded=False,
            state=EnrolmentState.COMPLETED,
            expires_on__lte=horizon,
            user__is_active=True,
        )
        count += sum(_renew(row) for row in rows)
    return count


@transaction.atomic
def _renew(row: Enrolment) -> bool:
    fresh = paths.start_again(row, by=None, source=EnrolmentSource.RENEWAL, due_on=row.expires_on)
    began = fresh.pk != row.pk
    if began:
        telling.renewed(fresh.path, fresh)
    return began
