"""What changes discussions. Each function is one transaction; what it did is in the log of actions."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Follow, Message, MessageState, Report, Thread
from . import telling
from .holding import is_held, leads_out
from .targets import kind_of, moderated

State = MessageState
# How long an author may correct a message, and for how long what is not shown can come back.
CORRECTED_WITHIN = dt.timedelta(hours=1)
KEPT_FOR = dt.timedelta(days=30)


class CannotDo(ValidationError):
    """It cannot be done (any more); the message says why."""


def moderates(user: Any, thread: Thread) -> bool:
    return Thread.objects.visible_to(user).filter(moderated(user), pk=thread.pk).exists()


def thread_of(code: str, key: uuid.UUID) -> Thread:
    """The discussion of an object, begun if it was not."""
    return Thread.objects.get_or_create(target_kind=code, target_key=key)[0]


# -- Writing --------------------------------------------------------------------------------------


def post(
    author: Any,
    code: str,
    key: uuid.UUID,
    text: str,
    *,
    submission: uuid.UUID,
    answers: Message | None = None,
    moment: int | None = None,
    is_question: bool = False,
) -> Message:
    """Write in the discussion of an object; sent twice, it is one message.

    answers: the message answered; the answer to an answer stands beside it. moment: of the recording that
    is discussed, in seconds. The caller has checked
    that the author reads the discussion. Raises PermissionDenied, CannotDo.
    """
    kind = kind_of(code)
    if kind is None or not kind.may_write(author, key):
        raise PermissionDenied
    sent = Message.objects.filter(author=author, submission=submission)
    try:
        with transaction.atomic():
            thread = _locked_thread(thread_of(code, key))
            if found := sent.first():
                return found
            if thread.closed_at:
                raise CannotDo(_("This discussion is closed: nobody writes in it any more."))
            about = {"moment": moment, "is_question": is_question and answers is None}
            return _write(author, thread, text, submission, answers, about)
    except IntegrityError:
        return sent.get()


def _write(
    author: Any,
    thread: Thread,
    text: str,
    submission: uuid.UUID,
    answers: Message | None,
    about: dict[str, Any],
) -> Message:
    if answers is not None and (answers.thread_id != thread.pk or not answers.is_shown):
        raise CannotDo(_("The message that you answer is no longer there."))
    held = not moderates(author, thread) and is_held(author, text)
    first = not Message.objects.filter(thread=thread, author=author).exists()
    message = Message.objects.create(
        thread=thread,
        author=author,
        parent_id=(answers.parent_id or answers.pk) if answers else None,
        text=text,
        submission=submission,
        state=State.HELD if held else State.SHOWN,
        **about,
    )
    if first:
        Follow.objects.get_or_create(thread=thread, user=author)
    log(instance=message, action="accounts.message_post", user=author)
    if held:
        telling.to_moderate(message, "held")
    else:
        _show(message, [answers.author_id] if answers else [])
    return message


def _show(message: Message, answered: list[int]) -> None:
    _refresh(message.thread)
    telling.told.enqueue(message.pk, answered)


def _refresh(thread: Thread) -> None:
    """The date of the last message that everybody sees."""
    shown = thread.messages.filter(state=State.SHOWN)
    thread.last_message_at = shown.aggregate(at=Max("created_at"))["at"]
    thread.save(update_fields=["last_message_at"])


def may_correct(message: Message, user: Any, now: dt.datetime | None = None) -> bool:
    return (
        message.author_id == user.pk
        and message.state in (State.SHOWN, State.HELD)
        and (now or timezone.now()) < message.created_at + CORRECTED_WITHIN
    )


@transaction.atomic
def correct(message: Message, by: Any, text: str) -> Message:
    """Correct one's message, within the hour. With a new link it waits for a moderator again."""
    message = _locked(message)
    if not may_correct(message, by):
        raise CannotDo(_("A message is corrected within the hour; after that, write another one."))
    if message.thread.closed_at:
        raise CannotDo(_("This discussion is closed: nobody writes in it any more."))
    if text == message.text:
        return message
    if message.is_shown and leads_out(text) and not moderates(by, message.thread):
        message.state, message.state_at = State.HELD, timezone.now()
    message.text, message.edited_at = text, timezone.now()
    message.save(update_fields=["text", "edited_at", "state", "state_at"])
    log(instance=message, action="accounts.message_correct", user=by)
    if message.state == State.HELD:
        _refresh(message.thread)
        telling.to_moderate(message, f"corrected-{message.edited_at.timestamp():.0f}")
    return message


# -- Taking back, and undoing it ------------------------------------------------------------------


@transaction.atomic
def withdraw(message: Message, by: Any) -> Message:
    """The author takes it back; for 30 days it can return."""
    message = _locked(message)
    if message.author_id != by.pk:
        raise PermissionDenied
    if message.state not in (State.SHOWN, State.HELD):
        raise CannotDo(_("This message is not shown."))
    _leave(message, State.WITHDRAWN)
    log(instance=message, action="accounts.message_withdraw", user=by)
    return message


@transaction.atomic
def put_back(message: Message, by: Any, now: dt.datetime | None = None) -> Message:
    """The author undoes it: the message returns as it was, shown or waiting."""
    message = _locked(message)
    if message.author_id != by.pk:
        raise PermissionDenied
    if message.state != State.WITHDRAWN:
        raise CannotDo(_("This message was not withdrawn."))
    _return(message, message.state_before or State.HELD, now)
    log(instance=message, action="accounts.message_put_back", user=by)
    return message


