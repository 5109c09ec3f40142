"""The bank of questions, and what people answer. A version that was asked is never altered."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin, RevisionMixin

from cms.fields import StreamField

from ..quizzes.blocks import QuestionBodyBlock
from ..quizzes.content import Content, Kind, load
from ..quizzes.kinds import AttemptState
from .base import AppendOnlyModel
from .progress import Enrolment, Unit


class BankTheme(models.Model):
    """A theme of the bank: a quiz may draw questions from it at random."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("what it covers"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("theme of the question bank")
        verbose_name_plural = _("themes of the question bank")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> Self:
        """Those that a quiz may ask: not in the bin."""
        return self.filter(binned_at=None)


class Question(PreviewableMixin, RevisionMixin, models.Model):  # type: ignore[misc]
    """A question as it is written. Saved with another content, it has one more `QuestionVersion`."""

    Kind = Kind

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    theme = models.ForeignKey(
        BankTheme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="questions"
    )
    title = models.CharField(
        _("name in the bank"),
        max_length=160,
        help_text=_("To find it again: those who answer do not see it."),
    )
    body = StreamField(QuestionBodyBlock(), verbose_name=_("question"))
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("On what the right answer rests.")
    )
    note = models.TextField(
        _("left to do"),
        max_length=1000,
        blank=True,
        help_text=_("For those who write the bank: empty it once it is done."),
    )
    # What its body says, for lists and for search.
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    text = models.TextField(_("text"), editable=False)
    version = models.ForeignKey(
        "learning.QuestionVersion",
        verbose_name=_("version in force"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now, editable=False)
    binned_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the bank")
        verbose_name_plural = _("question bank")
        ordering = ["theme__name", "title", "pk"]
        indexes = [models.Index(fields=["theme", "binned_at"], name="question_of_theme")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        """Keep it, and its content as a version. `by`: who wrote it. Raises InvalidContent."""
        from ..quizzes.bank import keep_version

        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        keep_version(self, by or getattr(self, "edited_by", None), super().save, *args, **kwargs)

    def clean(self) -> None:
        from ..quizzes.writing import content_of

        super().clean()
        content = content_of(self.body)
        if self.version_id and self.kind != content.kind:
            raise ValidationError(
                {"body": _("A question keeps its kind: write another one for another kind.")}
            )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "learning/quizzes/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from ..quizzes.preview import preview_context

        return super().get_preview_context(request, mode_name) | preview_context(self, mode_name)


class QuestionVersion(AppendOnlyModel):
    """What a question said from a moment on (`learning.quizzes.content` reads it). Never changed."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    personal_data_retention = _("As long as the question; then without a name.")

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.question} v{self.number}"

    def read(self) -> Content:
        return load(self.content)


class QuestionPicture(models.Model):
    """A picture that a version or a wording of a question shows: what lets its readers see it."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="pictures"
    )
    image = models.ForeignKey(
        "cms.SiteImage", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("picture of a question")
        verbose_name_plural = _("pictures of questions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["question", "image"], name="question_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.question} – {self.image}"


class QuestionWording(models.Model):
    """What a version says in another language: texts alone, never what is right."""

    version = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("version"),
        on_delete=models.CASCADE,
        related_name="wordings",
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    # {place of a text (`learning.quizzes.texts`): what it is in this language}.
    texts = models.JSONField(_("texts"), default=dict)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    class Meta:
        verbose_name = _("wording of a question")
        verbose_name_plural = _("wordings of questions")
        ordering = ["version", "language"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="question_wording_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class QuizAttempt(models.Model):
    """One go at a quiz. What it asks, and on what terms, is fixed when it starts."""

    State = AttemptState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        on_delete=models.PROTECT,
        related_name="quiz_attempts",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="quiz_attempts"
    )
    number = models.PositiveSmallIntegerField(_("attempt"))
    state = models.CharField(
        _("state"), max_length=6, choices=AttemptState.choices, default=AttemptState.OPEN
    )
    # `learning.quizzes.terms.Terms` as JSON.
    terms = models.JSONField(_("terms"), default=dict)
    started_at = models.DateTimeField(_("started on"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in on"), null=True, blank=True)
    # The time was over: closed with what was kept until then.
    by_clock = models.BooleanField(default=False)
    score = models.FloatField(_("score (0–1)"), null=True)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("attempt at a quiz")
        verbose_name_plural = _("attempts at quizzes")
        ordering = ["enrolment", "unit", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit", "number"], name="quiz_attempt_number"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "unit"],
                condition=models.Q(state="open"),
                name="quiz_attempt_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_at"], name="quiz_attempt_overdue"),
            models.Index(fields=["unit", "state"], name="quiz_attempt_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "learning:quiz-attempt", args=[self.enrolment.path.uuid, self.unit.uuid, self.uuid]
        )

    @property
    def is_open(self) -> bool:
        return self.state == AttemptState.OPEN


class QuizItem(models.Model):
    """A question of an attempt: as it is laid out for this person, and what they answered."""

    attempt = models.ForeignKey(
        QuizAttempt, verbose_name=_("attempt"), on_delete=models.CASCADE, related_name="items"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    # What was asked; and whose key graded it, once a corrected key was applied.
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="items"
    )
    key = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("key"),
        null=True,
        on_delete=models.PROTECT,
        related_name="graded_items",
    )
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="items"
    )
    # The identifiers of its parts in the order shown (`learning.quizzes.asking`).
    layout = models.JSONField(default=dict)
    response = models.JSONField(_("answer"), null=True)
    # Raised by each change: a page that saw an older one is told.
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.UUIDField(null=True)
    saved_at = models.DateTimeField(_("kept on"), null=True)
    score = models.FloatField(_("score (0–1)"), null=True)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of attempts")
        ordering = ["attempt", "order"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["attempt", "order"], name="quiz_item_order")]

    def __str__(self) -> str:
        return f"{self.attempt} {self.order}"


class Regrade(AppendOnlyModel):
    """A corrected key that somebody confirmed, for the attempts that they may see."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="regrades"
    )
    version = models.ForeignKey(
        QuestionVersion, verbose_name=_("key"), on_delete=models.PROTECT, related_name="+"
    )
    # By the national team: it also holds for what is handed in later.
    everyone = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As long as the question; then without a name.")

    class Meta:
        verbose_name = _("corrected key")
        verbose_name_plural = _("corrected keys")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.question} {self.at:%Y-%m-%d %H:%M}"


class RegradedItem(AppendOnlyModel):
    """What a corrected key changed for one attempt."""

    regrade = models.ForeignKey(Regrade, on_delete=models.PROTECT, related_name="changes")
    item = models.ForeignKey(QuizItem, on_delete=models.PROTECT, related_name="regrades")
    before = models.FloatField(_("score before"))
    after = models.FloatField(_("score after"))
    attempt_before = models.FloatField(_("score of the attempt before"))
    attempt_after = models.FloatField(_("score of the attempt after"))

    class Meta:
        verbose_name = _("regraded answer")
        verbose_name_plural = _("regraded answers")
        ordering = ["regrade", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["regrade", "item"], name="regraded_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.before:.2f} → {self.after:.2f}"
