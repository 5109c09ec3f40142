"""What a parser finds in a file: each question with what becomes of it here."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """exact: asked and graded here as there. lossy: something is lost, and said. refused: not taken."""

    EXACT = "exact", _("Exact")
    LOSSY = "lossy", _("With losses")
    REFUSED = "refused", _("Refused")


class Unreadable(ValidationError):
    """The file as a whole cannot be read; the message says why, with the line where there is one."""


class Refused(ValidationError):
    """This question is not taken; the messages say why."""


@dataclass
class Found:
    """A question of the file, in its order. `content`: JSON for `learning.quizzes.content.from_json`."""

    position: int
    line: int
    type: str
    name: str = ""
    category: str = ""
    reasons: list[str] = field(default_factory=list)
    content: dict[str, Any] | None = None
    # {SHA-256: picture} of the file to which it belongs; its texts name those that it shows.
    pictures: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        if self.content is None:
            return Verdict.REFUSED
        return Verdict.LOSSY if self.reasons else Verdict.EXACT


@dataclass
class Losses:
    """What is lost of a question, each sentence once, in the order in which it was met.

    pictures: those of the whole file (`.pictures.Pictures`); shown: names of those that it shows.
    """

    pictures: Any
    said: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        if text not in self.said:
            self.said.append(text)
