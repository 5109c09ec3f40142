"""How a text becomes the words under which it is found: the same for documents and for queries.

Words are folded (case, accents, ligatures) and kept as they are; their stems stand beside them, so
that plurals and endings meet. Both databases see the same words: none of it is theirs.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import snowballstemmer

# To raise when this module makes other words of a text: every document is then indexed again.
VERSION = 1
MAX_WORD = 40
_ALGORITHMS = {"fr": "french", "en": "english"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# 35 000 with a no-break space is one number; with a plain one it may be two.
_THOUSANDS = re.compile("(?<=\\d)[\u00a0\u202f](?=\\d{3}(?!\\d))")
# Only from the beginning of a word, else a long one is read again from each of its letters.
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]+(?:[-‐‑][^\W_]+)+")
_WORD = re.compile(r"[^\W_]+")

# What carries no subject: left out of texts, and of queries that hold something else.
_STOP = {
    "fr": """a afin ai ainsi alors apres as au aucun aucune aujourd aupres auquel aussi autre autres aux
    auxquels avait avant avec avez avoir avons ayant ce ceci cela celle celles celui ces cet cette ceux
    chaque chez comme comment contre d dans de depuis des dont du elle elles en encore entre es est et
    etait etant etc etes etre eu eux faire fait font fut hui ici il ils j je l la le les leur leurs
    lors lui m ma mais me meme memes mes moi moins mon n ne ni nos nous on ont ou par parce parmi
    pas pendant peu peut peuvent plus plusieurs pour pourquoi pouvoir puis qu quand que quel quelle
    quelles quelque quelques quels qui quoi s sa sans se selon sera ses si sien soi soit son sont sous
    sur t ta te tel telle tes toi ton tous tout toute toutes tres trop tu un une va vers via voici voila
    vos votre vous y""",
    "en": """a about after all also an and any are as at be because been before being between both but by
    can could did do does doing during each for from further had has have having he her here hers him his
    how i if in into is it its itself just me more most my no nor not of off on once only or other our
    ours out over own s same she should so some such t than that the their them then there these they
    this those through to too under until up very was we were what when where which while who whom why
    will with would you your""",
}
STOP_WORDS = {language: frozenset(words.split()) for language, words in _STOP.items()}


@dataclass(frozen=True)
class Token:
    """A word of a text: folded, as it was written (small letters), and where it stands."""

    text: str
    written: str
    start: int
    end: int


def fold(text: str) -> str:
    """Small letters without accents or ligatures: « Œuvres d’Été » → "oeuvres d’ete"."""
    lowered = text.casefold().translate(_LIGATURES)
    if lowered.isascii():
        return lowered
    # Signs that decompose into capitals (𝑨) are folded once more.
    decomposed = unicodedata.normalize("NFKD", lowered).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LIGATURES)


# The same words come back all the time.
_folded = lru_cache(maxsize=50_000)(fold)


def clean(text: str) -> str:
    """The text without what cannot be seen (direction marks, NUL, soft hyphens) nor stored."""
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode("utf-8")


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, with their places in the text as given."""
    return [
        Token(folded, match[0].lower()[:MAX_WORD], match.start(), match.end())
        for match in _WORD.finditer(text)
        if (folded := _folded(match[0])[:MAX_WORD])
    ]


def prepare(text: str) -> str:
    """The text as it is cut into words: C.A.F. is one word, 35 000 one number."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFC", clean(text)))
    return _INITIALS.sub(lambda match: match[0].replace(".", ""), text)


def words(text: str, language: str = "fr", stop: bool = True) -> list[tuple[str, str]]:
    """(folded, as written) words of a text to index; `stop` leaves out those without a subject.

    A word with hyphens counts in parts and as one: co-voiturage is found as covoiturage.
    """
    text = prepare(text)
    left_out = STOP_WORDS.get(language, frozenset()) if stop else frozenset()
    found = [
        (token.text, token.written)
        for token in tokens(text)
        if (len(token.text) > 1 or token.text.isdigit()) and token.text not in left_out
    ]
    for match in _COMPOUND.finditer(text):
        joined = fold(re.sub(r"[^\w]", "", match[0]))
        if len(joined) <= MAX_WORD:
            found.append((joined, match[0].lower()))
    return found


# A stemmer keeps the word it works on: each thread has its own.
_of_this_thread = threading.local()


def _stemmer(language: str) -> Any:
    held = _of_this_thread.__dict__
    if language not in held:
        held[language] = snowballstemmer.stemmer(_ALGORITHMS[language])
    return held[language]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "fr") -> str:
    """The stem, without accents. Numbers and what is not French or English have none."""
    word = word.replace("-", "")
    if language not in _ALGORITHMS or any(c.isdigit() for c in word):
        return fold(word)
    return fold(_stemmer(language).stemWord(word))
