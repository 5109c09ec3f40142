"""What people are asked about a session, and what they answered.

Who answered (`Participation`) and what was answered (`AnswerSheet`) share no key where an evaluation is
anonymous: no date, no rank, no order of writing leads from one to the other. See
`docs/training-evaluations.md`.
"""

import datetime as dt
import uuid
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin, RevisionMixin

from cms.fields import StreamField

from ..evaluations.blocks import QuestionsBlock
from ..evaluations.kinds import LINKED, THRESHOLD, EvaluationKind, QuestionTheme, QuestionType
from .registrations import Registration
from .sessions import Session

ALREADY = _("Another template in use asks at the same moment: take it out of use first.")


class EvaluationTemplate(PreviewableMixin, RevisionMixin, models.Model):  # type: ignore[misc]
    """A questionnaire as editors write it. Each change that is saved makes an `EvaluationVersion`."""

    Kind = EvaluationKind

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("asked"), max_length=8, choices=EvaluationKind.choices)
    module = models.ForeignKey(
        "learning.TrainingModulePage",
        verbose_name=_("module"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evaluation_templates",
        help_text=_("Empty: for every module that has none of its own."),
    )
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    anonymous = models.BooleanField(
        _("anonymous"),
        default=True,
        help_text=_(
            "At the end and three months later. Questions before the session and what was learnt are"
            " always linked to the person, who alone reads them."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    questions = StreamField(QuestionsBlock(), verbose_name=_("questions"))

    class Meta:
        verbose_name = _("evaluation template")
        verbose_name_plural = _("evaluation templates")
        ordering = ["kind", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "module"],
                condition=models.Q(is_active=True, module__isnull=False),
                name="evaluation_template_once_a_module",
                violation_error_message=ALREADY,
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(is_active=True, module__isnull=True),
                name="evaluation_template_once",
                violation_error_message=ALREADY,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..evaluations.versions import freeze

        if self.kind in LINKED:
            self.anonymous = False
        super().save(*args, **kwargs)
        freeze(self)

    def clean(self) -> None:
        super().clean()
        knowledge = QuestionType.KNOWLEDGE
        found = {block.block_type for block in self.questions or []}
        if self.kind == EvaluationKind.CHECK and found - {knowledge}:
            raise ValidationError({"questions": _("A check asks questions of knowledge alone.")})
        if self.kind != EvaluationKind.CHECK and knowledge in found:
            raise ValidationError(
                {"questions": _("Questions of knowledge go into a template “What was learnt”.")}
            )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "learning/evaluations/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from ..evaluations.preview import preview_context

        return super().get_preview_context(request, mode_name) | preview_context(self)


class EvaluationVersion(models.Model):
    """A template as it was answered: never altered once an evaluation asks it."""

    template = models.ForeignKey(
        EvaluationTemplate, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    intro = models.TextField(_("introduction"), blank=True)
    anonymous = models.BooleanField(_("anonymous"))
    # Of what it asks: the same questions again are the same version.
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version of an evaluation template")
        verbose_name_plural = _("versions of evaluation templates")
        ordering = ["template", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="evaluation_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"


class EvaluationQuestion(models.Model):
    """A question of a version. `uuid` stays the same from version to version."""

    Type, Theme = QuestionType, QuestionTheme

    version = models.ForeignKey(
        EvaluationVersion, on_delete=models.CASCADE, related_name="questions"
    )
    uuid = models.UUIDField(_("identifier"), editable=False)
    order = models.PositiveSmallIntegerField(_("order"))
    type = models.CharField(_("type"), max_length=10, choices=QuestionType.choices)
    theme = models.CharField(_("theme"), max_length=14, choices=QuestionTheme.choices)
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("hint"), max_length=300, blank=True)
    required = models.BooleanField(_("required"), default=True)
    low = models.CharField(_("lowest"), max_length=60, blank=True)
    high = models.CharField(_("highest"), max_length=60, blank=True)
    explanation = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["version", "order"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["version", "uuid"], name="evaluation_question_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return self.text


class EvaluationChoice(models.Model):
    """One of the answers that a question proposes. `order` is its value in tallies."""

    question = models.ForeignKey(
        EvaluationQuestion, on_delete=models.CASCADE, related_name="choices"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=200)
    is_right = models.BooleanField(_("right"), default=False)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["question", "order"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["question", "order"], name="evaluation_choice_order")
        ]

    def __str__(self) -> str:
        return self.label


# Questions before a session end a day before it: trainers read their results while they prepare.
ENDS_BEFORE = dt.timedelta(days=1)


def is_over(now: dt.datetime, prefix: str = "") -> models.Q:
    """Evaluations that take no more answers, seen from a model that leads to them by `prefix`."""
    before = {
        f"{prefix}kind": EvaluationKind.BEFORE,
        f"{prefix}session__first_starts_at__lte": now + ENDS_BEFORE,
    }
    return models.Q(**before) | models.Q(**{f"{prefix}closes_at__lte": now})


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def open(self, now: dt.datetime | None = None) -> Self:
        """Those that may be answered now."""
        now = now or timezone.now()
        return self.filter(opens_at__lte=now).filter(
            models.Q(kind=EvaluationKind.BEFORE, session__first_starts_at__gt=now + ENDS_BEFORE)
            | models.Q(closes_at__gt=now)
        )

    def visible_to(self, user: Any | None) -> Self:
        """Those whose results (never answers) this person may read: of the sessions they run."""
        return self.filter(session__in=Session.objects.run_by(user))


class Evaluation(models.Model):
    """The questions that one session asks at one moment."""

    Kind = EvaluationKind

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="evaluations"
    )
    kind = models.CharField(_("asked"), max_length=8, choices=EvaluationKind.choices)
    versions = models.ManyToManyField(EvaluationVersion, related_name="evaluations")
    anonymous = models.BooleanField(_("anonymous"))
    opens_at = models.DateTimeField(_("open from"))
    closes_at = models.DateTimeField(
        _("open until"),
        null=True,
        blank=True,
        help_text=_("Empty: until the day before the session."),
    )
    announced_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["opens_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="evaluation_once_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("learning:evaluation", args=[self.uuid])

    @property
    def until(self) -> dt.datetime | None:
        """Until when it may be answered: the day before the session, or its own time limit."""
        if self.kind != EvaluationKind.BEFORE:
            return self.closes_at
        start = self.session.first_starts_at
        return start - ENDS_BEFORE if start else None

    def has_opened(self, now: dt.datetime | None = None) -> bool:
        return self.opens_at <= (now or timezone.now())

    def is_open(self, now: dt.datetime | None = None) -> bool:
        now = now or timezone.now()
        until = self.until
        return self.opens_at <= now and until is not None and now < until


class Participation(models.Model):
    """That somebody answered, at day precision. Nothing here leads to what they answered."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="participations"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="participations"
    )
    on = models.DateField(_("on"))

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("participation in an evaluation")
        verbose_name_plural = _("participations in evaluations")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "registration"], name="evaluation_answered_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class AnswerSheet(models.Model):
    """What somebody answered. `registration` is empty where the evaluation is anonymous.

    The sheets of an anonymous evaluation are written anew, in another order and under other keys, each
    time one is added (`learning.evaluations.urn`): not even the order of the rows says whose it is.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="sheets")
    registration = models.ForeignKey(
        Registration,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answer_sheets",
    )

    personal_data_retention = _(
        "The link to the person, where there is one: a year after the session closed; then anonymous."
    )

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "registration"],
                condition=models.Q(registration__isnull=False),
                name="answer_sheet_once_when_linked",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Answer(models.Model):
    """The answer to one question. Nothing chosen of a question of knowledge: "I do not know"."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        EvaluationQuestion, on_delete=models.PROTECT, related_name="answers"
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    is_right = models.BooleanField(_("right"), null=True, blank=True)
    choices = models.ManyToManyField(EvaluationChoice, related_name="+")

    personal_data_retention = _("Free texts: three years after the session.")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="answer_once_a_question")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class TallyQuerySet(models.QuerySet["Tally"]):
    def shown(self, now: dt.datetime | None = None) -> Self:
        """What may be shown to somebody. Every result is a sum of these.

        A session counts for a question from five answers on: no difference between two results (a module
        and one of its sessions) isolates fewer. And once the evaluation is over: no difference between
        two readings isolates the last answer.
        """
        over = is_over(now or timezone.now(), "evaluation__")
        return self.filter(over, answers__gte=THRESHOLD)

    def published(self) -> Self:
        """Out of pilot sessions, which stay out of rates."""
        return self.shown().filter(evaluation__session__kind=Session.Kind.REGULAR)


class Tally(models.Model):
    """How many answered what to a question in one evaluation; counted again with each sheet.

    value: the number given, the order of the choice, 1 for right; TOTAL in one row of each question.
    answers: how many answered the question, the same in each row of it.
    """

    TOTAL = -1

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="tallies")
    question = models.ForeignKey(
        EvaluationQuestion, on_delete=models.PROTECT, related_name="tallies"
    )
    value = models.SmallIntegerField()
    count = models.PositiveSmallIntegerField()
    answers = models.PositiveSmallIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "question", "value"], name="tally_once_a_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.value}"
