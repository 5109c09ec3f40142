"""Names of places are found whatever their spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.places import normalise_place_name

FRENCH = st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ0123456789 -'’", max_size=40)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Saint-Étienne", "st etienne"),
        ("St Etienne", "st etienne"),
        ("ST. ETIENNE", "st etienne"),
        ("Sainte-Mère-Église", "ste mere eglise"),
        ("Ste-Mère-Église", "ste mere eglise"),
        ("Saintes", "saintes"),
        ("L’Abergement-Clémenciat", "l abergement clemenciat"),
        ("L'Abergement Clemenciat", "l abergement clemenciat"),
        ("Œuilly", "oeuilly"),
        ("Neuilly s/ Seine", "neuilly sur seine"),
        ("Rosny s/s Bois", "rosny sous bois"),
        (
            "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
            "st remy en bouzemont st genest et isson",
        ),
        ("  Étrépagny ", "etrepagny"),
        ("E\u0301trepagny", "etrepagny"),
        ("Ÿ", "y"),
        ("!?", ""),
    ],
)
def test_a_name_has_one_key_whatever_its_spelling(written, key):
    assert normalise_place_name(written) == key


def test_saint_inside_a_word_is_not_shortened():
    assert normalise_place_name("Toussaint Saintry") == "toussaint saintry"


@given(st.text(max_size=60))
def test_a_key_is_plain_and_normalising_it_changes_nothing(text):
    key = normalise_place_name(text)
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789 " for c in key)
    assert key == " ".join(key.split())
    assert normalise_place_name(key) == key


@given(FRENCH)
def test_case_never_matters(text):
    assert normalise_place_name(text.upper()) == normalise_place_name(text)
    assert normalise_place_name(text.title()) == normalise_place_name(text)


@given(FRENCH)
def test_hyphens_apostrophes_and_spaces_are_one(text):
    joined = text.replace(" ", "-").replace("'", "’")
    assert normalise_place_name(joined) == normalise_place_name(text)


@given(FRENCH, FRENCH)
def test_a_key_is_made_word_by_word(first, second):
    together = normalise_place_name(f"{first} {second}").split()
    assert together == normalise_place_name(first).split() + normalise_place_name(second).split()
