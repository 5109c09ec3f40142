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
    """The passage of the body that holds most different words; nothing when it holds none."""
    body = " ".join(body.split())
    hits = [token for token in text.tokens(body) if token.text in words]
    if not hits:
        return ""
    best, most = hits[0], 0
    for index, first in enumerate(hits[:200]):
        near = {t.text for t in hits[index : index + 20] if t.end - first.start <= EXCERPT * 2 // 3}
        if len(near) > most:
            best, most = first, len(near)
    start = max(0, best.start - EXCERPT // 4)
    if start:
        start = body.find(" ", start) + 1 or start
    stop = start + EXCERPT
    stop = len(body) if stop >= len(body) else body.rfind(" ", start, stop)
    passage = body[start:stop].strip()
    return f"{'… ' if start else ''}{passage}{' …' if stop < len(body) else ''}"
