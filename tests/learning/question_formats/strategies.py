"""Questions of every kind, drawn at random, as the bank would hold them."""

import math
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from learning.quizzes.content import InvalidContent, from_json, to_json

# A machine that does much else at once is slow, and not wrong.
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs"), exclude_characters="<>&*\\\xad"),
    min_size=1,
    max_size=12,
)
SAID = st.one_of(
    WORDS,
    st.builds("<p>{} <strong>{}</strong></p>".format, WORDS, WORDS),
    st.builds("<ul><li>{} &amp; {}</li></ul>".format, WORDS, WORDS),
)
TOLD = st.one_of(st.just(""), SAID)
NUMBERS = st.decimals(-1000, 1000, places=3, allow_nan=False).map(str)
COMMON = {
    "text": SAID,
    "feedback": TOLD,
    "when_right": TOLD,
    "when_partial": TOLD,
    "when_wrong": TOLD,
    "grade": st.sampled_from([0.5, 1.0, 2.0, 1.3333333]),
}


def _question(kind: str, **parts: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **COMMON, **parts})


def _choices(fractions: st.SearchStrategy[list[float]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    def rows(shares: list[float]) -> st.SearchStrategy[list[dict[str, Any]]]:
        texts = st.lists(SAID, min_size=len(shares), max_size=len(shares), unique=True)
        return texts.flatmap(
            lambda held: st.tuples(
                *(
                    st.fixed_dictionaries(
                        {"text": st.just(text), "fraction": st.just(share), "feedback": TOLD}
                    )
                    for text, share in zip(held, shares, strict=True)
                )
            ).map(list)
        )

    return fractions.flatmap(rows)


SINGLE = _choices(
    st.lists(st.sampled_from([0.0, 0.5, -0.25, 0.3333333]), min_size=1, max_size=4).map(
        lambda shares: [1.0, *shares]
    )
)
MULTIPLE = _choices(
    st.tuples(
        st.integers(1, 4), st.lists(st.sampled_from([0.0, -0.5, -1.0]), min_size=1, max_size=3)
    ).map(lambda held: [1 / held[0]] * held[0] + held[1])
)
SHORT = st.lists(
    st.fixed_dictionaries({"pattern": WORDS, "fraction": st.just(1.0), "feedback": TOLD}),
    min_size=1,
    max_size=4,
)
NUMERIC = st.lists(
    st.fixed_dictionaries(
        {
            "value": NUMBERS,
            "tolerance": st.sampled_from(["0", "0.5", "2"]),
            "fraction": st.just(1.0),
            "feedback": TOLD,
        }
    ),
    min_size=1,
    max_size=3,
)
ITEMS = st.lists(SAID, min_size=2, max_size=5, unique=True).flatmap(
    lambda texts: st.tuples(
        *(st.fixed_dictionaries({"text": st.just(t), "feedback": TOLD}) for t in texts)
    ).map(list)
)
UNITS = st.sampled_from(
    [
        [],
        [{"name": "km", "factor": "1"}],
        [{"name": "km", "factor": "1"}, {"name": "m", "factor": "1000"}],
    ]
)


@st.composite
def matchings(draw: Any) -> dict[str, Any]:
    options = draw(st.lists(WORDS, min_size=2, max_size=5, unique_by=lambda word: word.strip()))
    used = draw(st.lists(st.sampled_from(options[:-1] or options), min_size=2, max_size=4))
    pairs = [
        {"text": draw(SAID), "option": f"o{options.index(word)}", "feedback": draw(TOLD)}
        for word in used
    ]
    # Moodle writes the options of pairs first: the others come after, in their order.
    order = [*dict.fromkeys(used), *(word for word in options if word not in used)]
    rows = [{"id": f"o{options.index(word)}", "text": word} for word in order]
    common = {name: draw(each) for name, each in COMMON.items()}
    return {"kind": "matching", **common, "pairs": pairs, "options": rows}


RAW = st.one_of(
    _question("single", choices=SINGLE),
    _question("multiple", choices=MULTIPLE, whole=st.booleans()),
    _question("true_false", answer=st.booleans(), feedback_true=TOLD, feedback_false=TOLD),
    matchings(),
    _question("ordering", items=ITEMS, whole=st.booleans()),
    _question("short", answers=SHORT, case=st.booleans(), accents=st.booleans()),
    _question("numeric", answers=NUMERIC, units=UNITS),
)


def _or_none(data: dict[str, Any]) -> Any:
    try:
        return from_json(data)
    except InvalidContent:
        return None


QUESTIONS = RAW.map(_or_none).filter(lambda content: content is not None)


def without_ids(value: Any) -> Any:
    """A content as JSON, its identifiers replaced by their rank: files do not carry them."""
    held = to_json(value) if not isinstance(value, dict) else value
    ranks: dict[str, int] = {}

    def walk(each: Any, name: str = "") -> Any:
        if isinstance(each, dict):
            return {key: walk(inner, key) for key, inner in each.items()}
        if isinstance(each, list):
            return [walk(inner, name) for inner in each]
        if name in ("id", "option"):
            return ranks.setdefault(each, len(ranks))
        if name in ("value", "tolerance", "factor") and each is not None:
            return Decimal(each)
        if isinstance(each, float):
            return round(each, 12) if math.isfinite(each) else each
        return each

    return walk(held)
