"""Discussions on any object: one thread for a target, its messages, reports and followers.

A target is named by a kind (`cms.registry.thread_targets`) and by a key that is the same in every
language: a translation key or a uuid, never a page.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those whose target lets this person read: the only way to list discussions."""
        from ..threads.targets import readable

        return self.filter(readable(user))

    def moderated_by(self, user: Any | None) -> Self:
        from ..threads.targets import moderated

        return self.filter(moderated(user))


class Thread(models.Model):
    """The discussion on one object. Made with its first message or its first follower."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    target_kind = models.CharField(_("kind of object"), max_length=40)
    target_key = models.UUIDField(_("object"))
    created_at = models.DateTimeField(_("begun on"), default=timezone.now)
    # Of the last message that everybody sees, by which lists are ordered.
    last_message_at = models.DateTimeField(_("last message on"), null=True, db_index=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ThreadQuerySet.as_manager()

    personal_data_retention = _("As long as the object that is discussed.")

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["-last_message_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["target_kind", "target_key"], name="thread_of_target")
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_key}"

    def get_absolute_url(self) -> str:
        return reverse("threads:discussion", args=[self.target_kind, self.target_key])


class MessageState(models.TextChoices):
    SHOWN = "shown", _("Shown")
    HELD = "held", _("Waiting to be read")
    HIDDEN = "hidden", _("Hidden by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those that this person may read: the only way to list messages.

        What is shown, to whoever reads the discussion; what is not, to its author; what is held or
        hidden, to those who moderate it too.
        """
        from ..threads.targets import moderated, readable

        within = self.filter(readable(user, prefix="thread__"))
        if not getattr(user, "is_authenticated", False):
            return within.filter(state=MessageState.SHOWN)
        judged = Q(state__in=[MessageState.HELD, MessageState.HIDDEN])
        return within.filter(
            Q(state=MessageState.SHOWN)
            | Q(author=user)
            | (judged & moderated(user, prefix="thread__"))
        )

    def by_conversation(self) -> Self:
        """The newest conversation first; within each, the message, then its replies in their order."""
        # A reply is written after what it answers, so that its key is greater.
        return self.annotate(root=Coalesce("parent_id", "pk")).order_by("-root", "pk")


class Message(models.Model):
    """What somebody wrote in a discussion: plain text, or an answer to such a message."""

    State = MessageState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(
        Thread, verbose_name=_("discussion"), on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="thread_messages",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answers"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    text = models.TextField(_("message"), max_length=LONGEST, blank=True)
    # Of a recording that is discussed (`TargetKind.has_moments`), in seconds.
    moment = models.PositiveIntegerField(_("moment of the recording"), null=True, blank=True)
    is_question = models.BooleanField(_("is a question"), default=False)
    # The same form sent twice is one message.
    submission = models.UUIDField(editable=False)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    edited_at = models.DateTimeField(_("corrected on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState.choices, default=MessageState.SHOWN
    )
    # Before it was hidden or withdrawn, so that it comes back as it was.
    state_before = models.CharField(max_length=10, blank=True, editable=False)
    state_at = models.DateTimeField(_("in this state since"), default=timezone.now)
    reason = models.CharField(_("why it is hidden"), max_length=500, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderated by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MessageQuerySet.as_manager()

    personal_data_retention = _(
        "As long as the object that is discussed; the text of what was hidden or withdrawn is erased"
        " after 30 days, the author is anonymous once the account is erased."
    )

    class Meta:
        verbose_name = _("message of a discussion")
        verbose_name_plural = _("messages of discussions")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="message_sent_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="message_not_its_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "state"], name="message_of_thread"),
            models.Index(
                fields=["state", "state_at"],
                condition=~Q(state="shown"),
                name="message_not_shown",
            ),
        ]

    def __str__(self) -> str:
        """Without a name nor a word of it: logs repeat it."""
        day = timezone.localtime(self.created_at).strftime("%d/%m/%Y")
        return gettext("Message of %(day)s") % {"day": day}

    def get_absolute_url(self) -> str:
        """The permalink: it finds the page of the discussion on which the message stands."""
        return reverse("threads:message", args=[self.uuid])

    @property
    def is_shown(self) -> bool:
        return self.state == MessageState.SHOWN


class Report(models.Model):
    """A reader finds that a message should not be there, and says why."""

    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="reports"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("reported on"), default=timezone.now)
    handled_at = models.DateTimeField(_("handled on"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    personal_data_retention = _("Erased one year after it was handled.")

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        ordering = ["created_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["message", "by"], name="message_reported_once")
        ]

    def __str__(self) -> str:
        return str(self.message)


class Follow(models.Model):
    """Somebody is told of each new message of a discussion."""

    thread = models.ForeignKey(
        Thread, verbose_name=_("discussion"), on_delete=models.CASCADE, related_name="follows"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="thread_follows",
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    personal_data_retention = _("Until the person stops following; erased with the account.")

    class Meta:
        verbose_name = _("follower of a discussion")
        verbose_name_plural = _("followers of discussions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["thread", "user"], name="thread_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.thread}"
