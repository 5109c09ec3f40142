"""What no reader should meet on a page: an object's name in the place of its words, a value that is not there."""

import re

IGNORED = re.compile(r"<(script|style|code|pre)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
REMNANT = re.compile(
    r"&lt;[A-Z]\w+: |object at 0x|<bound method|QuerySet|datetime\.date|functools|"
    r"\{\{|\{%|%\(\w+\)|(?<![\w’])None(?![\w’])"
)


def remnants(html: str) -> list[str]:
    """Each remnant in the text of a page, with what stands around it."""
    text = " ".join(TAG.sub(" ", IGNORED.sub(" ", html)).split())
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in REMNANT.finditer(text)]
