"""What is discussed: kinds of object, and what each says of its readers, writers and moderators."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cms import registry

from ..models import User
from ..roles import has_role, holders
from ..scopes import NATIONAL, NATIONAL_TEAM


@dataclass(frozen=True)
class Target:
    """The object of one discussion, as this person sees it."""

    title: str
    url: str


class TargetKind:
    """What an app registers in `cms.registry.thread_targets`, under `code`, for its objects.

    An object is named by its field `key`, a uuid that does not change and is the same in every language.
    Objects are given as queries, so that discussions are listed in one, whatever their number.
    """

    code: str
    label: Any
    key = "uuid"
    # Whether messages may name a moment of a recording, which `Target.url` plays from `#t=<seconds>`,
    # and be questions, to which the moderators answer.
    has_moments = False

    def readable(self, user: Any) -> QuerySet[Any]:
        """The objects whose discussion this person may read."""
        raise NotImplementedError

    def existing(self) -> QuerySet[Any]:
        """All the objects: a discussion ends with its object."""
        raise NotImplementedError

    def describe(self, keys: Iterable[uuid.UUID], user: Any) -> dict[uuid.UUID, Target]:
        """Title and address of those whose discussion this person may read, in one query."""
        raise NotImplementedError

    def titles(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
        """Titles of objects, whoever asks: for what is told to people who may see them."""
        raise NotImplementedError

    def may_write(self, user: Any, key: uuid.UUID) -> bool:
        """Whether somebody who reads the discussion writes in it too."""
        return True

    def moderated(self, user: Any) -> QuerySet[Any] | None:
        """The objects that this person moderates besides the national team, who moderates all."""
        return None

    def moderators(self, key: uuid.UUID) -> Iterable[User]:
        """The people whom `moderated` lets in, to tell them."""
        return []


def kind_of(code: str) -> TargetKind | None:
    found: TargetKind | None = registry.thread_targets.get(code)
    return found


def readable(user: Any, prefix: str = "") -> Q:
    """The discussions that this person may read. `prefix` leads to the thread ("thread__")."""
    return _any_of([(kind, kind.readable(user)) for kind in registry.thread_targets], prefix)


def moderated(user: Any, prefix: str = "") -> Q:
    """The discussions that this person moderates, among those that they may read."""
    if moderates_all(user):
        return Q()
    if not getattr(user, "is_authenticated", False):
        return Q(pk__in=[])
    mine = [(kind, kind.moderated(user)) for kind in registry.thread_targets]
    return _any_of(mine, prefix)


def moderates_all(user: Any) -> bool:
    return has_role(user, NATIONAL_TEAM, NATIONAL)


def moderates_something(user: Any) -> bool:
    """Whether there may be something for this person to moderate."""
    if moderates_all(user):
        return True
    if not getattr(user, "is_authenticated", False):
        return False
    mine = [kind.moderated(user) for kind in registry.thread_targets]
    return any(rows.exists() for rows in mine if rows is not None)


def moderators_of(code: str, key: uuid.UUID) -> dict[int, User]:
    """Everybody who may decide on a message of this discussion, by primary key."""
    kind = kind_of(code)
    found = {user.pk: user for user in holders(NATIONAL_TEAM, NATIONAL)}
    if kind is not None:
        found.update({user.pk: user for user in kind.moderators(key)})
    return found


def _any_of(objects: list[tuple[TargetKind, QuerySet[Any] | None]], prefix: str) -> Q:
    found = Q(pk__in=[])
    for kind, rows in objects:
        if rows is not None:
            keys = rows.order_by().values(kind.key)
            found |= Q(**{f"{prefix}target_kind": kind.code, f"{prefix}target_key__in": keys})
    return found
