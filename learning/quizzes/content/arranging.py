"""Questions answered by arranging: what goes with what, and in which order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .base import MOST_PARTS, Content, Kind, Marks, Part, Response, Verdict, is_empty, new_id


@dataclass(frozen=True, kw_only=True)
class Option:
    """What may be matched with a pair. An option that no pair names is there to mislead."""

    text: str
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """option: the identifier of the right one. Two pairs may have the same."""

    text: str
    option: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Matching(Content):
    """For each pair, the option that goes with it; each brings its share."""

    kind = Kind.MATCHING

    pairs: tuple[Pair, ...]
    options: tuple[Option, ...]

    def ids(self) -> Iterator[str]:
        yield from (pair.id for pair in self.pairs)
        yield from (option.id for option in self.options)

    def tidy(self, response: Response) -> dict[str, str] | None:
        if not isinstance(response, dict):
            return None
        known = {option.id for option in self.options}
        held = {pair.id: response.get(pair.id) for pair in self.pairs}
        return {k: v for k, v in held.items() if isinstance(v, str) and v in known} or None

    def right(self) -> dict[str, str]:
        return {pair.id: pair.option for pair in self.pairs}

    def mark(self, response: dict[str, str]) -> Marks:
        parts, good = [], 0
        for pair in self.pairs:
            given = response.get(pair.id)
            if given is None:
                parts.append(Part(pair.id, Verdict.MISSED))
                continue
            good += given == pair.option
            verdict = Verdict.RIGHT if given == pair.option else Verdict.WRONG
            parts.append(Part(pair.id, verdict, pair.feedback))
        return (good / len(self.pairs) if self.pairs else 0.0), tuple(parts)

    def faults(self) -> Iterator[str]:
        if not 2 <= len(self.pairs) <= MOST_PARTS:
            yield _("Give between 2 and %(most)s pairs.") % {"most": MOST_PARTS}
        if not 2 <= len(self.options) <= 2 * MOST_PARTS:
            yield _("There must be at least two different answers to choose from.")
        known = {option.id for option in self.options}
        for number, pair in enumerate(self.pairs, start=1):
            if is_empty(pair.text):
                yield _("Pair %(number)s has no text.") % {"number": number}
            if pair.option not in known:
                yield _("Pair %(number)s has no answer.") % {"number": number}
        texts = [strip_tags(option.text).strip() for option in self.options]
        if not all(texts):
            yield _("An answer has no text.")
        if len(set(texts)) < len(texts):
            yield _("Two answers have the same text.")


def matching_of(
    pairs: Sequence[tuple[str, str, str]], extra: Sequence[str] = ()
) -> dict[str, list[dict[str, str]]]:
    """`pairs` and `options` for `from_json` out of (text, answer, feedback) and misleading answers.

    The same answer twice becomes one option.
    """
    options: dict[str, str] = {}
    for answer in [*(pair[1] for pair in pairs), *extra]:
        options.setdefault(answer.strip(), new_id())
    held = [
        {"id": new_id(), "text": text, "option": options[answer.strip()], "feedback": told}
        for text, answer, told in pairs
    ]
    return {
        "pairs": held,
        "options": [{"id": key, "text": text} for text, key in options.items()],
    }


@dataclass(frozen=True, kw_only=True)
class Item:
    text: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Ordering(Content):
    """Items in their right order. Each at its place brings its share; `whole`: all or nothing."""

    kind = Kind.ORDERING

    items: tuple[Item, ...]
    whole: bool = False

    def ids(self) -> Iterator[str]:
        yield from (item.id for item in self.items)

    def tidy(self, response: Response) -> list[str] | None:
        if not isinstance(response, list | tuple):
            return None
        known = {item.id for item in self.items}
        named = dict.fromkeys(key for key in response if isinstance(key, str) and key in known)
        return list(named) or None

    def right(self) -> list[str]:
        return [item.id for item in self.items]

    def mark(self, response: list[str]) -> Marks:
        parts, good = [], 0
        for place, item in enumerate(self.items):
            fits = place < len(response) and response[place] == item.id
            good += fits
            missing = item.id not in response
            verdict = Verdict.MISSED if missing else Verdict.RIGHT if fits else Verdict.WRONG
            parts.append(Part(item.id, verdict, item.feedback))
        count = len(self.items)
        score = float(good == count) if self.whole else good / count
        return score, tuple(parts)

    def faults(self) -> Iterator[str]:
        if not 2 <= len(self.items) <= MOST_PARTS:
            yield _("Give between 2 and %(most)s items.") % {"most": MOST_PARTS}
        for number, item in enumerate(self.items, start=1):
            if is_empty(item.text):
                yield _("Item %(number)s has no text.") % {"number": number}
        texts = [item.text.strip() for item in self.items]
        if len(set(texts)) < len(texts):
            yield _("Two items have the same text.")
