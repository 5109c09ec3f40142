"""What members contribute to a consultation: rows with a state, not pages."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.visibility import visible_pages

MAX_LENGTH = 5000


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: Any | None) -> "ContributionQuerySet":
        """Published ones, on consultations that this person may see: the only way to list them."""
        published = self.filter(state=Contribution.State.PUBLISHED)
        return visible_pages(published, user, prefix="consultation__")

    def written_by(self, user: Any) -> "ContributionQuerySet":
        """A person's own, whatever their state."""
        return self.filter(author=user) if user.is_authenticated else self.none()

    def to_consultation(self, page: Any) -> "ContributionQuerySet":
        """Those of a consultation, in whichever language it was answered."""
        return self.filter(consultation__translation_key=page.translation_key)


class Contribution(models.Model):
    """One answer of one member. It shows once a moderator accepted it (`newsroom.contributing`)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Being reviewed")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Not published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Capacity(models.TextChoices):
        AGENT = "agent", _("Agent of a Maison")
        MANAGER = "manager", _("Manager of a Maison")
        HOST = "host", _("Host organisation or elected official")
        OPERATOR = "operator", _("Operator or partner")
        STATE = "state", _("Prefecture or administration")
        OTHER = "other", _("Other member of the network")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        "newsroom.ConsultationPage",
        verbose_name=_("consultation"),
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("your contribution"), max_length=MAX_LENGTH, blank=True)
    # The scenario as its translations share it: rows of a page are made again with each revision.
    scenario_key = models.UUIDField(_("scenario"), null=True, blank=True)
    capacity = models.CharField(
        _("you answer as"), max_length=8, choices=Capacity.choices, default=Capacity.OTHER
    )
    signed = models.BooleanField(
        _("Show my name beside my contribution"),
        default=False,
        help_text=_("Otherwise readers see only in which capacity you answer."),
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT, db_index=True
    )
    created_at = models.DateTimeField(_("begun on"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("reason"), blank=True, max_length=1000)

    personal_data_retention = _(
        "Published: without its author two years after the closing. Not published: erased six months"
        " after it."
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(
                fields=["consultation", "state", "-submitted_at"], name="newsroom_contribution_list"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="newsroom_refusal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="newsroom_shown_was_submitted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_as(self) -> str:
        """What readers see of its author: the name if they chose so, the capacity always."""
        capacity = str(self.get_capacity_display())
        name = self.author.get_full_name() if self.signed and self.author else ""
        if not name:
            return capacity
        return gettext("%(name)s, %(capacity)s") % {
            "name": name,
            "capacity": capacity[:1].lower() + capacity[1:],
        }
