"""What a script sends is read, or refused: nothing that a database would choke on comes through."""

import json

import pytest

from cms.json_body import MOST_DEPTH, read_object


def nested(depth):
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "said",
    [
        '{"a": 1.5, "b": [[0, 39.02]], "c": {"d": "é \\ud83d\\ude00"}}',
        '{"a": -12345678901234}',
        "{}",
    ],
)
def test_an_object_is_read_as_it_is(said):
    assert read_object(said.encode()) == json.loads(said)


@pytest.mark.parametrize(
    "said",
    [
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 400 + b"}",
        b'{"a": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"a": ["\\ud800"]}',
        f'{{"a": {nested(MOST_DEPTH + 1)}}}'.encode(),
        f'{{"a": {nested(9_000)}}}'.encode(),
    ],
)
def test_what_no_database_keeps_is_refused(said):
    with pytest.raises(ValueError):
        read_object(said)
