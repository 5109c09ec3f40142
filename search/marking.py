"""The words that were found, marked in the texts of a result."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from . import text

EXCERPT = 240


def marked(value: str, words: frozenset[str]) -> SafeString:
    """The text, safe, with <mark> around the words. Neighbours that are marked stay apart."""
    parts: list[str] = []
    end = 0
    for token in text.tokens(value):
        if token.text in words:
            parts += [
                conditional_escape(value[end : token.start]),
                f"<mark>{conditional_escape(value[token.start : token.end])}</mark>",
            ]
            end = token.end
    parts.append(conditional_escape(value[end:]))
    return mark_safe("".join(parts))


def holds(value: str, words: frozenset[str]) -> bool:
    return any(token.text in words for token in text.tokens(value))


def excerpt(body: str, words: frozenset[str]) -> str:
    """The passage that holds most different words, within one paragraph; nothing when none does."""
    best, passage = 0, ""
    for line in body.splitlines():
        hits = [token for token in text.tokens(line) if token.text in words]
        for index, first in enumerate(hits):
            near = {t.text for t in hits[index:] if t.end - first.start <= EXCERPT * 2 // 3}
            # Of two passages that hold as much, the one that says more around it.
            worth = len(near) * 1_000 + min(len(line), EXCERPT)
            if worth > best:
                best, passage = worth, _cut(line, first.start)
    return passage


def _cut(line: str, place: int) -> str:
    """EXCERPT characters around a place, in whole words."""
    start = 0 if len(line) <= EXCERPT or place < EXCERPT // 3 else place - EXCERPT // 4
    if start:
        start = line.find(" ", start) + 1 or start
    stop = start + EXCERPT
    stop = len(line) if stop >= len(line) else max(line.rfind(" ", start, stop), place)
    return f"{'… ' if start else ''}{line[start:stop].strip()}{' …' if stop < len(line) else ''}"
