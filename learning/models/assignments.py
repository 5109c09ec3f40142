"""Work that people hand in, and what trainers say of it."""

import datetime as dt
import uuid
from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.files import StoredFile, upload_to
from cms.models.media import PATH_LENGTH
from cms.storages import private_storage

from ..assignments.kinds import FileSide, Level, Outcome, SubmissionAct, SubmissionState
from .base import AppendOnlyModel
from .drafts import KeptText


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own; handed in, also those of the cohorts one is named on; all for the national team.

        The only way to list them. A draft is its author's alone, and a manager reads none.
        """
        from ..assignments.rules import submissions_seen_by

        return submissions_seen_by(self, user)

    def to_mark(self, user: Any) -> Self:
        """Handed in, by somebody else, not marked yet, in an enrolment that goes on."""
        from ..assignments.rules import submissions_to_mark

        return submissions_to_mark(self, user)


class Submission(KeptText):
    """One attempt of one person at one assignment: a draft, then handed in, then marked."""

    State = SubmissionState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        "learning.Enrolment",
        verbose_name=_("enrolment"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    unit = models.ForeignKey(
        "learning.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("attempt"), default=1)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SubmissionState.choices,
        default=SubmissionState.DRAFT,
    )
    submitted_at = models.DateTimeField(_("handed in on"), null=True, blank=True)
    # As they were when it was handed in: what changes later in the unit moves nobody's dates.
    due_on = models.DateField(_("to hand in by"), null=True, blank=True)
    mark_by = models.DateField(_("to mark by"), null=True, blank=True)
    # Who is at it, so that two trainers do not mark the same work.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("being marked by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("marked on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    score = models.FloatField(_("score (0–1)"), null=True, blank=True)
    feedback = models.TextField(_("feedback"), blank=True)
    # From then on the person reads the mark, and it counts. Until then it may be undone.
    told_at = models.DateTimeField(_("told on"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    personal_data_retention = _("As the enrolment; the text and the files, as long as the account.")

    class Meta:
        verbose_name = _("submitted work")
        verbose_name_plural = _("submitted works")
        ordering = ["number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit", "number"], name="submission_once_an_attempt"
            )
        ]
        indexes = [
            models.Index(fields=["state", "mark_by"], name="submission_to_mark"),
            models.Index(fields=["marked_at", "told_at"], name="submission_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == SubmissionState.DRAFT

    @property
    def waits(self) -> bool:
        """Handed in, and nobody has marked it."""
        return self.state == SubmissionState.SUBMITTED and self.marked_at is None

    @property
    def late_by(self) -> int:
        """Days after the date by which it was to be handed in; 0 in time."""
        if self.due_on is None or self.submitted_at is None:
            return 0
        return max(0, (timezone.localdate(self.submitted_at) - self.due_on).days)

    def marking_is_late(self, today: dt.date) -> bool:
        return self.mark_by is not None and self.mark_by < today


class SubmissionFileQuerySet(models.QuerySet["SubmissionFile"]):
    def visible_to(self, user: Any | None) -> Self:
        """Files of the works that one sees; those of a feedback once it is told to its reader."""
        from ..assignments.rules import files_seen_by

        return files_seen_by(self, user)


class SubmissionFile(StoredFile):
    """A file of a work, or of the feedback on it. Taken away, it comes back for thirty days."""

    kind = "devoirs"

    submission = models.ForeignKey(
        Submission, verbose_name=_("submitted work"), on_delete=models.CASCADE, related_name="files"
    )
    side = models.CharField(
        _("part"), max_length=8, choices=FileSide.choices, default=FileSide.WORK
    )
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    # The same form sent twice is one file.
    key = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    added_at = models.DateTimeField(_("added on"), default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionFileQuerySet.as_manager()

    personal_data_retention = _("As long as the account of whoever handed it in.")

    class Meta:
        verbose_name = _("file of a submitted work")
        verbose_name_plural = _("files of submitted works")
        ordering = ["added_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return self.file.url

    @property
    def file_extension(self) -> str:
        return PurePosixPath(self.file.name).suffix[1:]

    def stored_names(self) -> list[str]:
        return [self.file.name]


class CriterionMark(models.Model):
    """What a trainer found of one criterion. `label`: as it read then."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.UUIDField(_("criterion"))
    label = models.CharField(_("label"), max_length=255)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)

    class Meta:
        verbose_name = _("criterion marked")
        verbose_name_plural = _("criteria marked")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["submission", "criterion"], name="criterion_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} : {self.get_level_display()}"


class SubmissionEvent(AppendOnlyModel):
    """What happened to a work, by whom. A mark that was undone stays here."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(_("act"), max_length=10, choices=SubmissionAct.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("on"), default=timezone.now)
    # The outcome and the score of a mark; of one undone, what it was.
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    score = models.FloatField(null=True)

    personal_data_retention = _("As the submitted work.")

    class Meta:
        verbose_name = _("event of a submitted work")
        verbose_name_plural = _("events of submitted works")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
