"""Moodle XML: what leaves comes back, what is lost is said, and no file does harm."""

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from learning.question_formats import documentation, moodle, types
from learning.question_formats.found import Unreadable, Verdict
from learning.question_formats.moodle_writer import WRITERS, Written, losses, write
from learning.quizzes.content import Kind, from_json, grade, load

from .strategies import QUESTIONS, WORDS, calm, without_ids


def quiz(*questions: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{"".join(questions)}</quiz>'.encode()


def question(kind: str, inside: str = "", text: str = "<p>Combien ?</p>") -> str:
    return f"""
<question type="{kind}"><name><text>Une question</text></name>
<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>"""


TWO = """<answer fraction="100"><text>Oui</text><feedback><text>Bien</text></feedback></answer>
<answer fraction="0"><text>Non</text></answer>"""


def only(*questions: str):
    (found,) = moodle.read(quiz(*questions))
    return found


@calm
@given(st.lists(st.tuples(WORDS, QUESTIONS), min_size=1, max_size=3))
def test_every_question_that_leaves_comes_back_as_it_was(held):
    written = [Written(name, "Accueil / bases", content) for name, content in held]
    found = moodle.read(write(written))
    assert [each.name for each in found] == [name.strip() for name, _content in held]
    assert all(each.category == "Accueil / bases" for each in found)
    assert [without_ids(each.content) for each in found] == [
        without_ids(content) for _name, content in held
    ]


def test_every_kind_of_the_bank_is_written():
    assert set(WRITERS) == set(Kind)
    assert {kind for kind, _write in WRITERS.values()} <= set(types.MOODLE)


@calm
@given(st.binary(max_size=200))
@example(b"")
@example(b"\x00\x00\xfe\xff")
@example(b'<?xml version="1.0" encoding="utf-7"?><quiz/>')
@example(b'<?xml version="1.0" encoding="klingon"?><quiz/>')
@example("<quiz>é</quiz>".encode("latin-1"))
@example(b"<quiz><question type='truefalse'><name><text>a\x00b</text></name></question></quiz>")
def test_bytes_of_any_kind_are_read_or_refused_in_words(content):
    try:
        found = moodle.read(content)
    except Unreadable as error:
        assert all(error.messages)
    else:
        assert all(each.reasons or each.content for each in found)


TAGS = st.sampled_from(
    [
        "question",
        "answer",
        "text",
        "name",
        "questiontext",
        "subquestion",
        "units",
        "unit",
        "tolerance",
    ]
)
KINDS = st.sampled_from([*types.MOODLE, "unheard-of", ""])


@st.composite
def trees(draw, depth=4):
    tag = draw(TAGS)
    share = draw(st.sampled_from(["100", "0", "-50", "x", "1e999", "NaN", ""]))
    inside = draw(WORDS) if depth == 0 else "".join(draw(st.lists(trees(depth - 1), max_size=3)))
    return f'<{tag} type="{draw(KINDS)}" fraction="{share}">{inside}</{tag}>'


@calm
@given(st.lists(trees(), max_size=4))
def test_a_tree_of_any_shape_is_read_or_refused_question_by_question(found):
    for each in moodle.read(quiz(*found)):
        assert each.content or each.reasons


BOMB = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<quiz><question type="truefalse"><name><text>&b;</text></name></question></quiz>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>"""


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, b"<quiz>" + b"<a>" * 5000, b"<html/>"])
def test_bombs_and_other_documents_are_refused(content):
    with pytest.raises(Unreadable):
        moodle.read(content)


def test_the_line_of_each_question_is_told():
    found = moodle.read(quiz("\n\n", question("essay"), "\n", question("truefalse")))
    assert [(each.position, each.line) for each in found] == [(1, 4), (2, 7)]


@pytest.mark.parametrize(
    "kind", [t.code for t in types.MOODLE.values() if t.verdict == Verdict.REFUSED] + ["unheard-of"]
)
def test_what_is_not_taken_says_why(kind):
    found = only(question(kind))
    assert found.verdict == Verdict.REFUSED
    assert found.reasons
    assert found.content is None


EXACT = {
    "multichoice": f"<single>true</single>{TWO}",
    "multichoiceset": TWO,
    "truefalse": '<answer fraction="100"><text>true</text></answer>'
    '<answer fraction="0"><text>false</text></answer>',
    "matching": "<subquestion><text>a</text><answer><text>1</text></answer></subquestion>"
    "<subquestion><text>b</text><answer><text>2</text></answer></subquestion>",
    "ordering": '<answer fraction="2"><text>deux</text></answer><answer fraction="1"><text>un</text></answer>',
    "shortanswer": '<answer fraction="100"><text>Quimper</text></answer>',
    "numerical": '<answer fraction="100"><text>3,5</text><tolerance>0.1</tolerance></answer>',
}


@pytest.mark.parametrize("kind", EXACT)
def test_what_is_exact_is_asked_and_graded_as_there(kind):
    found = only(question(kind, EXACT[kind]))
    assert found.reasons == []
    assert found.verdict == Verdict.EXACT == types.MOODLE[kind].verdict
    content = load(found.content)
    assert grade(content, content.right()).score == 1


def test_the_table_names_each_type_that_is_read_and_nothing_else():
    exact = {code for code, t in types.MOODLE.items() if t.verdict == Verdict.EXACT}
    assert exact == {"category", *EXACT}
    assert set(moodle.READERS) == set(EXACT)


def test_a_picture_that_is_not_in_the_file_is_named():
    text = '<p><img src="@@PLUGINFILE@@/a.png" alt="Un plan"> Où ?</p>'
    found = only(question("multichoice", f"<single>true</single>{TWO}", text))
    assert found.verdict == Verdict.LOSSY
    (reason,) = found.reasons
    assert "a.png" in reason
    assert "<img" not in found.content["text"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<file name="a.png" encoding="base64">iVBORw0KGgo=</file>', "<p>x</p>"),
        ("", '<p>Voir <iframe src="https://example.org/"></iframe></p>'),
        ("", "<p>Combien vaut $$x^2$$ ?</p>"),
        ("<hint><text>Cherchez</text></hint>", "<p>x</p>"),
        ("<tags><tag><text>accueil</text></tag></tags>", "<p>x</p>"),
        ("<shuffleanswers>false</shuffleanswers>", "<p>x</p>"),
        ("<hidden>1</hidden>", "<p>x</p>"),
    ],
)
def test_what_is_lost_is_said(inside, text):
    found = only(question("multichoice", f"<single>true</single>{inside}{TWO}", text))
    assert found.verdict == Verdict.LOSSY
    (reason,) = found.reasons
    assert reason in [str(each) for each in types.LOSSES]
    assert "<img" not in found.content["text"]


@pytest.mark.parametrize(
    ("grading", "whole", "said"),
    [
        ("ABSOLUTE_POSITION", False, 0),
        ("ALL_OR_NOTHING", True, 0),
        ("RELATIVE_NEXT_EXCLUDE_LAST", False, 1),
    ],
)
def test_orders_say_how_they_were_graded(grading, whole, said):
    inside = f"<gradingtype>{grading}</gradingtype>{EXACT['ordering']}"
    found = only(question("ordering", inside))
    assert (found.content["whole"], len(found.reasons)) == (whole, said)
    assert [item["text"] for item in found.content["items"]] == ["un", "deux"]


def test_scripts_never_come_in():
    found = only(
        question(
            "multichoice", f"<single>true</single>{TWO}", "<p onclick='x'>a<script>b</script></p>"
        )
    )
    assert found.content["text"] == "<p>a</p>"


@pytest.mark.parametrize(
    ("form", "text", "html"),
    [
        ("plain_text", "2 < 3\net plus", "2 &lt; 3<br>et plus"),
        ("markdown", "un **mot**", "<p>un <strong>mot</strong></p>"),
        ("moodle_auto_format", "un\ndeux", "un<br>deux"),
    ],
)
def test_the_format_of_a_text_is_followed(form, text, html):
    said = f'<question type="truefalse"><questiontext format="{form}"><text><![CDATA[{text}]]></text></questiontext>{EXACT["truefalse"]}</question>'
    assert only(said).content["text"] == html


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("$course$/top/Accueil", "Accueil"),
        ("$module$/top/Thème/Le guichet", "Le guichet"),
        ("Eau // air", "Eau / air"),
        ("$course$/top", ""),
        ("", ""),
    ],
)
def test_a_category_becomes_a_theme(path, named):
    assert moodle.category_of(path) == named


def test_what_moodle_will_not_do_is_said_before_it_is_exported():
    whole = {
        "kind": "multiple",
        "text": "x",
        "whole": True,
        "choices": [{"text": "a", "fraction": 1.0}, {"text": "b", "fraction": 0.0}],
    }
    words = {"kind": "short", "text": "x", "answers": [{"pattern": "été"}]}
    assert len(losses(from_json(whole))) == 1
    assert len(losses(from_json(words))) == 1
    assert losses(from_json({**words, "accents": True})) == []


def test_the_documentation_says_what_the_parsers_do():
    text = (settings.BASE_DIR / "docs" / "paths-question-formats.md").read_text(encoding="utf-8")
    told = text.partition(documentation.START)[2].partition(documentation.END)[0]
    assert told.strip() == documentation.tables()


def test_quotes_in_the_answers_of_a_matching_stay_as_they_are():
    pairs = "".join(
        f"<subquestion format='html'><text>{n}</text><answer><text>l'\"un\" &amp; {n}</text></answer></subquestion>"
        for n in (1, 2)
    )
    texts = [option["text"] for option in only(question("matching", pairs)).content["options"]]
    assert texts == ['l\'"un" &amp; 1', 'l\'"un" &amp; 2']
