"""Every project that the sources name has its sheet, and no sheet says what no source does."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from initiatives.demo_load import named, read

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "initiatives-sources.md"
LETTERS_BETWEEN_WORDS = 60
SHEETS = list(named())
PAIRS = [(entry["file"], entry["words"], row["slug"]) for row in SHEETS for entry in row["named"]]


def table(number):
    """The rows of one table of the document."""
    blocks = re.findall(r"(?:^\|.*\n)+", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = blocks[number].splitlines()[2:]
    return [
        tuple(cell.strip().strip("`") for cell in line.strip("| ").split("|")) for line in lines
    ]


def fold(text):
    """Letters and digits alone: no accent, no case, no space, no punctuation."""
    text = text.casefold().replace("œ", "oe")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


@cache
def document(folder, number):
    (path,) = folder.glob(f"seeds/{number}_*.txt")
    return fold(path.read_text(encoding="utf-8"))


def test_the_document_and_the_sheets_name_the_same_projects():
    in_docs = {(file, words, slug) for words, file, slug in table(0)}
    assert in_docs == set(PAIRS)


@pytest.mark.parametrize(("file", "words", "slug"), PAIRS)
def test_each_project_is_named_in_its_source(shared_dir, file, words, slug):
    found = [fold(word) for word in re.findall(r"[^\W_]+", words)]
    gap = f".{{0,{LETTERS_BETWEEN_WORDS}}}?"
    assert re.search(gap.join(map(re.escape, found)), document(shared_dir, file)), words


def test_each_mention_left_out_is_in_its_source(shared_dir):
    for words, file, _why in table(1):
        assert fold(words) in document(shared_dir, file), words


def test_each_maison_of_the_sources_is_on_a_sheet_or_left_out_with_a_reason():
    path = ROOT / "maisons" / "demo" / "named_in_sources.yaml"
    maisons = yaml.safe_load(path.read_text(encoding="utf-8"))
    shown = {slug for row in SHEETS for slug in row.get("maisons", [])}
    left_out = " ".join(words for words, _file, _why in table(1))
    without = [m for m in maisons if m["slug"] not in shown]
    assert [m["slug"] for m in without if m["sources"][0]["words"] not in left_out] == []
    assert shown <= {m["slug"] for m in maisons}


def test_each_sheet_has_its_source_its_date_and_a_summary_that_fits():
    for row in SHEETS:
        assert row["named"] and row["date"], row["slug"]
        assert 20 < len(row["summary"]) <= 400, row["slug"]
        for figure in row.get("figures", []):
            assert figure.keys() == {"value", "label", "source", "date"}, row["slug"]


def test_no_cost_is_made_up():
    assert not [row["slug"] for row in SHEETS if "cost" in row or "fundings" in row]


def test_no_sentence_of_a_source_is_copied(shared_dir):
    """Ten words in a row of a sheet are in no source: facts carry over, sentences do not."""
    texts = [document(shared_dir, file) for file in ("000", "001", "002")]
    copied = []
    for row in SHEETS:
        for name in ("summary", "objectives", "actions", "results", "reuse"):
            words = [fold(word) for word in re.findall(r"[^\W_]+", row.get(name, ""))]
            runs = ("".join(words[n : n + 10]) for n in range(len(words) - 9))
            copied += [(row["slug"], run) for run in runs if any(run in text for text in texts)]
    assert copied == []


def test_what_was_made_up_is_marked():
    assert all(row["fictitious"] for row in read("fictitious")["sheets"])
    assert all("fictif" in row["note"] for row in read("fictitious")["adoptions"])


def typeset(node):
    if isinstance(node, str):
        yield node
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from typeset(inner)


@pytest.mark.parametrize("row", [*SHEETS, *read("fictitious")["sheets"]], ids=lambda r: r["slug"])
def test_french_spaces_never_break(row):
    shown = {key: value for key, value in row.items() if key not in {"named", "slug", "date"}}
    wrong = [
        text for text in typeset(shown) if re.search(r"(« | »| [;:!?]|\d \d{3}\b| €| %)", text)
    ]
    assert wrong == []
