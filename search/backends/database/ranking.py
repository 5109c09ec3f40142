"""How much a word counts: BM25F, with the figures that were settled on the judged queries.

See `docs/search.md` and `bench/search.py`, which measures what a change of them does.
"""

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """weight: of one word of this field; usual_length: in words, against which a text is long or
    short; slope: how much being longer than usual counts against a word, from 0 to 1."""

    weight: float
    usual_length: float
    slope: float


FIELDS = {
    "title": Field(weight=4.0, usual_length=6, slope=0.3),
    "summary": Field(weight=2.0, usual_length=20, slope=0.4),
    "keywords": Field(weight=1.5, usual_length=8, slope=0.3),
    "places": Field(weight=2.0, usual_length=4, slope=0.1),
    "body": Field(weight=1.0, usual_length=350, slope=0.6),
}

# How fast more of the same word stops mattering.
SATURATION = 2.5

# What a word of the index is worth when it is not the very word that was typed.
SAME_WORD, SAME_STEM, BEGINNING, CORRECTED = 1.0, 0.9, 0.4, 0.7


def rarity(documents: int, holding: int) -> float:
    """Inverse document frequency: a word that few documents hold says more."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def saturated(weight: float) -> float:
    return weight * (SATURATION + 1) / (weight + SATURATION)


# What is left of the score of a document that holds nothing but the commonest word of the question,
# and what a title that holds the whole question adds.
LEAST, TITLE = 0.3, 0.5


def factor(coverage: float, headed: float) -> float:
    """coverage, headed: the part of the question that the document, and its title, hold."""
    return (LEAST + (1 - LEAST) * coverage**2) * (1 + TITLE * headed)


# A document is a result when it holds this part of what the best one holds.
LEAST_COVERAGE = 0.5

# What the words of a question standing side by side, all of them, add to the score.
TOGETHER = 0.35

# What a title adds that is the question, or that the question says in full ("qu’est-ce qu’une Maison").
NAMED, NAMED_WITHIN = 1.0, 0.7


def order(candidate: Any) -> tuple[float, str, int]:
    """Best first, and always the same among equals."""
    return (-candidate.score, candidate.title, candidate.pk)
