"""What every question has, whatever its kind, and what a grade says of an answer."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy

Response = Any

MOST_PARTS = 30
MOST_GRADE = 100
# Thirds are written 0.33333: what is this near to one is one.
NEAR = 0.005


class Kind(models.TextChoices):
    SINGLE = "single", gettext_lazy("One answer")
    MULTIPLE = "multiple", gettext_lazy("Several answers")
    TRUE_FALSE = "true_false", gettext_lazy("True or false")
    MATCHING = "matching", gettext_lazy("Matching")
    ORDERING = "ordering", gettext_lazy("Putting in order")
    SHORT = "short", gettext_lazy("Short answer")
    NUMERIC = "numeric", gettext_lazy("Number")


class Verdict(models.TextChoices):
    RIGHT = "right", gettext_lazy("Right")
    PARTIAL = "partial", gettext_lazy("Partly right")
    WRONG = "wrong", gettext_lazy("Wrong")
    MISSED = "missed", gettext_lazy("Not answered")

    @classmethod
    def of(cls, score: float) -> "Verdict":
        if score >= 1:
            return cls.RIGHT
        return cls.PARTIAL if score > 0 else cls.WRONG


class InvalidContent(ValidationError):
    """A question that cannot be asked; `messages` say why, one a fault."""


@dataclass(frozen=True)
class Part:
    """What became of one part of an answer. `id`: the choice, pair, item or expected answer it is about."""

    id: str
    verdict: Verdict
    feedback: str = ""


@dataclass(frozen=True)
class Graded:
    """score: 0–1. feedback: what to tell the person besides the feedback of the parts, as HTML."""

    score: float
    verdict: Verdict
    parts: tuple[Part, ...] = ()
    feedback: tuple[str, ...] = ()


# Score, parts.
Marks = tuple[float, tuple[Part, ...]]


def new_id() -> str:
    """An identifier for a choice, a pair, an option, an item."""
    return secrets.token_hex(4)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What every kind has. `feedback` is told to all; the others according to the verdict."""

    kind: ClassVar[Kind]

    text: str
    feedback: str = ""
    when_right: str = ""
    when_partial: str = ""
    when_wrong: str = ""
    grade: float = 1.0

    def tidy(self, response: Response) -> Response:
        """The response as far as it belongs to the question; None when nothing of it does."""
        raise NotImplementedError

    def right(self) -> Response:
        """A response that is wholly right."""
        raise NotImplementedError

    def mark(self, response: Response) -> Marks:
        """Score and parts of a response that is tidy and not None."""
        raise NotImplementedError

    def faults(self) -> Iterator[str]:
        """Why it cannot be asked."""
        raise NotImplementedError

    def ids(self) -> Iterator[str]:
        """The identifiers of its parts, which must differ."""
        yield from ()


def bounded(share: float) -> float:
    """Between 0 and 1; what is as near to one as thirds are, is one."""
    return 1.0 if share >= 1 - 1e-9 else max(0.0, share)


def is_empty(html: str) -> bool:
    if "<embed" in html:
        return False
    return not strip_tags(html).replace("&nbsp;", "").replace("\xa0", "").strip()
