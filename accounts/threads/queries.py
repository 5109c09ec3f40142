"""What the pages of discussions read."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Window
from django.utils import timezone

from ..models import Follow, Message, MessageState, Report, Thread
from . import services
from .targets import Target, kind_of, moderated

PER_PAGE = 30
LATEST = 3
# On the page of a recording: questions, and as many comments; with so many answers in all.
SHOWN = 10
MOST_ANSWERS = 200
State = MessageState


@dataclass
class Conversation:
    """A message with the answers to it, in their order."""

    message: Message
    replies: list[Message] = field(default_factory=list)


@dataclass
class Discussion:
    """A discussion as one person sees it. `thread` is None as long as nobody wrote."""

    kind: str
    key: uuid.UUID
    target: Target
    thread: Thread | None
    writes: bool = False
    moderates: bool = False
    follows: bool = False
    # No message of this person was ever shown, anywhere.
    is_new: bool = False
    shown: int = 0
    latest: list[Message] = field(default_factory=list)
    # Of a recording: its last questions and its last comments, each with the answers to it.
    has_moments: bool = False
    questions: list["Conversation"] = field(default_factory=list)
    comments: list["Conversation"] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        return bool(self.thread and self.thread.closed_at)


def discussion(code: str, key: uuid.UUID, user: Any) -> Discussion | None:
    """The discussion of an object, with what this person may do there; None to whoever may not read it.

    Two queries.
    """
    kind = kind_of(code)
    if kind is None or not getattr(user, "is_authenticated", False):
        return None
    # Asked of the object: there may be no thread yet.
    target = kind.describe([key], user).get(key)
    if target is None:
        return None
    follows = Follow.objects.filter(thread=OuterRef("pk"), user=user)
    moderates = Thread.objects.moderated_by(user).filter(pk=OuterRef("pk"))
    written = Message.objects.filter(author=user, state=State.SHOWN)
    shown = Count("messages", filter=Q(messages__state=State.SHOWN))
    rows = Thread.objects.filter(target_kind=code, target_key=key)
    thread = rows.annotate(
        is_followed=Exists(follows),
        is_moderated=Exists(moderates),
        is_known=Exists(written),
        shown=shown,
    ).first()
    found = Discussion(code, key, target, thread, writes=kind.may_write(user, key))
    found.has_moments = kind.has_moments
    if thread is not None:
        found.moderates, found.follows = thread.is_moderated, thread.is_followed
        found.shown, found.is_new = thread.shown, not thread.is_known
    else:
        found.is_new = not written.exists()
    return found


def latest(code: str, key: uuid.UUID, user: Any) -> Discussion | None:
    """The same with the last messages, for the page of the object: three queries."""
    found = discussion(code, key, user)
    if found is not None and found.shown:
        shown = Message.objects.filter(thread=found.thread, state=State.SHOWN)
        found.latest = list(reversed(shown.select_related("author").order_by("-pk")[:LATEST]))
    return found


def conversations(code: str, key: uuid.UUID, user: Any) -> Discussion | None:
    """The discussion of a recording for the page that plays it: its last questions and comments with
    their answers. Three queries, whatever their number."""
    found = discussion(code, key, user)
    if found is None or not found.shown:
        return found
    shown = Message.objects.filter(thread=found.thread, state=State.SHOWN)
    roots = shown.filter(parent=None).order_by("-pk").values("pk")
    wanted = Q()
    for is_question in (True, False):
        last = roots.filter(is_question=is_question)[:SHOWN]
        wanted |= Q(pk__in=last) | Q(parent__in=last)
    by_root: dict[int, Conversation] = {}
    for row in shown.filter(wanted).select_related("author").order_by("pk")[:MOST_ANSWERS]:
        if row.parent_id is None:
            by_root[row.pk] = Conversation(row)
        elif row.parent_id in by_root:
            by_root[row.parent_id].replies.append(row)
    for each in reversed(by_root.values()):
        (found.questions if each.message.is_question else found.comments).append(each)
    return found


def rows_of(thread: Thread, user: Any) -> QuerySet[Message]:
    """The messages of a discussion as this person sees it, in the order of the page.

    A message that nobody sees any more keeps its place, empty, as long as an answer to it is shown.
    """
    answer = Message.objects.filter(parent=OuterRef("pk"), state=State.SHOWN)
    seen = Message.objects.visible_to(user).filter(thread=thread).exclude(text="")
    return (
        Message.objects.filter(thread=thread)
        .annotate(is_answered=Exists(answer))
        .filter(Q(pk__in=seen.values("pk")) | Q(parent=None, is_answered=True))
        .select_related("author", "moderated_by")
        .by_conversation()
    )


@dataclass
class Line:
    """A message as one person reads it, and what they may do with it.

    is_empty: it keeps its place, without its text, since an answer to it is shown.
    """

    message: Message
    is_own: bool
    is_empty: bool = False
    may_answer: bool = False
    may_correct: bool = False
    may_withdraw: bool = False
    may_put_back: bool = False
    may_report: bool = False
    may_hide: bool = False
    may_publish: bool = False
    may_restore: bool = False
    reports: int = 0


def page_of(found: Discussion, user: Any, number: int) -> Page:
    """One page of its messages, as `Line`s. One query, and one for who moderates."""
    page, messages = _slice(found, user, number)
    reports = _reports_of(messages) if found.moderates else {}
    page.object_list = [line_of(row, found, user, reports.get(row.pk, 0)) for row in messages]
    return page


def _slice(found: Discussion, user: Any, number: int) -> tuple[Page, list[Message]]:
    """The messages of a page, which say how many there are in all; a page that is not there is the first."""
    if found.thread is None:
        return Paginator([], PER_PAGE).page(1), []
    rows = rows_of(found.thread, user).annotate(total=Window(Count("pk")))
    messages = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE])
    if not messages and number > 1:
        return _slice(found, user, 1)
    paginator = Paginator(rows, PER_PAGE)
    # What Django would ask again.
    paginator.count = messages[0].total if messages else 0
    return Page(messages, number, paginator), messages


def line_of(message: Message, found: Discussion, user: Any, reports: int = 0) -> Line:
    own, state = message.author_id == user.pk, message.state
    judges = found.moderates and state in (State.HELD, State.HIDDEN)
    if not message.text or not (message.is_shown or own or judges):
        return Line(message, own, is_empty=True)
    returns = message.state_at + services.KEPT_FOR > timezone.now()
    return Line(
        message,
        own,
        may_answer=message.is_shown and found.writes and not found.is_closed,
        may_correct=services.may_correct(message, user) and not found.is_closed,
        may_withdraw=own and state in (State.SHOWN, State.HELD),
        may_put_back=own and state == State.WITHDRAWN and returns,
        may_report=message.is_shown and not own,
        may_hide=found.moderates and state in (State.SHOWN, State.HELD),
        may_publish=judges and state == State.HELD,
        may_restore=judges and state == State.HIDDEN and returns,
        reports=reports,
    )


def _reports_of(messages: list[Message]) -> dict[int, int]:
    """{message: reports that nobody handled}"""
    waiting = Report.objects.filter(message__in=[row.pk for row in messages], handled_at=None)
    return dict(waiting.values_list("message").annotate(Count("pk")))


def page_number(message: Message, user: Any) -> int:
    """On which page of its discussion a message stands."""
    rows = rows_of(message.thread, user)
    root = message.parent_id or message.pk
    before = rows.filter(Q(root__gt=root) | Q(root=root, pk__lt=message.pk)).count()
    return before // PER_PAGE + 1


# -- Lists ----------------------------------------------------------------------------------------


def mine(user: Any) -> QuerySet[Thread]:
    """The discussions that one follows or wrote in, the last active first."""
    followed = Follow.objects.filter(user=user).values("thread")
    written = Message.objects.filter(author=user).exclude(text="").values("thread")
    return (
        Thread.objects.visible_to(user)
        .filter(Q(pk__in=followed) | Q(pk__in=written))
        .annotate(
            shown=Count("messages", filter=Q(messages__state=State.SHOWN)),
            is_followed=Exists(Follow.objects.filter(user=user, thread=OuterRef("pk"))),
        )
        .order_by("-last_message_at", "-pk")
    )


def targets_of(threads: Iterable[Thread], user: Any) -> dict[int, Target]:
    """{thread: what it is about}, one query for each kind; those that this person may not see are left out."""
    by_kind: dict[str, list[Thread]] = {}
    for thread in threads:
        by_kind.setdefault(thread.target_kind, []).append(thread)
    targets: dict[int, Target] = {}
    for code, rows in by_kind.items():
        kind = kind_of(code)
        found = kind.describe([row.target_key for row in rows], user) if kind else {}
        targets |= {row.pk: found[row.target_key] for row in rows if row.target_key in found}
    return targets


HELD, REPORTED, HIDDEN = "a-lire", "signales", "masques"


def to_moderate(user: Any, state: str = "") -> QuerySet[Message]:
    """What this person moderates: held, reported or hidden lately; "" is what waits for them."""
    waiting = Report.objects.filter(message=OuterRef("pk"), handled_at=None)
    rows = (
        Message.objects.visible_to(user)
        .filter(moderated(user, prefix="thread__"))
        .annotate(is_reported=Exists(waiting))
    )
    held, reported = Q(state=State.HELD), Q(state=State.SHOWN, is_reported=True)
    hidden = Q(state=State.HIDDEN) & ~Q(text="")
    asked = {HELD: held, REPORTED: reported, HIDDEN: hidden}.get(state, held | reported)
    order = ("-state_at", "-pk") if state == HIDDEN else ("created_at", "pk")
    return rows.filter(asked).order_by(*order)


def with_judgment(rows: QuerySet[Message]) -> QuerySet[Message]:
    """With what the list of moderators shows."""
    reports = Report.objects.filter(handled_at=None).select_related("by")
    return rows.select_related("author", "thread", "moderated_by", "parent").prefetch_related(
        Prefetch("reports", queryset=reports, to_attr="waiting")
    )
