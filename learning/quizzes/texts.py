"""The texts of a question by their place: what is worded in another language, what holds pictures.

    texts_of(content)                      # {"text": "<p>…</p>", "choices.a.text": "…", …}
    with_texts(content, {"text": "…"})     # the same question, saying this

What is compared with an answer (patterns, numbers, units) is no text: it is the same in every language.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .content import Content, load, to_json

TOLD = ("feedback", "when_right", "when_partial", "when_wrong")
OF_QUESTION = ("text", "feedback_true", "feedback_false", *TOLD)
ROWS = ("choices", "pairs", "options", "items", "answers")
OF_ROW = ("text", "feedback")


def texts_of(content: Content) -> dict[str, str]:
    """{place: HTML} of every text that is not empty, in the order in which they are read."""
    return {place: holder[name] for place, holder, name in _places(to_json(content))}


def with_texts(content: Content, texts: Mapping[str, str]) -> Content:
    """The same question with other texts at these places. Nothing else of it changes."""
    return changed(content, lambda place, text: texts.get(place) or text)


def changed(content: Content, change: Callable[[str, str], str]) -> Content:
    """The same question with each text passed through `change(place, text)`."""
    data = to_json(content)
    for place, holder, name in list(_places(data)):
        holder[name] = change(place, holder[name])
    return load(data)


def _places(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield from ((name, data, name) for name in OF_QUESTION[:1])
    for rows in ROWS:
        for row in data.get(rows) or ():
            for name in OF_ROW:
                if row.get(name):
                    yield f"{rows}.{row['id']}.{name}", row, name
    yield from ((name, data, name) for name in OF_QUESTION[1:] if data.get(name))
