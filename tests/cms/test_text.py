"""Text as French typography wants it."""

import pytest

from cms.text import french_spaces


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui vient ? « Moi » : oui !", "Qui vient\u202f? «\u00a0Moi\u00a0»\u00a0: oui\u202f!"),
        ("un ; deux", "un\u202f; deux"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
    ],
)
def test_no_sign_is_parted_from_its_word(typed, set_):
    assert french_spaces(typed) == set_
    assert french_spaces(set_) == set_
