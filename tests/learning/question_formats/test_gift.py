"""GIFT: the grammar of its manual, each fault of a question told, no text that breaks the parser."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learning.question_formats import gift, types
from learning.question_formats.found import Unreadable, Verdict
from learning.quizzes.content import grade, load

from .strategies import calm


def only(text: str):
    (found,) = gift.read(text.encode())
    return found


def score(found, response):
    return round(grade(load(found.content), response).score, 4)


def choice(found, text):
    return next(each["id"] for each in found.content["choices"] if text in each["text"])


SIGNS = st.text(alphabet="ab ~=#{}:\\%->n\n/$[]*.05TF é", max_size=80)


@calm
@given(st.one_of(SIGNS, st.text(max_size=60)))
@example("::a::{~%999%b}")
@example("{#..}")
@example("{#1e99999}")
@example("{#=:}")
@example("$CATEGORY:")
@example("x {=a->}")
def test_any_text_is_read_or_refused_question_by_question(text):
    try:
        found = gift.read(text.encode("utf-8", "replace"))
    except Unreadable as error:
        assert all(error.messages)
    else:
        assert all(each.content or each.reasons for each in found)
        assert [each.position for each in found] == list(range(1, len(found) + 1))


@calm
@given(st.binary(max_size=80))
def test_bytes_of_any_kind_are_read_or_refused(content):
    try:
        gift.read(content)
    except Unreadable as error:
        assert all(error.messages)


def escaped(text: str) -> str:
    for sign in "\\~=#{}:":
        text = text.replace(sign, f"\\{sign}")
    return text


PLAIN = st.text(alphabet="ab~=#{}:\\é%", min_size=1, max_size=10)


@calm
@given(PLAIN, st.lists(PLAIN, min_size=2, max_size=4, unique=True))
def test_signs_that_are_escaped_come_back_as_themselves(text, answers):
    right, *wrong = (f"r{answer}" for answer in answers)
    lines = "".join(f"~{escaped(each)}#non {escaped(each)}" for each in wrong)
    found = only(f"::t::[plain]q{escaped(text)} {{={escaped(right)}{lines}}}")
    assert found.reasons == []
    assert found.content["text"] == f"q{text}"
    assert [each["text"] for each in found.content["choices"]] == [right, *wrong]
    assert found.content["choices"][1]["feedback"] == f"non {wrong[0]}"


def test_one_right_answer_among_several():
    found = only(
        "::Capitale:: Où siège la préfecture du Cantal ? {\n=Aurillac #oui\n~Mauriac #non\n}"
    )
    assert (found.type, found.name, found.verdict) == ("multichoice", "Capitale", Verdict.EXACT)
    assert found.content["kind"] == "single"
    assert score(found, choice(found, "Aurillac")) == 1
    assert score(found, choice(found, "Mauriac")) == 0


def test_shares_make_several_right_answers():
    found = only("Qui ? {~%50%Anne ~%50%Luc ~%-100%Personne}")
    assert found.content["kind"] == "multiple"
    both = [choice(found, "Anne"), choice(found, "Luc")]
    assert score(found, both) == 1
    assert score(found, both[:1]) == 0.5
    assert score(found, [*both, choice(found, "Personne")]) == 0


@pytest.mark.parametrize(
    ("word", "answer"), [("T", True), ("TRUE", True), ("f", False), ("FALSE", False)]
)
def test_true_or_false_with_what_is_told_to_who_is_wrong_then_right(word, answer):
    found = only(f"Vrai ? {{{word}#faux pas#bravo}}")
    assert found.content["answer"] is answer
    told = (found.content["feedback_true"], found.content["feedback_false"])
    assert told == (("bravo", "faux pas") if answer else ("faux pas", "bravo"))


def test_matching_with_an_answer_that_misleads():
    found = only("Associez {=chat -> miaule =chien -> aboie = -> chante}")
    assert found.type == "matching"
    assert [pair["text"] for pair in found.content["pairs"]] == ["chat", "chien"]
    assert [option["text"] for option in found.content["options"]] == ["miaule", "aboie", "chante"]


def test_short_answers_with_shares_and_a_general_feedback():
    found = only("Deux fois deux ? {=quatre =4 =%50%environ quatre ####Une table suffit.}")
    assert found.content["kind"] == "short"
    assert (score(found, "Quatre"), score(found, "environ quatre")) == (1, 0.5)
    assert found.content["feedback"] == "Une table suffit."


@pytest.mark.parametrize(
    ("answers", "right", "wrong"),
    [
        ("#3", "3", "4"),
        ("#3:2", "5", "5.1"),
        ("#1..5", "1", "0.9"),
        ("#3.141..3.142", "3.1415", "3.2"),
        ("#=1822:0 =%50%1822:2", "1822", "1825"),
        ("#-1,5:0", "-1.5", "1.5"),
    ],
)
def test_numbers_with_tolerance_or_bounds(answers, right, wrong):
    found = only(f"Combien ? {{{answers}}}")
    assert found.type == "numerical"
    assert (score(found, right), score(found, wrong)) == (1, 0)


def test_what_is_told_of_a_wrong_number():
    found = only("En quelle année ? {#=1822:0#oui ~#cherchez encore}")
    graded = grade(load(found.content), "1900")
    assert (graded.score, graded.parts[0].feedback) == (0, "cherchez encore")


def test_a_missing_word_leaves_a_line():
    found = only("Le guichet {=ouvre ~ferme} à neuf heures.")
    assert found.content["text"] == "Le guichet _____ à neuf heures."


def test_formats_comments_categories_and_lines():
    text = (
        "// un commentaire\n$CATEGORY: $course$/top/Accueil\n\n\n"
        "// encore\n::Un::[html]<p>Vrai <b>ou</b> faux</p>{T}\n\n"
        "::Deux::[markdown]Un *mot*{F}\n\n[plain]a < b{T}\n"
    )
    found = gift.read(text.encode())
    assert [(each.line, each.category, each.name) for each in found] == [
        (6, "Accueil", "Un"),
        (8, "Accueil", "Deux"),
        (10, "Accueil", "a < b"),
    ]
    assert [each.content["text"] for each in found] == [
        "<p>Vrai <b>ou</b> faux</p>",
        "<p>Un <em>mot</em></p>",
        "a &lt; b",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Racontez une visite. {}", "essay"),
        ("Voici un texte.", "description"),
    ],
)
def test_what_is_no_question_that_a_machine_grades_is_refused(text, kind):
    found = only(text)
    assert (found.type, found.verdict) == (kind, Verdict.REFUSED)
    assert found.reasons == [str(types.GIFT[kind].note)]


@pytest.mark.parametrize(
    "text",
    [
        "Une accolade { =oui ~non",
        "Deux {=a}{=b}",
        "x {=a -> b =c}",
        "x {bonjour ~non}",
        "x {#douze}",
        "x {~%50%a ~b}",
        "x {~%500%a ~b}",
        "[latex]x{T}",
    ],
)
def test_a_fault_is_told_and_leaves_the_others_alone(text):
    faulty, good = gift.read(f"{text}\n\nVrai ? {{T}}".encode())
    assert faulty.verdict == Verdict.REFUSED
    assert faulty.reasons
    assert good.verdict == Verdict.EXACT


@pytest.mark.parametrize("content", [b"\xe9t\xe9 {T}", b"a\x00b {T}"])
def test_what_is_no_text_is_refused_whole(content):
    with pytest.raises(Unreadable):
        gift.read(content)


def test_a_file_in_utf_16_is_read():
    assert gift.read("été {T}".encode("utf-16"))[0].content["text"] == "été"


def test_the_table_names_each_type_that_is_read():
    exact = {code for code, held in types.GIFT.items() if held.verdict == Verdict.EXACT}
    assert exact == {"$CATEGORY", "missingword", *gift.READERS}
