"""CSV files as spreadsheets write them: read whole, or refused with what would do."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.csv_rows import MAX_ROWS, Column, Row, Unreadable, read

COLUMNS = [
    Column("email", "Courriel", ("e-mail",)),
    Column("city", "Ville"),
    Column("note", "Note", required=False),
]
TEXT = "Courriel;Ville\nzoe@example.org;Évry\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_encoding_of_a_spreadsheet_is_read(encoding):
    [row] = read(TEXT.encode(encoding), COLUMNS)
    assert (row.line, row["email"], row["city"], row["note"]) == (2, "zoe@example.org", "Évry", "")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_in_the_header(separator):
    text = TEXT.replace(";", separator)
    assert read(text.encode(), COLUMNS)[0]["city"] == "Évry"


def test_headers_are_known_whatever_their_case_accents_and_order():
    assert read("VILLE ,  E-Mail\nÉvry,zoe@example.org\n".encode(), COLUMNS)[0]["city"] == "Évry"


def test_line_numbers_are_those_of_the_file():
    text = 'Courriel;Ville\n\n"a@example.org";"deux\nlignes"\n;\nb@example.org;Nancy\n# Filtres\n'
    assert [(row.line, row["city"]) for row in read(text.encode(), COLUMNS)] == [
        (3, "deux lignes"),
        (6, "Nancy"),
    ]


def test_a_formula_is_text():
    [row] = read(b'Courriel;Ville\n"=HYPERLINK(""x"")";@SUM(A1)\n', COLUMNS)
    assert row["email"] == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Ville\nNancy\n", "Courriel"),
        (b"Courriel;Ville;Ville\na;b;c\n", "Ville"),
        (b"Courriel;Ville\n", "en-t"),
        (b"", "Courriel"),
        (b"PK\x03\x04\x00\x00", "CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_would_do(content, says):
    with pytest.raises(Unreadable) as raised:
        read(content, COLUMNS)
    assert says in raised.value.message


@pytest.mark.parametrize("content", [b"x" * 200_000, b"Courriel;Ville\n" + b"x" * 200_000])
def test_a_cell_without_end_is_said_of_its_line(content):
    with pytest.raises(Unreadable) as raised:
        read(content, COLUMNS)
    assert raised.value.message.startswith("La ligne ")


def test_there_is_a_limit_to_the_lines():
    with pytest.raises(Unreadable):
        read(b"Courriel;Ville\n" + b"a;b\n" * (MAX_ROWS + 1), COLUMNS)


def test_a_line_with_too_many_cells_is_a_problem_of_that_line_alone():
    first, second = read(b"Courriel;Ville\na;b;c\na;b\n", COLUMNS)
    assert first.problem and not second.problem


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn")))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=20), st.sampled_from(";,\t|"))
def test_what_a_csv_writer_writes_is_read_again(rows, separator):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["Courriel", "Ville"])
    writer.writerows(rows)
    wanted = [
        (" ".join(a.split()), " ".join(b.split()))
        for a, b in rows
        if (a.strip() or b.strip()) and not " ".join(a.split()).startswith("#")
    ]
    try:
        found = [(row["email"], row["city"]) for row in read(file.getvalue().encode(), COLUMNS)]
    except Unreadable:
        found = []
    assert [tuple(map(normal, pair)) for pair in found] == [
        tuple(map(normal, pair)) for pair in wanted
    ]


def normal(text):
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", text).split())


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(content):
    try:
        rows = read(content, COLUMNS)
    except Unreadable:
        return
    assert all(isinstance(row, Row) for row in rows)
    assert "\\u0000" not in json.dumps([row.cells for row in rows])
