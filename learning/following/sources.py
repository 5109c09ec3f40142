"""What paths themselves give to the timeline of somebody."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Max, Q, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.templatetags.theme_tags import day

from ..models import (
    ActiveSpan,
    CohortMessage,
    Enrolment,
    EnrolmentAct,
    FlagEvent,
    ProgressEvent,
    SubmissionEvent,
    UnitProgress,
)
from ..paths import structure
from ..paths.kinds import ProgressAct
from ..templatetags.paths import duration
from . import saying, timeline
from .kinds import FlagAct, FlagKind
from .timeline import Entry


def titles_of(enrolment: Enrolment) -> dict[str, str]:
    """{identity: title} of the units of the person's version, kept on the instance."""
    held: dict[str, str] | None = getattr(enrolment, "_titles", None)
    if held is None:
        outline = structure.read(enrolment.version)
        held = {unit.uuid: unit.title for unit in outline.units()}
        enrolment._titles = held  # type: ignore[attr-defined]
    return held


def _title(enrolment: Enrolment, uuid: Any) -> str:
    return titles_of(enrolment).get(str(uuid), _("a unit withdrawn since"))


def _quoted(enrolment: Enrolment, uuid: Any) -> str:
    return _("“%(title)s”") % {"title": _title(enrolment, uuid)}


