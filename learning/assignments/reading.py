"""What the learner's page of an assignment shows."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..draft_forms import DraftForm, draft_form
from ..models import Enrolment, Submission, SubmissionFile, Unit
from ..paths import structure
from .blocks import Criterion, criteria_of
from .files import KEEP_REMOVED
from .forms import WorkFileForm
from .kinds import Expected, FileSide, SubmissionState
from .services import next_attempt
from .terms import Terms, terms_for


@dataclass
class Attempt:
    """A work with its files, from what was read at once."""

    row: Submission

    def _files(self, side: str) -> list[SubmissionFile]:
        return [file for file in self.row.files.all() if file.side == side]

    @property
    def files(self) -> list[SubmissionFile]:
        return [file for file in self._files(FileSide.WORK) if file.removed_at is None]

    @property
    def removed(self) -> list[SubmissionFile]:
        """Those that may come back."""
        since = timezone.now() - KEEP_REMOVED
        return [f for f in self._files(FileSide.WORK) if f.removed_at and f.removed_at > since]

    @property
    def remarks(self) -> list[SubmissionFile]:
        """The files of the feedback."""
        return self._files(FileSide.FEEDBACK)


@dataclass
class Work:
    """The assignment of one person: what they may do now, and what they handed in before.

    attempt: the number of the one that they may write now, None when they may not.
    """

    criteria: list[Criterion]
    terms: Terms | None = None
    attempts: list[Attempt] = field(default_factory=list)
    attempt: int | None = None
    form: DraftForm | None = None
    file_form: WorkFileForm | None = None
    # Names what waits on a computer, so that nobody else's session sends it.
    owner: str = ""

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def draft(self) -> Attempt | None:
        return self.last if self.last is not None and self.last.row.is_draft else None

    @property
    def waiting(self) -> Attempt | None:
        """Handed in; its mark, if there is one, is not told yet."""
        last = self.last
        return last if last and last.row.state == SubmissionState.SUBMITTED else None

    @property
    def told(self) -> list[Attempt]:
        """Those whose feedback one reads, the last first."""
        return [each for each in reversed(self.attempts) if each.row.told_at]

    @property
    def is_late(self) -> bool:
        due_on = self.terms.due_on if self.terms else None
        return self.attempt is not None and due_on is not None and due_on < timezone.localdate()

    @property
    def attempts_left(self) -> int | None:
        """Counting the one in progress; None without a limit."""
        if self.terms is None or not self.terms.attempts or self.attempt is None:
            return None
        return self.terms.attempts - self.attempt + 1


def rows_of(enrolment: Enrolment, unit_uuid: Any) -> list[Submission]:
    files = SubmissionFile.objects.order_by("added_at", "pk")
    rows = Submission.objects.filter(enrolment=enrolment, unit__uuid=unit_uuid)
    return list(
        rows.select_related("unit", "marked_by")
        .prefetch_related(Prefetch("files", files), "criteria")
        .order_by("number")
    )


def work_of(enrolment: Enrolment | None, page: Any) -> Work:
    """At most five queries. Without an enrolment, what a learner would read."""
    value = page.content[0].value
    work = Work(criteria_of(value))
    if enrolment is None:
        return work
    work.owner = str(enrolment.uuid)
    place = structure.read(enrolment.version).find(str(page.translation_key))
    if place is None:
        return work
    work.attempts = [Attempt(row) for row in rows_of(enrolment, page.translation_key)]
    unit = work.last.row.unit if work.last else Unit.objects.get(uuid=page.translation_key)
    work.terms = terms_for(enrolment, unit, place)
    last = work.last.row if work.last else None
    work.attempt = next_attempt(last, work.terms)
    if work.attempt is not None:
        work.form = _form(last)
        if value["expected"] != Expected.TEXT:
            work.file_form = WorkFileForm(initial={"key": uuid.uuid4()})
    return work


def _form(last: Submission | None) -> DraftForm:
    """The draft as it is held; a new attempt begins with the text of the one before."""
    hint = _("Name no visitor: neither a name, nor a number, nor anything that points at somebody.")
    if last is None:
        return draft_form("", 0, hint)
    return draft_form(last.text, last.revision if last.is_draft else 0, hint)


def context(page: Any, request: Any) -> dict[str, Any]:
    """For `learning.paths.unit_types`: what the template of an assignment needs besides its content."""
    enrolment = getattr(page, "enrolment", None)
    work = work_of(enrolment, page)
    found: dict[str, Any] = {"work": work}
    if enrolment is not None:
        args = [enrolment.path.uuid, page.translation_key]
        names = ("draft", "submit", "withdraw", "file")
        found["urls"] = {name: reverse(f"learning:work-{name}", args=args) for name in names}
    return found


def waiting(enrolments: Any, units: list[int]) -> Any:
    """(enrolment, unit) of what waits for a trainer: one query."""
    rows = Submission.objects.filter(
        enrolment__in=enrolments, unit__in=units, state=SubmissionState.SUBMITTED
    )
    return rows.values_list("enrolment", "unit")
