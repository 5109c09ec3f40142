"""Questions are read strictly, kept whole, and graded between 0 and 1, whatever is answered."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.quizzes import said
from learning.quizzes.content import (
    InvalidContent,
    Kind,
    Verdict,
    from_json,
    grade,
    load,
    matching_of,
    to_json,
)

# -- Any question ----------------------------------------------------------------------------------

words = st.text("abcdé'’ œ*", min_size=1, max_size=12).filter(lambda text: text.strip(" *"))
htmls = words.map(lambda text: f"<p>{text.strip()}</p>")
shares = st.floats(-1, 1, allow_nan=False)
exact = st.decimals(-1000, 1000, places=3, allow_nan=False).map(str)


@st.composite
def choosing(draw, kind):
    texts = draw(st.lists(htmls, min_size=2, max_size=6, unique=True))
    count = draw(st.integers(1, len(texts))) if kind == "multiple" else 1
    rows = [{"text": text, "fraction": 1 / count} for text in texts[:count]]
    rows += [
        {"text": text, "fraction": draw(shares.map(lambda n: -abs(n)))} for text in texts[count:]
    ]
    return {"kind": kind, "choices": draw(st.permutations(rows))}


@st.composite
def matching(draw):
    answers = draw(st.lists(htmls, min_size=2, max_size=6, unique=True))
    pairs = [(draw(htmls), draw(st.sampled_from(answers)), draw(htmls)) for _ in range(3)]
    return {"kind": "matching", **matching_of(pairs, answers)}


@st.composite
def questions(draw):
    """A valid question of any kind, as JSON."""
    kind = draw(st.sampled_from(list(Kind)))
    body = {"kind": kind.value}
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        body = draw(choosing(kind.value))
    elif kind == Kind.MATCHING:
        body = draw(matching())
    elif kind == Kind.TRUE_FALSE:
        body["answer"] = draw(st.booleans())
    elif kind == Kind.ORDERING:
        texts = draw(st.lists(htmls, min_size=2, max_size=6, unique=True))
        body["items"] = [{"text": text} for text in texts]
    elif kind == Kind.SHORT:
        first, *others = draw(st.lists(words, min_size=1, max_size=4))
        body["answers"] = [{"pattern": first}]
        body["answers"] += [{"pattern": each, "fraction": 0.5} for each in others]
        body |= {"case": draw(st.booleans()), "accents": draw(st.booleans())}
    else:
        value, tolerance = draw(exact), draw(exact.map(lambda n: n.lstrip("-")))
        body["answers"] = [{"value": value, "tolerance": tolerance}, {"value": None, "fraction": 0}]
        body["units"] = [{"name": "km"}, {"name": "m", "factor": "1000"}]
    return {"text": draw(htmls), "feedback": draw(htmls), "grade": 2.0, **body}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(questions())
def test_a_question_is_the_same_after_json(data):
    content = from_json(data)

    assert from_json(to_json(content)) == load(to_json(content)) == content


@given(questions())
def test_the_right_answer_brings_everything(data):
    content = from_json(data)

    assert grade(content, content.right()).score == 1
    assert grade(content, content.right()).verdict == Verdict.RIGHT


@given(questions(), anything)
def test_any_response_is_worth_between_nothing_and_everything(data, response):
    assert 0 <= grade(from_json(data), response).score <= 1


@given(questions(), st.data())
def test_a_response_of_its_own_parts_is_worth_between_nothing_and_everything(data, draw):
    content = from_json(data)
    ids = st.sampled_from(list(content.ids()) or ["true"])
    response = draw.draw(ids | st.lists(ids) | st.dictionaries(ids, ids))

    graded = grade(content, response)

    assert 0 <= graded.score <= 1
    assert content.tidy(content.tidy(response)) == content.tidy(response)


@given(anything)
def test_anything_else_is_refused_with_a_reason(data):
    with pytest.raises(InvalidContent) as refused:
        from_json(data)

    assert all(refused.value.messages)


# -- Each kind -------------------------------------------------------------------------------------


def multiple(**more):
    shares = {"a": 0.33333, "b": 0.33333, "c": 0.33333, "d": -0.5, "e": 0}
    rows = [
        {"id": k, "text": f"Choix {k}", "fraction": v, "feedback": k} for k, v in shares.items()
    ]
    return from_json({"kind": "multiple", "text": "Lesquels ?", "choices": rows, **more})


def test_thirds_together_are_one():
    assert grade(multiple(), ["a", "b", "c"]).score == 1
    assert grade(multiple(), ["a", "b"]).score == pytest.approx(2 / 3)


def test_a_wrong_choice_takes_off_and_never_below_nothing():
    assert grade(multiple(), ["a", "b", "d"]).score == pytest.approx(1 / 6, abs=0.001)
    assert grade(multiple(), ["d"]).score == 0


def test_all_or_nothing_wants_the_exact_choice():
    assert grade(multiple(whole=True), ["a", "b", "c", "e"]).score == 0
    assert grade(multiple(whole=True), ["c", "b", "a"]).score == 1


def test_each_choice_made_is_explained_and_each_one_missed_is_named():
    parts = {part.id: part for part in grade(multiple(), ["a", "d"]).parts}

    assert (parts["a"].verdict, parts["a"].feedback) == (Verdict.RIGHT, "a")
    assert (parts["d"].verdict, parts["d"].feedback) == (Verdict.WRONG, "d")
    assert (parts["b"].verdict, parts["b"].feedback) == (Verdict.MISSED, "")
    assert "e" not in parts


def test_one_answer_may_bring_a_part():
    choices = [
        {"id": "a", "text": "Oui", "fraction": 1},
        {"id": "b", "text": "Presque", "fraction": 0.5, "feedback": "Il manque la date."},
        {"id": "c", "text": "Non", "fraction": -0.3},
    ]
    content = from_json({"kind": "single", "text": "?!", "choices": choices})

    half = grade(content, "b")
    assert (half.score, half.verdict, half.parts[0].feedback) == (
        0.5,
        Verdict.PARTIAL,
        "Il manque la date.",
    )
    assert grade(content, "c").score == 0
    assert grade(content, "z").verdict == Verdict.MISSED


def test_two_pairs_may_have_the_same_answer_and_each_brings_its_share():
    body = matching_of([("Un", "A", ""), ("Deux", "B", "Lisez B."), ("Trois", "A", "")], ["C"])
    content = from_json({"kind": "matching", "text": "Reliez", **body})
    assert len(content.options) == 3
    one, two, three = (pair.id for pair in content.pairs)
    a, _, c = (option.id for option in content.options)

    graded = grade(content, {one: a, two: c, three: a})

    assert graded.score == pytest.approx(2 / 3)
    assert [part.verdict for part in graded.parts] == ["right", "wrong", "right"]


def test_an_order_is_worth_what_stands_at_its_place():
    items = [{"id": key, "text": key} for key in "abcd"]
    content = from_json({"kind": "ordering", "text": "Rangez", "items": items})
    strict = from_json({"kind": "ordering", "text": "Rangez", "items": items, "whole": True})

    assert grade(content, ["a", "b", "d", "c"]).score == 0.5
    assert grade(strict, ["a", "b", "d", "c"]).score == 0
    assert grade(strict, ["a", "b", "c", "d"]).score == 1


def short(*patterns, **more):
    rows = [{"pattern": text, "fraction": 1} for text in patterns]
    return from_json({"kind": "short", "text": "Qui ?", "answers": rows, **more})


def test_words_are_tolerated_as_people_write_them():
    content = short("l'assurance maladie")

    assert grade(content, "  L’Assurance   Maladie ").score == 1
    assert grade(content, "l'assurance").score == 0
    assert grade(short("Mél"), "MEL").score == 1
    assert grade(short("Mél", accents=True), "mel").score == 0
    assert grade(short("CAF", case=True), "caf").score == 0
    assert grade(short("cœur"), "coeur").score == 1


def test_a_star_stands_for_anything_and_a_barred_star_for_itself():
    assert grade(short("carte*vitale"), "la carte vitale").score == 0
    assert grade(short("*carte*vitale*"), "Ma carte « Vitale », bien sûr").score == 1
    assert grade(short(r"5\*3"), "5*3").score == 1
    assert grade(short(r"5\*3"), "5 fois 3").score == 0


def test_the_first_answer_that_fits_counts():
    rows = [
        {"pattern": "CPAM", "fraction": 1},
        {"pattern": "*", "fraction": 0, "feedback": "C’est la caisse primaire."},
    ]
    content = from_json({"kind": "short", "text": "Qui ?", "answers": rows})

    assert grade(content, "cpam").score == 1
    assert grade(content, "CAF").parts[0].feedback == "C’est la caisse primaire."
    with pytest.raises(InvalidContent, match="devance"):
        from_json({"kind": "short", "text": "Qui ?", "answers": rows[::-1]})


def test_a_star_pattern_costs_no_time():
    content = short("*".join("aaaaaaaaaaaaaaaaaaaab"))

    assert grade(content, "a" * 200).score == 0


def numeric(**more):
    rows = [
        {"value": "0.3", "tolerance": "0.1"},
        {"value": None, "fraction": 0, "feedback": "Non."},
    ]
    return from_json({"kind": "numeric", "text": "Combien ?", "answers": rows, **more})


def test_a_number_is_exact_at_the_edge_of_its_tolerance():
    for text, score in (("0,4", 1), ("0.2", 1), ("0,41", 0), ("0,2 ", 1), ("beaucoup", 0)):
        assert grade(numeric(), text).score == score
    assert grade(numeric(), "7").parts[0].feedback == "Non."


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("−2", "-2"),
        ("1e3", "1000"),
        ("", None),
        ("12 pommes", None),
        ("1" * 100, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert said.decimal(text) == (None if number is None else Decimal(number))


def test_a_unit_may_be_written_and_is_converted():
    content = numeric(units=[{"name": "km"}, {"name": "m", "factor": 1000}])

    assert content.unit == "km"
    assert grade(content, "0,3 km").score == grade(content, "300 m").score == 1
    assert grade(content, "300 km").score == grade(content, "0,3 kg").score == 0


def test_what_is_told_depends_on_the_verdict():
    content = from_json(
        {
            "kind": "true_false",
            "text": "Vrai ?",
            "answer": True,
            "feedback": "Général",
            "when_right": "Bravo",
            "when_wrong": "Relisez",
            "feedback_false": "Parce que…",
        }
    )

    assert grade(content, "true").feedback == ("Bravo", "Général")
    assert grade(content, False).feedback == ("Relisez", "Général")
    assert grade(content, "false").parts[0].feedback == "Parce que…"
    assert grade(content, None).feedback == ("Général",)


# -- What is refused -------------------------------------------------------------------------------

PAIR = [{"text": "Oui", "fraction": 1}, {"text": "Non"}]


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "essay", "text": "Racontez"},
        {"kind": "single", "text": "<p>&nbsp;</p>", "choices": PAIR},
        {"kind": "single", "text": "<script>x</script>", "choices": PAIR},
        {"kind": "single", "text": "?", "choices": PAIR[:1]},
        {"kind": "single", "text": "?", "choices": [{"text": "Oui"}, {"text": "Non"}]},
        {"kind": "single", "text": "?", "choices": [*PAIR, {"text": "Si", "fraction": 1.5}]},
        {"kind": "single", "text": "?", "choices": [PAIR[0], PAIR[0]]},
        {"kind": "single", "text": "?", "choices": [{"id": "a", **each} for each in PAIR]},
        {"kind": "single", "text": "?", "choices": [{"id": "<b>", **PAIR[0]}, PAIR[1]]},
        {"kind": "single", "text": "?", "choices": PAIR, "grade": 0},
        {"kind": "single", "text": "?", "choices": PAIR, "grade": float("nan")},
        {"kind": "multiple", "text": "?", "choices": [*PAIR, {"text": "Si", "fraction": 0.5}]},
        {"kind": "true_false", "text": "?"},
        {"kind": "matching", "text": "?", "pairs": [], "options": []},
        {"kind": "ordering", "text": "?", "items": [{"text": "Seul"}]},
        {"kind": "short", "text": "?", "answers": [{"pattern": " "}]},
        {"kind": "short", "text": "?", "answers": [{"pattern": "Oui", "fraction": 0.5}]},
        {"kind": "numeric", "text": "?", "answers": [{"value": "beaucoup"}]},
        {"kind": "numeric", "text": "?", "answers": [{"value": 1, "tolerance": -1}]},
        {"kind": "numeric", "text": "?", "answers": [{"value": "1e999"}]},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(data):
    with pytest.raises(InvalidContent):
        from_json(data)


def test_text_is_cleaned_on_its_way_in():
    rows = [{"text": "<b onclick=x>Oui</b>", "fraction": 1}, {"text": "<img src=x>Non"}]
    content = from_json({"kind": "single", "text": "<p>?<script>x</script></p>", "choices": rows})

    assert content.text == "<p>?</p>"
    assert [choice.text for choice in content.choices] == ["<b>Oui</b>", "Non"]
