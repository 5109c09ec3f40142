"""The works that wait for a trainer, in the order in which they are to be marked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.listings import FilterForm, Listing, narrow

from ..models import Cohort, Submission
from ..paths.reading import names_of
from .kinds import SubmissionState
from .marking import holder
from .rules import CLAIM, cohorts_of

TO_MARK, MARKED = "to-mark", "marked"
VIEWS = ((TO_MARK, gettext_lazy("To mark")), (MARKED, gettext_lazy("Marked")))


class QueueForm(FilterForm):
    """What a trainer asks of the queue. The choices are those of their own cohorts."""

    view = forms.ChoiceField(label=gettext_lazy("Show"), choices=VIEWS, required=False)
    cohort = forms.ChoiceField(label=gettext_lazy("Cohort"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit of the path"), required=False)

    def __init__(self, *args: Any, cohorts: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("view", VIEWS)
        named = ((str(cohort.uuid), cohort.name) for cohort in cohorts)
        self._offer("cohort", [("", _("All the cohorts")), *named])
        self._offer("unit", [("", _("All the units")), *units.items()])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = list(choices)
        field.error_messages["invalid_choice"] = _("This choice does not exist.")
        field.widget.attrs["class"] = "filters__select"

    def filters(self) -> list[Any]:
        """The fields that leave a choice."""
        names = ("cohort", "unit")
        choices = {name: cast(forms.ChoiceField, self.fields[name]).choices for name in names}
        return [self[name] for name in names if len(list(choices[name])) > 2]


@dataclass
class Line:
    """One work in the queue."""

    row: Submission
    title: str
    holder: Any
    today: dt.date

    @property
    def late_by(self) -> int:
        """Days after the date by which it was to be marked."""
        if self.row.mark_by is None or not self.row.waits:
            return 0
        return max(0, (self.today - self.row.mark_by).days)


@dataclass
class Queue:
    listing: Listing
    lines: list[Line]
    view: str
    to_mark: int
    late: int


def in_order(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Late first, then what is to be marked soonest, then the oldest."""
    return rows.order_by("mark_by", "submitted_at", "pk")


def read(data: Any, user: Any, cohort: Cohort | None = None) -> Queue:
    """The queue of this person, of one cohort or of all: six queries, whatever its length."""
    waiting = Submission.objects.to_mark(user)
    done = Submission.objects.visible_to(user).exclude(enrolment__user=user)
    done = done.filter(Q(marked_at__isnull=False) | Q(told_at__isnull=False))
    cohorts = [] if cohort else list(cohorts_of(user).order_by("name")[:200])
    if cohort is not None:
        waiting, done = (rows.filter(enrolment__cohort=cohort) for rows in (waiting, done))
    known = waiting.order_by().values_list("unit__uuid", flat=True).distinct()
    units = names_of(known)
    form = QueueForm(data, cohorts=cohorts, units=units)
    view = form.value("view") or TO_MARK
    rows = in_order(waiting) if view == TO_MARK else done.order_by("-marked_at", "-pk")
    if form.value("cohort"):
        rows = rows.filter(enrolment__cohort__uuid=form.value("cohort"))
    if form.value("unit"):
        rows = rows.filter(unit__uuid=form.value("unit"))
    listing = narrow(rows, form, show=_shown)
    found = list(listing.page.object_list)
    now = timezone.now()
    today = timezone.localdate(now)
    missing = {str(row.unit.uuid) for row in found} - set(units)
    titles = units | (names_of(missing) if missing else {})
    lines = [
        Line(row, titles.get(str(row.unit.uuid), ""), holder(row, now), today) for row in found
    ]
    counts = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(mark_by__lt=today)))
    return Queue(listing, lines, view, counts["all"], counts["late"])


def _shown(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    return rows.select_related(
        "unit", "claimed_by", "marked_by", "enrolment__user", "enrolment__cohort"
    )


def next_free(user: Any, after: Submission) -> Submission | None:
    """The next work that nobody is marking: of the same cohort first, then of the others."""
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_at__lte=now - CLAIM)
    rows = in_order(Submission.objects.to_mark(user).filter(free).exclude(pk=after.pk))
    cohort_id = after.enrolment.cohort_id
    same = rows.filter(enrolment__cohort=cohort_id).first() if cohort_id else None
    return same or rows.first()


def pending(user: Any) -> list[Submission]:
    """What this person marked and may still undo."""
    rows = Submission.objects.visible_to(user).filter(
        marked_by=user, told_at=None, state=SubmissionState.SUBMITTED
    )
    return list(_shown(rows).order_by("-marked_at")[:20])
