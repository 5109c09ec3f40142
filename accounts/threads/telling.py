"""Whom discussions tell what. No name and no word of a message: it may be withdrawn, they may be erased."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from cms.tasks import background

from ..models import Follow, Message, Thread, User
from ..notify import notify
from .targets import kind_of, moderators_of


@background()
def told(message_id: int, answered: list[int]) -> None:
    """Tell of a shown message those whom it answers, and those who follow its discussion."""
    message = Message.objects.select_related("thread", "parent").filter(pk=message_id).first()
    if message is None or not message.is_shown:
        return
    answered = [*answered, message.parent.author_id] if message.parent else answered
    # Those who began to follow since, while this waited for the worker, have read it.
    followers = Follow.objects.filter(thread=message.thread, since__lte=message.state_at)
    people = {
        user.pk: user
        for user in User.objects.filter(
            Q(pk__in=followers.values("user")) | Q(pk__in=answered), is_active=True
        )
        if user.pk != message.author_id and _reads(user, message.thread)
    }
    replied = [people.pop(pk) for pk in dict.fromkeys(answered) if pk in people]
    _notify("threads.reply", replied, message)
    _notify("threads.new", people.values(), message)


def to_moderate(message: Message, why: str, but: Any = None) -> None:
    """A message waits, or was reported. `why` names the occasion: each is told once."""
    thread = message.thread
    people = moderators_of(thread.target_kind, thread.target_key)
    people.pop(message.author_id, None)
    if but is not None:
        people.pop(but.pk, None)
    context = _context(message) | {
        "url": reverse("threads:to_moderate"),
        "reported": why.startswith("report"),
    }
    key = f"threads.moderate:{message.uuid}:{why}"
    notify("threads.moderate", people.values(), context, key=key)


def hidden(message: Message) -> None:
    context = _context(message) | {"reason": message.reason}
    key = f"threads.hidden:{message.uuid}:{message.state_at.timestamp():.0f}"
    notify("threads.hidden", [message.author], context, key=key)


def published(message: Message) -> None:
    key = f"threads.published:{message.uuid}:{message.state_at.timestamp():.0f}"
    notify("threads.published", [message.author], _context(message), key=key)


def _notify(kind: str, users: Any, message: Message) -> None:
    notify(kind, users, _context(message), key=f"{kind}:{message.uuid}")


def _context(message: Message) -> dict[str, Any]:
    # The title is looked up in the reader's language when the text is made.
    thread = message.thread
    return {
        "kind": thread.target_kind,
        "key": thread.target_key,
        "url": message.get_absolute_url(),
    }


def title_of(context: dict[str, Any]) -> str:
    """What is discussed, whoever reads it: those who are told may all see it."""
    kind = kind_of(context["kind"])
    found = kind.titles([context["key"]]) if kind else {}
    return found.get(context["key"], "")


def _reads(user: Any, thread: Thread) -> bool:
    """Whoever left the network is told nothing more."""
    return Thread.objects.visible_to(user).filter(pk=thread.pk).exists()
