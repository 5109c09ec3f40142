"""The texts of questions, whatever their format there, as the clean HTML of the bank."""

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from ..quizzes.pictured import TAG, clean
from .found import Losses
from .pictures import taken

HTML, PLAIN, MARKDOWN, AUTO = "html", "plain_text", "markdown", "moodle_auto_format"
# The names of formats in GIFT are those of Moodle XML, but for two.
NAMES = {
    **{name: name for name in (HTML, PLAIN, MARKDOWN, AUTO)},
    "plain": PLAIN,
    "moodle": AUTO,
    "wiki_like": AUTO,
}
NO_FILES: Mapping[str, str] = MappingProxyType({})
LOST = (
    (re.compile(r"<svg\b", re.I), "drawings"),
    (re.compile(r"<(audio|video|iframe|object|embed|source)\b", re.I), "media"),
    (re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]|<math\b", re.S), "formulas"),
)
BLOCK = re.compile(r"<(p|ul|ol|table|blockquote|h[1-6]|pre|div|dl)\b", re.I)
# What XML 1.0 and databases do not take.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def losses_in(html: str) -> list[str]:
    """What of a text has no place in the bank."""
    words = {
        "drawings": _("Its drawings (SVG) are left out."),
        "media": _("Its recordings and frames are left out."),
        "formulas": _("Its formulas stay as they are written, and are not drawn."),
    }
    return [words[code] for pattern, code in LOST if pattern.search(html)]


def as_html(text: str, form: str, losses: Losses, files: Mapping[str, str] = NO_FILES) -> str:
    """A text of a question as clean HTML. What is lost of it is added to `losses`.

    files: {name: base64} of the pictures that come with it.
    """
    text = FORBIDDEN.sub("", text).strip()
    if not text:
        return ""
    form = NAMES.get(form, AUTO)
    if form == PLAIN:
        return _lines(escape(text, quote=False))
    if form == MARKDOWN:
        html = str(_markdown().render(text))
    elif form == AUTO and not BLOCK.search(text):
        html = _lines(text)
    else:
        html = text
    for lost in losses_in(html):
        losses.add(lost)
    # A tag of ours that a file would write names a picture that nobody has checked.
    html, shown = taken(TAG.sub("", html), files, losses)
    losses.shown |= shown
    return clean(html).strip()


def _lines(html: str) -> str:
    """The lines of a text kept as lines."""
    return clean(html.replace("\r\n", "\n").replace("\n", "<br>")).strip()


def _markdown() -> Any:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def word_as_html(text: str) -> str:
    """The same as HTML of the bank, which writes quotes as they are: what leaves comes back unchanged."""
    return escape(as_word(text), quote=False)


def as_word(text: str) -> str:
    """A plain answer: no markup, one line."""
    return " ".join(FORBIDDEN.sub("", text).split())