# -- Moderating -----------------------------------------------------------------------------------


@transaction.atomic
def hide(message: Message, by: Any, reason: str) -> Message:
    """Nobody reads it any more but its author, who reads the reason, and the moderators."""
    message = _judged(message, by)
    if message.state not in (State.SHOWN, State.HELD):
        raise CannotDo(_("This message is not shown."))
    if not reason.strip():
        raise CannotDo(_("Say why: the author will read it."))
    message.reason, message.moderated_by = reason.strip()[:500], by
    _leave(message, State.HIDDEN)
    message.save(update_fields=["reason", "moderated_by"])
    _handle_reports(message, by)
    log(
        instance=message,
        action="accounts.message_hide",
        user=by,
        data={"reason": message.reason},
    )
    telling.hidden(message)
    return message


@transaction.atomic
def restore(message: Message, by: Any, now: dt.datetime | None = None) -> Message:
    """A moderator shows again what was hidden."""
    message = _judged(message, by)
    if message.state != State.HIDDEN:
        raise CannotDo(_("This message is not hidden."))
    _return(message, State.SHOWN, now)
    message.reason, message.moderated_by = "", by
    message.save(update_fields=["reason", "moderated_by"])
    log(instance=message, action="accounts.message_restore", user=by)
    telling.published(message)
    telling.told.enqueue(message.pk, [])
    return message


@transaction.atomic
def publish(message: Message, by: Any) -> Message:
    """A moderator has read what was waiting: everybody sees it from now on."""
    message = _judged(message, by)
    if message.state != State.HELD:
        return message
    message.state, message.state_at, message.moderated_by = State.SHOWN, timezone.now(), by
    message.save(update_fields=["state", "state_at", "moderated_by"])
    log(instance=message, action="accounts.message_publish", user=by)
    telling.published(message)
    _show(message, [])
    return message


@transaction.atomic
def report(message: Message, by: Any, reason: str) -> Report:
    """A reader says that a message should not be there. Reported twice by the same, it is one report."""
    message = _locked(message)
    if not message.is_shown or message.author_id == by.pk:
        raise CannotDo(_("This message cannot be reported."))
    row, new = Report.objects.get_or_create(
        message=message, by=by, defaults={"reason": reason.strip()[:500]}
    )
    if new:
        log(instance=message, action="accounts.message_report", user=by)
        # Told once, until somebody decides.
        decided = message.reports.exclude(handled_at=None).count()
        telling.to_moderate(message, f"report-{decided}", but=by)
    return row


@transaction.atomic
def dismiss(message: Message, by: Any) -> Message:
    """The reports were read, and the message stays."""
    message = _judged(message, by)
    if _handle_reports(message, by):
        log(instance=message, action="accounts.message_dismiss", user=by)
    return message


@transaction.atomic
def close(thread: Thread, by: Any) -> Thread:
    """Nobody writes in it any more; it can still be read."""
    return _set_closed(thread, by, timezone.now(), "accounts.thread_close")


@transaction.atomic
def reopen(thread: Thread, by: Any) -> Thread:
    return _set_closed(thread, by, None, "accounts.thread_reopen")


def _set_closed(thread: Thread, by: Any, at: dt.datetime | None, action: str) -> Thread:
    thread = _locked_thread(thread)
    if not moderates(by, thread):
        raise PermissionDenied
    if bool(thread.closed_at) != bool(at):
        thread.closed_at, thread.closed_by = at, by if at else None
        thread.save(update_fields=["closed_at", "closed_by"])
        log(instance=thread, action=action, user=by)
    return thread


# -- Following ------------------------------------------------------------------------------------


def follow(user: Any, code: str, key: uuid.UUID) -> None:
    """Be told of each new message. The caller has checked that the person reads the discussion."""
    Follow.objects.get_or_create(thread=thread_of(code, key), user=user)


def unfollow(user: Any, code: str, key: uuid.UUID) -> None:
    Follow.objects.filter(user=user, thread__target_kind=code, thread__target_key=key).delete()


# -- Parts ----------------------------------------------------------------------------------------


def _locked_thread(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)


def _locked(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("thread", "author")
    return rows.get(pk=message.pk)


def _judged(message: Message, by: Any) -> Message:
    message = _locked(message)
    if not moderates(by, message.thread):
        raise PermissionDenied
    return message


def _leave(message: Message, state: str) -> None:
    message.state_before, message.state = message.state, state
    message.state_at = timezone.now()
    message.save(update_fields=["state_before", "state", "state_at"])
    _refresh(message.thread)


def _return(message: Message, state: str, now: dt.datetime | None) -> None:
    now = now or timezone.now()
    if not message.text or message.state_at + KEPT_FOR <= now:
        raise CannotDo(_("More than 30 days have passed: the text is erased."))
    message.state, message.state_before, message.state_at = state, "", now
    message.save(update_fields=["state_before", "state", "state_at"])
    _refresh(message.thread)


def _handle_reports(message: Message, by: Any) -> int:
    waiting = message.reports.filter(handled_at=None)
    return waiting.update(handled_at=timezone.now(), handled_by=by)
