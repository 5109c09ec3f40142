"""Where somebody stands on a path, and how long they learnt, in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Enrolment
from ..paths.kinds import EnrolmentState
from ..templatetags.paths import duration as of_minutes

# Near enough for a manager to speak of it.
SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """code: "done", "late", "soon", "going", "waiting" or "left"; tone: of `components/state.html`."""

    code: str
    label: str
    tone: str


def standing(row: Enrolment, today: dt.date) -> Standing:
    """Where an enrolment stands today."""
    if row.state == EnrolmentState.COMPLETED:
        return Standing("done", _("Completed"), "good")
    if row.state == EnrolmentState.LEFT:
        return Standing("left", _("Left"), "quiet")
    if row.due_on and row.due_on < today:
        return Standing("late", _("Late"), "warm")
    if row.due_on and row.due_on <= today + SOON:
        return Standing("soon", _("Due soon"), "warm")
    if row.last_at is None:
        return Standing("waiting", _("Not begun"), "quiet")
    return Standing("going", _("In progress"), "")


def duration(seconds: int) -> str:
    """ "10 min", "2 h", "1 h 20 min", from seconds."""
    return of_minutes(round(seconds / 60))


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """The day on the clock of the reader."""
    return timezone.localtime(moment).date() if moment else None
