"""The one function that cleans HTML which people or other programs wrote."""

import re
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
ATTRIBUTES = {
    "a": ["href", "hreflang", "title"],
    "abbr": ["title"],
    "ol": ["start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
    "*": ["lang"],
}
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
# Their content is not text: it goes with them.
DROPPED = re.compile(
    r"<(script|style|iframe|object|embed|noscript|template|svg|math|textarea|select|title|head|xml)\b"
    r".*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|<!\[.*?\]>", re.DOTALL)


def clean(html: str, tags: frozenset[str] = TAGS, attributes: Any = None) -> str:
    """Keep the elements, attributes and protocols allowed; escape or drop everything else.

    What comes out is safe to show as it is. Cleaning it again changes nothing.
    """
    text = DROPPED.sub("", COMMENTS.sub("", html.replace("\x00", "")))
    cleaner = bleach.Cleaner(
        tags=tags,
        attributes=ATTRIBUTES if attributes is None else attributes,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=[]),
    )
    # Between single quotes, which it takes for a value that holds double ones, it would escape &lt; again.
    cleaner.serializer.use_best_quote_char = False
    return cleaner.clean(text)
