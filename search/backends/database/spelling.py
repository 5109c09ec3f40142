"""Words of the index that are near what was typed, when nothing in it is written so."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ...models import Word

SHORTEST = 4
MOST = 4


@dataclass
class Vocabulary:
    """The words of the index, in memory, under the version of the index from which they come."""

    version: str = ""
    ids: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


_held = Vocabulary()


def vocabulary(version: str) -> Vocabulary:
    """Read again when the index has changed: some 20,000 short words."""
    global _held
    if _held.version != version:
        rows = list(
            Word.objects.exclude(text__regex=r"[0-9]").values_list("pk", "text", "language")
        )
        ids, texts, languages = zip(*rows, strict=True) if rows else ((), (), ())
        _held = Vocabulary(version, ids, texts, languages)
    return _held


def nearest(word: str, version: str, language: str) -> list[tuple[int, float]]:
    """(identifier, closeness from 0 to 1) of the nearest words, nearest first.

    One slip in a short word, two in a word of six letters, three in one of eleven.
    """
    if len(word) < SHORTEST or any(c.isdigit() for c in word):
        return []
    held = vocabulary(version)
    slips = 1 if len(word) < 6 else 2 if len(word) < 11 else 3
    found = process.extract(word, held.texts, scorer=OSA.distance, score_cutoff=slips, limit=25)
    ranked = sorted(
        (
            _closeness(word, text, distance) - (held.languages[index] != language) * 0.05,
            held.ids[index],
        )
        for text, distance, index in found
    )[::-1]
    best = ranked[0][0] if ranked else 0.0
    return [(pk, closeness) for closeness, pk in ranked[:MOST] if closeness >= best - 0.08]


def _closeness(word: str, text: str, distance: float) -> float:
    """Slips count less in long words; the first letter is seldom wrong."""
    near = 1 - distance / max(len(word), len(text))
    return near + 0.05 * (word[0] == text[0]) + 0.0005 * fuzz.ratio(word, text)