@timeline.register
def enrolled(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """How the person came, and that they completed the path. No query."""
    if enrolment.completed_at:
        yield Entry(enrolment.completed_at, _("Path completed"), icon="graduation-cap")
    by = enrolment.enrolled_by if enrolment.enrolled_by_id != enrolment.user_id else None
    through = _("Through: %(source)s") % {"source": enrolment.get_source_display().lower()}
    yield Entry(enrolment.created_at, _("Enrolled in the path"), through, icon="plus", by=by)


def progress_of(enrolment: Enrolment) -> list[UnitProgress]:
    """How far the person is in each unit, kept on the instance."""
    held: list[UnitProgress] | None = getattr(enrolment, "_progress", None)
    if held is None:
        held = list(UnitProgress.objects.filter(enrolment=enrolment).select_related("unit"))
        enrolment._progress = held  # type: ignore[attr-defined]
    return held


@timeline.register
def units(enrolment: Enrolment, limit: int) -> list[Entry]:
    """What trainers decided, attempts with a score, units begun and done."""
    told = Q(act__in=[ProgressAct.RESET, ProgressAct.REOPEN, ProgressAct.DECISION])
    told |= Q(act=ProgressAct.REGRADE) | Q(act=ProgressAct.REPORT, said__has_key="score")
    rows = ProgressEvent.objects.filter(told, enrolment=enrolment).select_related("unit", "by")
    events = list(rows.order_by("-at", "-pk")[:limit])
    decided = {(e.unit_id, e.at) for e in events if e.act == ProgressAct.DECISION}
    begun, done = [], []
    for row in progress_of(enrolment):
        unit = _quoted(enrolment, row.unit.uuid)
        begun.append(Entry(row.started_at, _("Unit begun"), unit, icon="play"))
        # What somebody decided is told as such.
        if row.completed_at and (row.unit_id, row.completed_at) not in decided:
            done.append(Entry(row.completed_at, _("Unit done"), unit, icon="check"))
    acts = [_entry(enrolment, event) for event in events]
    # Of one moment, the end stands above the beginning.
    return sorted([*done, *acts, *begun], key=lambda entry: entry.at, reverse=True)


def _entry(enrolment: Enrolment, event: ProgressEvent) -> Entry:
    title, icon = _act(event)
    text = _quoted(enrolment, event.unit.uuid)
    score = event.said.get("score") if event.act == ProgressAct.REPORT else None
    if score is not None:
        text = _("%(unit)s: %(score)d %%") % {"unit": text, "score": round(score * 100)}
    return Entry(event.at, title, text, icon=icon, by=event.by)


def _act(event: ProgressEvent) -> tuple[str, str]:
    if event.act == ProgressAct.RESET:
        return _("Unit started again from nothing"), "pencil"
    if event.act == ProgressAct.REOPEN:
        return _("Unit reopened"), "pencil"
    if event.act == ProgressAct.REGRADE:
        return _("Regraded"), "pencil"
    if event.act == ProgressAct.DECISION:
        if event.said.get("done"):
            return _("Declared done by a trainer"), "check"
        return _("Declared not done by a trainer"), "x"
    if event.said.get("success") is False:
        return _("Attempt below the pass mark"), "circle-alert"
    return _("Attempt handed in"), "file-text"


@timeline.register
def work(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """Time at work, by unit and day."""
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    rows = (
        ActiveSpan.objects.filter(enrolment=enrolment)
        .order_by()
        .annotate(on=TruncDate("starts_at"))
        .values("on", "unit__uuid")
        .annotate(last=Max("ends_at"), spent=Sum(length))
        .order_by("-last")
    )
    for row in rows[:limit]:
        minutes = round(row["spent"] / dt.timedelta(minutes=1))
        if minutes:
            spent = _("%(time)s at work") % {"time": duration(minutes)}
            yield Entry(row["last"], spent, _quoted(enrolment, row["unit__uuid"]), icon="clock")


@timeline.register
def flags(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """What was said of the person, with its rule; and what trainers set aside."""
    rows = FlagEvent.objects.filter(enrolment=enrolment).select_related("unit", "by")
    for event in rows.order_by("-at", "-pk")[:limit]:
        label = FlagKind(event.kind).label
        why = saying.why(event, titles_of(enrolment))
        if event.act == FlagAct.RAISED:
            yield Entry(event.at, saying.since(event), why, icon="triangle-alert")
        elif event.act == FlagAct.CLEARED:
            title = _("No longer: %(what)s") % {"what": str(label).lower()}
            yield Entry(event.at, title, icon="check")
        elif event.act == FlagAct.MUTED:
            until = day(timezone.localtime(event.until).date()) if event.until else ""
            title = _("Set aside until %(date)s: %(what)s") % {"date": until, "what": label}
            yield Entry(event.at, title, event.reason, icon="minus", by=event.by)
        else:
            title = _("Shown again: %(what)s") % {"what": label}
            yield Entry(event.at, title, icon="bell", by=event.by)


@timeline.register
def written(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """Messages of the trainers."""
    rows = CohortMessage.objects.filter(recipients=enrolment).select_related("sender", "cohort")
    for message in rows.order_by("-sent_at", "-pk")[:limit]:
        yield Entry(
            message.sent_at,
            _("Message sent"),
            message.subject,
            url=reverse("learning:cohort-messages", args=[message.cohort.uuid]),
            icon="mail",
            by=message.sender,
        )


@timeline.register
def handed_in(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """Assignments: handed in, marked, told."""
    rows = SubmissionEvent.objects.filter(submission__enrolment=enrolment)
    rows = rows.select_related("submission__unit", "by").order_by("-at", "-pk")
    for event in rows[:limit]:
        by = event.by if event.by_id != enrolment.user_id else None
        unit = _quoted(enrolment, event.submission.unit.uuid)
        title = _("Assignment: %(what)s") % {"what": event.get_act_display().lower()}
        yield Entry(event.at, title, unit, icon="file-text", by=by)


@timeline.register
def granted(enrolment: Enrolment, limit: int) -> Iterator[Entry]:
    """Other terms for this person, cohorts, leaving and coming back."""
    rows = EnrolmentAct.objects.filter(enrolment=enrolment).select_related("unit", "by", "cohort")
    for act in rows.order_by("-at", "-pk")[:limit]:
        said = [_quoted(enrolment, act.unit.uuid)] if act.unit else []
        said += [act.cohort.name] if act.cohort else []
        if act.due_on:
            said.append(_("to complete by %(date)s") % {"date": day(act.due_on)})
        if act.attempts:
            tries = ngettext("%(n)d attempt", "%(n)d attempts", act.attempts)
            said.append(tries % {"n": act.attempts})
        if act.extra_minutes:
            said.append(_("%(n)d min more") % {"n": act.extra_minutes})
        said += [act.reason] if act.reason else []
        yield Entry(act.at, act.get_kind_display(), " · ".join(said), icon="pencil", by=act.by)
