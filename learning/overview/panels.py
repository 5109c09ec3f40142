"""What online paths show on "Mes formations": where to go on first, what fits in ten minutes beside it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..paths.dues import UnitDue
from ..paths.forms import MinutesForm
from ..paths.kinds import EnrolmentState
from ..paths.reading import MyPath
from ..steering import mine as in_person
from ..steering import panels
from . import mine as reading
from . import weeks
from .recommending import recommended
from .words import SOON, duration, said_of_units

# A session so near comes before anything online.
NEAR = dt.timedelta(days=2)


@panels.register
def go_on(request: HttpRequest) -> dict[str, Any] | None:
    """One card, one button: the unit where one stopped."""
    step = reading.online(request.user).next
    if step is None:
        return None
    return {
        "title": step.unit.title,
        "template": "learning/overview/go_on.html",
        "context": {"step": step, "quiet": _session_is_near(request)},
        "order": 10,
        "place": panels.LEAD,
    }


def _session_is_near(request: HttpRequest) -> bool:
    found = in_person.mine(request.user)
    start = found.next.session.first_starts_at if found.next else None
    return bool(found.offers) or (start is not None and start - timezone.now() <= NEAR)


@panels.register
def ten_minutes(request: HttpRequest) -> dict[str, Any] | None:
    """A unit that fits between two visitors. Parameter: minutes."""
    found = reading.online(request.user)
    if not found.active:
        return None
    form = MinutesForm(request.GET)
    minutes = form.cleaned_data["minutes"] if form.is_valid() else reading.MINUTES
    return {
        "title": _("I have %(n)d minutes") % {"n": minutes},
        "template": "learning/overview/ten_minutes.html",
        "context": {
            "step": found.within(minutes),
            "minutes": minutes,
            "choices": [int(value) for value, _label in form.fields["minutes"].choices],  # type: ignore[attr-defined]
        },
        "order": 10,
        "place": panels.FIRST,
    }


@panels.register
def my_paths(request: HttpRequest) -> dict[str, Any] | None:
    """Each path with its next step, the time left and its date."""
    found = reading.online(request.user)
    if not found.paths:
        return None
    return {
        "title": _("My online paths"),
        "template": "learning/overview/paths.html",
        "context": {"lines": reading.lines(found, reading.units_due(request.user))},
        "order": 30,
    }


@panels.register
def next_paths(request: HttpRequest) -> dict[str, Any] | None:
    """What one might follow next, and why."""
    if not request.user.has_perm("learning.follow_path"):
        return None
    attended = in_person.mine(request.user).attended
    found = recommended(reading.about(request.user, attended))
    return {
        "title": _("To follow next"),
        "template": "learning/overview/recommended.html",
        "context": {"recommended": found},
        "order": 35,
    }


@panels.register
def my_weeks(request: HttpRequest) -> dict[str, Any] | None:
    """Learning time of the last weeks."""
    found = reading.online(request.user).weeks
    if not any(week.seconds for week in found):
        return None
    return {
        "title": _("My time"),
        "template": "learning/overview/weeks.html",
        "context": {"chart": weeks.chart(found)},
        "order": 40,
        "place": panels.ASIDE,
    }


@panels.register_to_do
def due(request: HttpRequest) -> Iterator[panels.ToDo]:
    """Paths to complete by a date that is near, or past; units with a date of their own."""
    today = timezone.localdate()
    of_units = reading.units_due(request.user)
    for mine in reading.online(request.user).active:
        row = mine.enrolment
        if row.due_on and row.due_on <= today + SOON:
            yield panels.ToDo(
                title=mine.view.title,
                label=_("Go on"),
                url=reverse("learning:path", args=[row.path.uuid]),
                text=_("Online path: %(done)d of %(due)d required units done.")
                % {"done": row.done, "due": row.due},
                until=_end_of(row.due_on),
            )
        yield from _units_to_do(mine, of_units.get(row.pk, []), today)


def _units_to_do(mine: MyPath, dues: list[UnitDue], today: dt.date) -> Iterator[panels.ToDo]:
    """Units due soon or late. An assignment says so itself (`assignments.panels`)."""
    for each in dues:
        unit = mine.view.find(each.uuid)
        if unit is None or unit.outline.kind == "assignment" or each.due_on > today + SOON:
            continue
        said = " ".join(said_of_units([each], today)) if each.is_late(today) else ""
        yield panels.ToDo(
            title=unit.title,
            label=_("Go on") if unit.started else _("Begin"),
            url=reverse("learning:unit", args=[mine.enrolment.path.uuid, unit.uuid]),
            text=f"{mine.view.title}. {said}." if said else mine.view.title,
            until=_end_of(each.due_on),
        )


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59), timezone.get_current_timezone())


@panels.register_figure
def online_figures(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """How long one learnt online, over all one's paths, and how many are completed."""
    found = reading.online(request.user)
    if not found.paths:
        return
    yield _("Online, in all"), duration(sum(mine.enrolment.seconds for mine in found.paths))
    done = [m for m in found.paths if m.enrolment.state == EnrolmentState.COMPLETED]
    yield _("Paths completed"), str(len(done))
