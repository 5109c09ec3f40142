"""The transcript of a recording, moment by moment."""

from hypothesis import given
from hypothesis import strategies as st

from cms import timecodes, webvtt

VTT = """WEBVTT Kind: captions

NOTE
Une remarque --> sans heure

STYLE
::cue { color: red }

1
00:00:01.500 --> 00:00:04.000 align:start
<v Agent>Bonjour &amp; bienvenue
à tous

01:02.000 --> 01:03.000
<i></i>

01:00:00.000 --> 01:00:02.000
La fin.
"""


def test_cues_are_moments_without_tags_notes_or_styles():
    assert webvtt.cues(VTT) == [(1.5, "Bonjour & bienvenue à tous"), (3600.0, "La fin.")]
    assert webvtt.cues(VTT.replace("\n", "\r\n")) == webvtt.cues(VTT)


@given(st.text())
def test_whatever_the_file_holds_nothing_fails(text):
    for start, said in webvtt.cues(text):
        assert start >= 0
        assert said


@given(
    st.lists(
        st.tuples(st.integers(0, 9999), st.text(alphabet="abcdé ", min_size=1).filter(str.strip)),
        max_size=5,
    )
)
def test_what_is_written_is_read(cues):
    blocks = [
        f"{timecodes.webvtt(second)} --> {timecodes.webvtt(second + 1)}\n{text}"
        for second, text in cues
    ]
    read = webvtt.cues("\n\n".join(["WEBVTT", *blocks]))
    assert read == [(float(second), " ".join(text.split())) for second, text in cues]
