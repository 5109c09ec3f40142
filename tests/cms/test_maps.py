"""The map of departments: light, the same as text, and points where they belong."""

import itertools
import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from cms import maps
from cms.maps import bounds, build_map, project
from cms.models.territories import Department, Region
from cms.territories import read_territories


@pytest.fixture
def departments(db):
    data = read_territories()
    Region.objects.bulk_create([Region(code=r["code"], name=r["name"]) for r in data["regions"]])
    Department.objects.bulk_create(
        Department(code=d["code"], name=d["name"], region_id=d["region"], outline=d["outline"])
        for d in data["departments"]
    )


def render(**context):
    template = Template(
        "{% load places %}{% department_map title highlighted links labels region dots description %}"
    )
    defaults = {"title": "Carte", "highlighted": "", "links": None, "labels": None}
    return template.render(
        Context(defaults | {"region": "", "dots": (), "description": ""} | context)
    )


def test_all_departments_with_a_link_each_weigh_under_60_kilobytes(departments):
    links = {
        code: f"/maisons/?departement={code}"
        for code in Department.objects.values_list("code", flat=True)
    }
    html = render(links=links)
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert drawing.count("<path") == drawing.count("<title>") == 101
    assert len(drawing.encode()) < 60_000


def test_a_map_costs_one_query(departments, django_assert_num_queries):
    with django_assert_num_queries(1):
        render(highlighted="15 43 2A")


def test_what_is_highlighted_is_also_written(departments):
    html = render(highlighted="15 2A", labels={"15": "12 Maisons"}, links={"15": "/maisons/?d=15"})
    text = html[html.index("<ul") :]
    assert re.findall(r"<li>(.*?)</li>", text) == [
        '<a href="/maisons/?d=15">Cantal</a> <span class="department-map__label">12 Maisons</span>',
        "Corse-du-Sud",
    ]
    assert html.count('class="on"') == 2


def test_unknown_codes_and_hostile_texts_do_no_harm(departments):
    html = render(highlighted=["99", "<x>"], title='"><script>', description="<script>")
    assert "<script>" not in html and 'class="on"' not in html


def test_a_map_of_one_region_is_framed_close(departments):
    near = build_map("Corse", ["2A"], region="94")
    assert [shape.code for shape in near.shapes] == ["2A", "2B"]
    assert float(near.view_box.split()[2]) < 150 and near.frames == []


def test_numbers_are_told_by_tones_each_with_its_bounds(departments):
    counts = {"15": 1, "19": 2, "23": 2, "43": 3, "63": 9, "69": 1200, "87": 0}
    drawing = build_map("Agents", counts=counts)
    tones = {shape.code: shape.tone for shape in drawing.shapes}
    assert [tones[code] for code in counts] == [1, 2, 2, 3, 4, 4, 0]
    assert tones["75"] == 0
    legend = [(1, "1"), (2, "2"), (3, "3"), (4, "9 à 1\u202f200")]
    assert drawing.legend == legend
    html = Template("{% load places %}{% draw_map map %}").render(Context({"map": drawing}))
    assert html.count('class="department-map__tone--4"') == 3
    assert [words for _tone, words in legend] == re.findall(r"</svg> (.*?)</li>", html)


@pytest.mark.parametrize("counts", [{}, {"15": 0}, {"15": 4}, {"15": 4, "43": 4}])
def test_one_number_needs_no_legend(departments, counts):
    drawing = build_map("Agents", counts=counts)
    assert drawing.legend == []
    assert {shape.tone for shape in drawing.listed} <= {4}


@given(st.dictionaries(st.sampled_from(["15", "43", "63", "69", "87"]), st.integers(0, 10**6)))
def test_more_is_never_lighter_and_each_is_within_the_bounds_of_its_tone(counts):
    starts = maps._steps(counts)
    tones = {code: maps._tone(number, starts) for code, number in counts.items()}
    for one, other in itertools.combinations(counts, 2):
        assert (counts[one] - counts[other]) * (tones[one] - tones[other]) >= 0
    assert {tone for tone in tones.values() if tone} == {
        maps._tone(start, starts) for start in starts
    }


@pytest.mark.parametrize(
    ("department", "latitude", "longitude"),
    [
        ("74", 45.899, 6.129),
        ("29", 48.390, -4.486),
        ("2A", 41.919, 8.738),
        ("971", 15.997, -61.726),
        ("974", -20.878, 55.448),
        ("976", -12.78, 45.227),
    ],
)
def test_a_prefecture_falls_inside_its_department(departments, department, latitude, longitude):
    x, y = project(latitude, longitude, department)
    left, top, right, bottom = bounds(Department.objects.get(code=department).outline)
    assert left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1


def test_a_collectivity_outside_the_map_has_no_point():
    assert project(46.77, -56.17, "975") is None
