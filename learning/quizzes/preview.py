"""Trying a question or a whole quiz without keeping anything: for those who write them."""

import random
from dataclasses import dataclass
from typing import Any

from cms.meta import PageMeta

from ..models import Question
from . import asking, reviewing, units, writing
from .content import Content, InvalidContent

MOST_SEED = 1_000_000


@dataclass(frozen=True)
class Trial:
    """A draw that its number gives again. Nothing of it is in the database."""

    seed: int
    contents: tuple[Content, ...]
    layouts: tuple[asking.Layout, ...]

    @property
    def shown(self) -> list[asking.Shown]:
        return [
            asking.show(content, layout, None, order)
            for order, (content, layout) in enumerate(
                zip(self.contents, self.layouts, strict=True), start=1
            )
        ]

    def reviewed(self, data: Any) -> list[reviewing.Reviewed]:
        """What the answers of a form would be worth, with everything said."""
        found = []
        for order, (content, layout) in enumerate(
            zip(self.contents, self.layouts, strict=True), start=1
        ):
            response = asking.read(content, layout, data, order)
            found.append(
                reviewing.reviewed(content, content, layout, response, reviewing.EVERYTHING, order)
            )
        return found


def trial(value: Any, seed: int | None = None) -> Trial:
    """A draw of a quiz; another one without `seed`."""
    number = random.SystemRandom().randrange(MOST_SEED) if seed is None else seed
    rng = random.Random(number)  # noqa: S311 (a draw to look at, nothing is kept)
    contents = tuple(
        version.read() for version in units.drawn(value, rng, value["shuffle_questions"])
    )
    layouts = tuple(
        asking.lay_out(content, rng, shuffle=value["shuffle_choices"]) for content in contents
    )
    return Trial(number, contents, layouts)


def preview_context(question: Question) -> dict[str, Any]:
    """A question as it will be asked, and as it will be reviewed; or why it cannot be asked yet."""
    meta = PageMeta(title=question.title or str(question._meta.verbose_name), cache="private")
    try:
        content = writing.content_of(question.body)
    except (InvalidContent, IndexError, KeyError, TypeError) as error:
        faults = getattr(error, "messages", [])
        return {"page_meta": meta, "faults": faults, "shown": None}
    layout = asking.lay_out(content, random.Random(1), shuffle=False)  # noqa: S311
    right = reviewing.reviewed(content, content, layout, content.right(), reviewing.EVERYTHING, 1)
    return {
        "page_meta": meta,
        "shown": asking.show(content, layout, None, 1),
        "reviewed": right,
        "content": content,
    }
