"""Every heading of the source documents is carried by a page of the demo issues.

Two lists say so: the tables of `docs/bulletin-sources-NNN.md`, for people, and the
`source_headings` of the YAML files, for the loader. They must agree both ways, and each heading
must be found in the source itself where the folder of sources is at hand.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

# The safe loader, in C where the library has it: ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ROOT = Path(__file__).resolve().parents[2]
ISSUES = sorted((ROOT / "bulletin" / "demo").glob("*/issue.yaml"))
TABLE_HEADER = "| Heading in the source | Page |"
# Headings of these documents run over lines and columns: between two of their words the extracted
# text may hold a piece of another column, never more than this many letters.
LETTERS_BETWEEN_WORDS = 60


@cache
def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def article_files(issue_file):
    """The French articles of an issue, in their order."""
    return sorted(
        path for path in issue_file.parent.glob("[0-9]*.yaml") if path.suffixes[0] == ".yaml"
    )


def headings_in_yaml(issue_file):
    """All pairs (heading, page) declared by an issue and its articles."""
    issue = load(issue_file)
    pairs = {(heading, issue["slug"]) for heading in issue.get("source_headings", [])}
    for path in article_files(issue_file):
        article = load(path)
        page = f"{issue['slug']}/{article['slug']}"
        pairs |= {(heading, page) for heading in article["source_headings"]}
    return pairs


def headings_in_docs(source):
    """All pairs (heading, page) in the table of one document of `docs/`."""
    text = (ROOT / "docs" / f"bulletin-sources-{source}.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(TABLE_HEADER)
    assert rest, f"docs/bulletin-sources-{source}.md has no table {TABLE_HEADER!r}"
    pairs = set()
    for line in rest.strip().splitlines():
        if not line.startswith("|"):
            break
        heading, page = (cell.strip().strip("`") for cell in line.strip("| ").split("|"))
        if set(heading) - set("-: "):
            pairs.add((heading, page))
    return pairs


def fold(text):
    """Letters and digits alone: no accent, no case, no space, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(character for character in decomposed if character.isalnum())


def occurs(heading, folded_source):
    """Whether the words of `heading` follow one another in the source, close together."""
    words = [fold(word) for word in re.findall(r"[^\W_]+", heading)]
    gap = f".{{0,{LETTERS_BETWEEN_WORDS}}}?"
    return bool(words) and re.search(gap.join(map(re.escape, words)), folded_source) is not None


def by_slug(path):
    return path.parent.name


@pytest.mark.parametrize("issue_file", ISSUES, ids=by_slug)
def test_the_docs_table_and_the_pages_name_the_same_headings(issue_file):
    in_docs = headings_in_docs(load(issue_file)["source"])
    in_yaml = headings_in_yaml(issue_file)

    assert in_docs - in_yaml == set(), "in docs/ but carried by no page"
    assert in_yaml - in_docs == set(), "carried by a page but not in docs/"


@pytest.mark.parametrize("issue_file", ISSUES, ids=by_slug)
def test_every_article_carries_a_heading_of_the_source(issue_file):
    without = [path.name for path in article_files(issue_file) if not load(path)["source_headings"]]

    assert without == []


@pytest.mark.parametrize("issue_file", ISSUES, ids=by_slug)
def test_each_heading_is_in_the_source_text(issue_file, shared_dir):
    [source] = (shared_dir / "seeds").glob(f"{load(issue_file)['source']}_*.txt")
    text = fold(source.read_text(encoding="utf-8"))

    missing = sorted(h for h, _ in headings_in_yaml(issue_file) if not occurs(h, text))

    assert missing == []


def test_each_documented_source_has_its_issue():
    documented = {path.stem.rpartition("-")[2] for path in ROOT.glob("docs/bulletin-sources-*.md")}

    assert documented == {load(path)["source"] for path in ISSUES}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("L’animation nationale", True),
        ("Grands témoins", True),
        ("Témoins grands", False),
        ("Une offre de service à bord", False),
    ],
)
def test_headings_are_matched_without_accents_case_or_spaces(heading, found):
    source = fold("G ra n\nds T É M O i N S\n L’animation  nationale\nUne offre adaptée")

    assert occurs(heading, source) is found
