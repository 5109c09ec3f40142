"""Text as people type it: without accents or capitals where they should not matter."""

import re
import unicodedata

BEFORE_HIGH = re.compile(r" (?=[;!?])")


def without_accents(text: str) -> str:
    """The same letters without their marks (Unicode NFKD, combining characters left out)."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Words without case, accents or punctuation: "N° d’agent " is "n d agent"."""
    bare = without_accents(text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def french_spaces(text: str) -> str:
    """No line begins with a sign or ends with an opening quote: no-break spaces before : ; ! ? and inside « »."""
    text = BEFORE_HIGH.sub("\u202f", text)
    return text.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
