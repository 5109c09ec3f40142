"""What "Mes formations" shows of assignments: work to hand in, feedback received. Two queries in all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.request_scope import remember
from cms.templatetags.theme_tags import day

from ..models import Submission
from ..overview.mine import granted_to, last_works, online
from ..paths.reading import MyPath
from ..paths.shown import UnitView
from ..steering import panels
from .kinds import SubmissionState
from .terms import date_of

# For how long a feedback is news.
NEWS = dt.timedelta(days=21)
UNWRITTEN = (SubmissionState.DRAFT, SubmissionState.REWORK)


@dataclass
class MyWork:
    """An assignment of one of my paths, with my last attempt at it."""

    mine: MyPath
    unit: UnitView
    last: Submission | None
    due_on: dt.date | None

    @property
    def url(self) -> str:
        path = self.mine.enrolment.path
        return reverse("learning:unit", args=[path.uuid, self.unit.uuid]) + "#devoir"

    @property
    def is_to_hand_in(self) -> bool:
        return self.unit.is_open and (self.last is None or self.last.state in UNWRITTEN)

    @property
    def is_news(self) -> bool:
        told = self.last.told_at if self.last else None
        return told is not None and told > timezone.now() - NEWS


def my_works(user: Any) -> list[MyWork]:
    return remember(("learning.works", user.pk), lambda: _my_works(user))


def _my_works(user: Any) -> list[MyWork]:
    places = [
        (mine, unit)
        for mine in online(user).paths
        for unit in mine.view.units()
        if unit.outline.kind == "assignment" and not unit.archived
    ]
    if not places:
        return []
    last, own = last_works(user), granted_to(user)
    return [
        MyWork(
            mine,
            unit,
            last.get((mine.enrolment.pk, unit.uuid)),
            own.get((mine.enrolment.pk, unit.uuid)) or date_of(mine.enrolment, unit.outline),
        )
        for mine, unit in places
    ]


@panels.register_to_do
def to_hand_in(request: HttpRequest) -> Iterator[panels.ToDo]:
    """Work to hand in, and to rework."""
    for work in my_works(request.user):
        if not work.is_to_hand_in or (work.unit.done and work.last is None):
            continue
        rework = work.last is not None and work.last.state == SubmissionState.REWORK
        yield panels.ToDo(
            title=work.unit.title,
            label=_("Read the feedback") if rework else _("Do it"),
            url=work.url,
            text=_said(work, rework),
            until=_end_of(work.due_on),
        )


def _said(work: MyWork, rework: bool) -> str:
    text = _("To rework: your trainer answered.") if rework else _("Work to hand in")
    if work.due_on and work.due_on < timezone.localdate():
        since = _("late since %(date)s") % {"date": day(work.due_on + dt.timedelta(days=1))}
        return f"{text} – {since}"
    return text


def _end_of(date: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(date, dt.time(23, 59))) if date else None


@panels.register
def feedback(request: HttpRequest) -> dict[str, Any] | None:
    """What trainers answered of late."""
    news = [work for work in my_works(request.user) if work.is_news and not work.is_to_hand_in]
    if not news:
        return None
    return {
        "title": _("Feedback received"),
        "template": "learning/assignments/panel.html",
        "context": {"works": news},
        "order": 45,
        "place": panels.ASIDE,
    }
