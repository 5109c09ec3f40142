"""A text gives the same words whoever wrote it, and whatever they typed."""

import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import text


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("L’Œuvre d’Été à NOËL", ["oeuvre", "ete", "noel"]),
        ("la C.A.F. et l'A.D.I.L.", ["caf", "adil"]),
        ("35\u202f000 €, 2\u00a0845 maisons", ["35000", "2845", "maisons"]),
        ("co-voiturage", ["co", "voiturage", "covoiturage"]),
        ("Saint-Étienne-de-Cuines", ["saint", "etienne", "cuines", "saintetiennedecuines"]),
        ("aujourd’hui, qu'est-ce que c'est", ["estce"]),
        ("dé\u00adma\u200brche", ["demarche"]),
        ("e\u0301te\u0301", ["ete"]),
    ],
)
def test_words_of_a_text(written, words):
    assert [word for word, _written in text.words(written)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("formation", "formations"),
        ("opérateur", "opératrice"),
        ("local", "locaux"),
        ("itinérant", "itinérance"),
        ("retraite", "retraités"),
    ],
)
def test_endings_meet_in_the_stem(one, other):
    assert text.stem(one) == text.stem(other)


def test_a_number_is_its_own_stem():
    assert text.stem("1er") == "1er"
    assert text.stem("2016") == "2016"


def test_each_thread_stems_for_itself():
    words, wrong = [f"formations{'s' * n}" for n in range(1, 30)], []
    expected = {word: text.stem(word) for word in words}

    def work():
        for _ in range(40):
            for word in words:
                if text.stem.__wrapped__(word) != expected[word]:
                    wrong.append(word)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@given(st.text(max_size=300))
@example("0𝑨 K ﬁ İ")
@settings(max_examples=200, deadline=None)
def test_any_text_gives_words_that_can_be_stored(written):
    for word, as_written in text.words(written, stop=False):
        assert 0 < len(word) <= text.MAX_WORD
        assert "\x00" not in as_written
        assert text.fold(word) == word
        text.stem(as_written)
