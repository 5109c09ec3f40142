"""Trying a question or a whole quiz without keeping anything: for those who write them."""

import random
from dataclasses import dataclass
from typing import Any

from cms.meta import PageMeta

from ..models import Question
from . import asking, pictures, reviewing, texts, units, wording, writing
from .content import InvalidContent
from .wording import Said

MOST_SEED = 1_000_000


@dataclass(frozen=True)
class Trial:
    """A draw that its number gives again. Nothing of it is in the database."""

    seed: int
    said: tuple[Said, ...]
    layouts: tuple[asking.Layout, ...]

    @property
    def shown(self) -> list[asking.Shown]:
        return [
            asking.show(said, layout, None, order)
            for order, (said, layout) in enumerate(
                zip(self.said, self.layouts, strict=True), start=1
            )
        ]

    def reviewed(self, data: Any) -> list[reviewing.Reviewed]:
        """What the answers of a form would be worth, with everything said."""
        found = []
        for order, (said, layout) in enumerate(zip(self.said, self.layouts, strict=True), start=1):
            response = asking.read(said.content, layout, data, order)
            found.append(
                reviewing.reviewed(
                    said, said.content, layout, response, reviewing.EVERYTHING, order
                )
            )
        return found


def trial(value: Any, language: str, seed: int | None = None) -> Trial:
    """A draw of a quiz, in the language of its unit; another one without `seed`."""
    number = random.SystemRandom().randrange(MOST_SEED) if seed is None else seed
    rng = random.Random(number)  # noqa: S311 (a draw to look at, nothing is kept)
    versions = units.drawn(value, rng, value["shuffle_questions"])
    found = wording.said_in(language, versions)
    said = tuple(found[version.pk] for version in versions)
    layouts = tuple(
        asking.lay_out(each.content, rng, shuffle=value["shuffle_choices"]) for each in said
    )
    return Trial(number, said, layouts)


def preview_context(question: Question, language: str = "") -> dict[str, Any]:
    """A question as it will be asked, and as it will be reviewed; or why it cannot be asked yet."""
    meta = PageMeta(title=question.title or str(question._meta.verbose_name), cache="private")
    try:
        content = writing.content_of(question.body)
    except (InvalidContent, IndexError, KeyError, TypeError) as error:
        faults = getattr(error, "messages", [])
        return {"page_meta": meta, "faults": faults, "shown": None}
    if language in wording.OTHERS:
        content = texts.with_texts(content, wording.last_texts(question, language))
    (content,) = pictures.drawn([content])
    said = Said(content)
    layout = asking.lay_out(content, random.Random(1), shuffle=False)  # noqa: S311
    right = reviewing.reviewed(said, content, layout, content.right(), reviewing.EVERYTHING, 1)
    return {
        "page_meta": meta,
        "shown": asking.show(said, layout, None, 1),
        "reviewed": right,
        "content": content,
    }
