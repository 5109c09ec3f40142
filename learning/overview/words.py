"""Where somebody stands on a path, and how long they learnt, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..models import Enrolment
from ..paths.dues import UnitDue
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


def standing(row: Enrolment, today: dt.date, dues: Sequence[UnitDue] = ()) -> Standing:
    """Where an enrolment stands today. dues: its units with a date of their own, the first first."""
    first = first_due(row, dues)
    if row.state == EnrolmentState.COMPLETED:
        return Standing("done", _("Completed"), "good")
    if row.state == EnrolmentState.LEFT:
        return Standing("left", _("Left"), "quiet")
    if first and first < today:
        return Standing("late", _("Late"), "warm")
    if first and first <= today + SOON:
        return Standing("soon", _("Due soon"), "warm")
    if row.last_at is None:
        return Standing("waiting", _("Not begun"), "quiet")
    return Standing("going", _("In progress"), "")


def first_due(row: Enrolment, dues: Sequence[UnitDue] = ()) -> dt.date | None:
    """The first date that is not kept yet: of the path, or of one of its units."""
    dates = [each.due_on for each in dues]
    return min([*dates, row.due_on] if row.due_on else dates, default=None)


def said_of_units(dues: Sequence[UnitDue], today: dt.date) -> list[str]:
    """Which units are late since when, or to be done within the month, each in a few words."""
    said = []
    for each in dues:
        words = {"unit": each.title, "date": day(each.due_on)}
        if each.is_late(today):
            late = {**words, "date": day(each.due_on + dt.timedelta(days=1))}
            said.append(_("“%(unit)s” late since %(date)s") % late)
        elif each.due_on <= today + SOON:
            said.append(_("“%(unit)s” by %(date)s") % words)
    return said


def duration(seconds: int) -> str:
    """ "10 min", "2 h", "1 h 20 min", from seconds."""
    return of_minutes(round(seconds / 60))


def day_of(moment: dt.datetime | None) -> dt.date | None:
    """The day on the clock of the reader."""
    return timezone.localtime(moment).date() if moment else None
