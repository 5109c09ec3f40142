"""A path as its learner sees it: what each line says, where it leads, where they go on."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from learning.paths import addresses
from learning.paths.preview import previewing
from learning.paths.shown import Held, Known, put_together
from learning.paths.structure import ChapterOutline, Outline, UnitOutline

NOW = timezone.now()
TODAY = timezone.localdate()


def outline(*changes):
    """Units A, B, C… of ten minutes each, marked done by hand."""
    units = tuple(
        replace(
            UnitOutline(f"u{n}", f"Unité {n}", "link", 10, True, "marked", 0, 0.0, (), None),
            **change,
        )
        for n, change in enumerate(changes)
    )
    return Outline("Parcours", (ChapterOutline("c", "Chapitre", units),))


def lines(held, **known):
    return put_together(uuid.uuid4(), held, Known(**known)).units()


def test_a_line_says_how_the_unit_stands_and_how_long_it_lasts():
    done, begun, fresh = lines(
        outline({}, {"minutes": 1}, {"required": False}),
        progress={"u0": Held(NOW, 60), "u1": Held(None, 60)},
    )
    assert [done.facts, begun.facts] == ["Fait · 10 minutes", "Commencé · 1 minute"]
    assert fresh.facts == f"{fresh.kind.label} · 10 minutes · facultative"
    assert [done.icon, begun.icon, fresh.icon] == ["check", fresh.kind.icon, fresh.kind.icon]


def test_a_line_says_what_finishes_it_until_it_is_done():
    watched = {"rule": "played", "threshold": 80}
    (todo,) = lines(outline(watched))
    (done,) = lines(outline(watched), progress={"u0": Held(NOW, 60)})
    assert todo.facts.endswith("80\xa0% de l’enregistrement")
    assert done.facts == "Fait · 10 minutes"


def test_a_closed_line_says_why_in_the_reader_s_language():
    _first, waits, later = lines(
        outline({}, {"needs": ("u0",)}, {"opens_on": TODAY + dt.timedelta(days=400)}),
        titles={"u0": "Unit nought"},
    )
    assert waits.facts.startswith("Après\xa0: Unit nought · ")
    assert later.facts.startswith("Ouvre le ")
    assert {waits.icon, later.icon} == {"clock"}


def test_what_was_withdrawn_is_no_longer_asked():
    gone, after = lines(outline({}, {"needs": ("u0", "elsewhere")}), archived={"u0"})
    assert gone.facts.startswith("Retiré") and not gone.is_open
    assert after.waits_for == ["Unité 0"]


@pytest.mark.parametrize("preview", [False, True])
def test_each_line_leads_to_its_unit_and_in_a_preview_to_its_preview(preview):
    path, unit = uuid.uuid4(), str(uuid.uuid4())

    def leads():
        (line,) = put_together(path, outline({"uuid": unit}), Known()).units()
        assert line.url == addresses.of_units(path)(unit)
        return line.url

    if preview:
        with previewing():
            assert "apercu" in leads()
    else:
        assert leads() == f"/espace-pro/parcours/{path}/etapes/{unit}/"


def test_an_icon_is_drawn_as_its_component():
    from django.template import engines

    drawn = engines["django"].from_string('{% icon "check" %}').render({})
    assert drawn == render_to_string("components/icon.html", {"name": "check"})
    assert "#check" in drawn


def test_words_that_stay_french_say_so_in_another_language():
    with translation.override("en"):
        known = Known(titles={"u0": "Unit nought"})
        view = put_together(uuid.uuid4(), outline({}, {}), known)
    assert (view.lang, [unit.lang for unit in view.units()]) == ("fr", ["", "fr"])
    assert put_together(uuid.uuid4(), outline({}), Known()).lang == ""
