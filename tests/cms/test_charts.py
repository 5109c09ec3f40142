"""Charts: what they draw, what their table says, and that neither needs the other."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.charts import (
    Bar,
    Month,
    Pair,
    Stack,
    Step,
    bars,
    months,
    nice_top,
    pairs,
    stacked,
    steps,
)
from cms.numbers import figure


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr"):
        yield


def drawn(chart) -> str:
    return render_to_string("components/chart.html", {"chart": chart})


def cells(chart) -> list[list[str]]:
    return [[getattr(c, "get", dict)("value", c) if isinstance(c, dict) else c for c in row] for row in chart.rows]  # fmt: skip


def cities(rows, **more):
    return bars("villes", "Agents par ville", rows, heading="Ville", measure="Agents", **more)


def test_numbers_are_french():
    assert figure(1234.5, 1) == "1\u202f234,5"
    assert figure(40, unit="%") == "40\u00a0%"


def test_a_bar_is_as_wide_as_its_share_of_the_largest():
    chart = cities([Bar("Limoges", 12), Bar("Mende", 3), Bar("Ayen", 0)])
    assert [item["width"] for item in chart.items] == ["100.00%", "25.00%", ""]
    assert cells(chart) == [["Limoges", "12"], ["Mende", "3"], ["Ayen", "0"]]


def test_a_share_is_drawn_on_the_whole_width():
    chart = cities([Bar("Limoges", 40)], unit="%", maximum=100)
    assert chart.items[0]["width"] == "40.00%"
    assert chart.has_track


def test_what_is_not_shown_has_no_bar_and_says_why():
    chart = cities([Bar("Limoges", 12), Bar("Mende", None, note="moins de 5 réponses")])
    assert chart.items[1]["width"] == ""
    assert drawn(chart).count("moins de 5 réponses") == 2, "in the drawing and in the table"


def test_each_figure_stands_in_the_drawing_and_in_the_table_with_its_link():
    page = drawn(cities([Bar("Limoges", 1204, "/liste/?ville=limoges")]))
    assert page.count("1\u202f204") >= 2
    assert page.count('href="/liste/?ville=limoges"') == 2
    assert 'role="group"' in page


def test_without_links_the_drawing_is_one_picture_with_its_description():
    page = drawn(cities([Bar("Limoges", 12), Bar("Mende", 3)]))
    assert 'role="img"' in page
    assert "Limoges" in re.search(r"<desc[^>]*>(.*?)</desc>", page).group(1)


def test_the_parts_of_a_scale_follow_each_other_to_the_end():
    chart = stacked(
        "q", "Avis", [Stack("Contenu", (1, 0, 3))], ["Non", "Moyen", "Oui"], heading="Question"
    )
    parts = chart.items[0]["parts"]
    assert [(part["x"], part["width"]) for part in parts] == [
        ("0.00%", "25.00%"),
        ("25.00%", "75.00%"),
    ]
    assert cells(chart) == [["Contenu", "1 (25\u00a0%)", "0 (0\u00a0%)", "3 (75\u00a0%)", "4"]]


def test_a_scale_that_is_not_shown_keeps_its_row():
    chart = stacked(
        "q", "Avis", [Stack("Contenu", None, note="trop peu")], ["Non", "Oui"], heading="Question"
    )
    assert chart.items[0]["parts"] == []
    assert cells(chart) == [["Contenu", "trop peu", "–", "–"]]


def test_a_pair_has_two_bars_on_one_scale():
    rows = [Pair("Accueil", (50, 100), "/liste/")]
    chart = pairs("p", "Justes", rows, ("avant", "après"), heading="Module", unit="%", maximum=100)
    first, second = (float(bar["width"].rstrip("%")) for bar in chart.items[0]["bars"])
    assert second == 2 * first
    assert cells(chart)[0][1:] == ["50\u00a0%", "100\u00a0%"]
    assert drawn(chart).count("avant") == 2, "in the legend and in the table"


def test_a_line_is_broken_where_a_month_is_not_shown():
    values = (4, 8, None, 2)
    chart = months(
        "m", "Par mois", [Month(dt.date(2016, n + 1, 1), v) for n, v in enumerate(values)],
        measure="Agents",
    )  # fmt: skip
    assert len(chart.segments) == 1
    assert cells(chart)[2] == ["mars 2016", "–"]


def test_many_months_keep_their_links_in_the_table_alone():
    points = [Month(dt.date(2015 + n // 12, n % 12 + 1, 1), n, "/liste/") for n in range(24)]
    chart = months("m", "Par mois", points, measure="Agents")
    assert not chart.has_links
    assert drawn(chart).count('href="/liste/"') == 24


def test_a_label_cannot_write_markup():
    page = drawn(cities([Bar("<script>alert(1)</script>", 3, '/x/"onload="')]))
    assert "<script" not in page
    assert 'onload="' not in page


def test_measures_keep_their_point_in_french():
    page = drawn(cities([Bar("Limoges", 3), Bar("Mende", 2)]))
    assert 'width="66.67%"' in page


@given(st.floats(min_value=0.001, max_value=1e9))
def test_an_axis_ends_above_its_values_and_not_far(value):
    assert value <= nice_top(value) <= 2.5 * value


@given(st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=1e6)), max_size=30))
def test_any_row_of_figures_draws(values):
    chart = cities([Bar(f"Ville {n}", value) for n, value in enumerate(values)])
    widths = [float(item["width"].rstrip("%")) for item in chart.items if item["width"]]
    assert all(0 <= width <= 100 for width in widths)
    assert drawn(chart)


@given(st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=1e6)), max_size=30))
def test_any_row_of_months_draws(values):
    points = [Month(dt.date(2010 + n // 12, n % 12 + 1, 1), v) for n, v in enumerate(values)]
    assert drawn(months("m", "Par mois", points, measure="Agents"))


def test_a_funnel_draws_both_figures_of_each_step_and_links_them_in_its_table():
    rows = [
        Step("Lire", (8, 6), urls=("?commencee=1", "?faite=1")),
        Step("Essayer", (4, 0), urls=("?commencee=2", "?faite=2")),
    ]
    said = ("Commencée", "Faite")
    chart = steps("e", "Étapes", rows, said, heading="Étape", maximum=8, whole=("Inscrits", "?"))
    full, half = (item["bars"][0]["height"] for item in chart.items)
    assert float(full[:-2]) == 2 * float(half[:-2])
    assert '<a href="?faite=1">6</a>' in drawn(chart) and '<a href="?">8</a>' in drawn(chart)


def test_a_funnel_of_many_steps_keeps_its_links_to_the_table():
    rows = [Step(f"Étape {n}", (1, 1), url="?") for n in range(40)]
    chart = steps("e", "Étapes", rows, ("Commencée", "Faite"), heading="Étape", maximum=1)
    assert not chart.has_links and all(not item["url"] for item in chart.items)
    assert drawn(chart).count('href="?"') == 40
