"""How good the order of results is: nDCG@10 over the judged queries (see judgments/README.md)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "judgments"
DEPTH = 10


@dataclass
class Judged:
    """A query, its kind, and {address: grade}."""

    query: str
    kind: str
    grades: dict[str, int]


def load(name: str) -> list[Judged]:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    prefixes = data["prefixes"]
    return [
        Judged(
            row["query"],
            row["kind"],
            {
                _address(short, prefixes): grade
                for grade, addresses in row["relevant"].items()
                for short in addresses
            },
        )
        for row in data["queries"]
    ]


def _address(short: str, prefixes: dict[str, str]) -> str:
    prefix, colon, rest = short.partition(":")
    return prefixes[prefix] + rest if colon else short


def ndcg(judged: Judged, addresses: list[str]) -> float:
    """Gain 2^grade - 1, discounted by log2(rank + 1), over the best order that there could be."""
    given = _gain([judged.grades.get(address, 0) for address in addresses[:DEPTH]])
    best = _gain(sorted(judged.grades.values(), reverse=True)[:DEPTH])
    return given / best


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


@dataclass
class Measured:
    """One query's result. strict: what nobody judged is worth nothing; known: it is passed over."""

    judged: Judged
    strict: float
    known: float
    unjudged: int


def measure(queries: list[Judged], search: Callable[[str], list[str]]) -> list[Measured]:
    """`search` gives the addresses of the results of a query, best first, 20 at least."""
    measured = []
    for judged in queries:
        found = search(judged.query)
        measured.append(
            Measured(
                judged,
                ndcg(judged, found),
                ndcg(judged, [address for address in found if address in judged.grades]),
                sum(1 for address in found[:DEPTH] if address not in judged.grades),
            )
        )
    return measured


def mean(values: list[float]) -> float:
    return sum(values) / len(values)
