"""The rules of a path are said in words, and what would stop a learner is found before."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from learning.authoring import checks, outlines, publishing
from learning.authoring.checks import Level
from learning.models import ChapterPage, LearningPathPage, UnitPage
from learning.paths import wording
from learning.paths.cycles import circle, never_open
from learning.paths.factories import add_unit, make_path
from learning.paths.structure import ChapterOutline, Outline, UnitOutline


def unit(title, *needs, **values):
    held = {
        "uuid": title,
        "title": title,
        "kind": "text",
        "minutes": 10,
        "required": True,
        "rule": "marked",
        "threshold": 0,
        "length": 0.0,
        "needs": needs,
        "opens_on": None,
    }
    return UnitOutline(**{**held, **values})


def outline(*units):
    return Outline("Parcours", (ChapterOutline("c", "Chapitre", tuple(units)),))


def found(*units):
    return [(each.level, each.unit) for each in checks.findings(outline(*units))]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "video", "rule": "played", "threshold": 80}, "regarder 80 % de l’enregistrement"),
        ({"rule": "time", "threshold": 5}, "y passer 5 min"),
        ({"rule": "seen"}, "l’ouvrir"),
        ({"kind": "session", "rule": "decided"}, "être présent"),
    ],
)
def test_what_finishes_a_unit_is_said(values, said):
    (text,) = wording.unit_rules(unit("A", **values), {})
    assert (
        text.replace("\u00a0", " ").replace("\u202f", " ").startswith("Pour terminer cette étape")
    )
    assert said in text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_rule_of_a_unit_is_said_once():
    told = unit("C", "A", "B", "gone", required=False, opens_on=dt.date(2027, 5, 1))
    said = wording.unit_rules(told, {"A": "Lire", "B": "Voir"})
    assert len(said) == 4
    assert "Lire" in said[1]
    assert "Voir" in said[1]
    assert "1er mai 2027" in said[2]
    assert "acultatif" in said[3] or "acultative" in said[3]


def test_a_sound_path_has_nothing_to_mend():
    assert found(unit("A"), unit("B", "A")) == []


def test_units_that_wait_for_each_other_are_an_error_told_once():
    assert found(unit("A", "C"), unit("B", "A"), unit("C", "B"), unit("D", "C")) == [
        (Level.ERROR, "A"),
        (Level.ERROR, "D"),
    ]


def test_what_an_author_should_look_at_is_a_warning():
    late = dt.date(2027, 1, 1)
    assert found(
        unit("A", required=False, opens_on=late),
        unit("B", "A", opens_on=late),
        unit("C", rule="time", threshold=30),
    ) == [(Level.WARNING, "B"), (Level.WARNING, "C")]
    assert found(unit("A", opens_on=late), unit("B", "A")) == [(Level.WARNING, "B")]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "video", "rule": "played", "threshold": 80, "length": 0.0},
        {"kind": "video", "rule": "played", "threshold": 120, "length": 10.0},
        {"kind": "unheard-of"},
        {"rule": "score", "threshold": 50},
        {"rule": "time", "threshold": 0},
    ],
)
def test_a_unit_that_nobody_could_finish_is_an_error(values):
    assert found(unit("A"), unit("B", **values)) == [(Level.ERROR, "B")]


def test_a_path_without_a_required_unit_can_never_be_completed():
    assert found(unit("A", required=False)) == [(Level.ERROR, "")]


# A machine that does much else at once is slow, and not wrong.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NEEDS = st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7), max_size=3), max_size=8)


@calm
@given(NEEDS)
def test_a_circle_leads_back_to_where_it_starts_and_keeps_it_shut(needs):
    for key in needs:
        way = circle(needs, key)
        if way:
            steps = list(zip(way, [*way[1:], key], strict=True))
            assert all(two in needs[one] for one, two in steps)
            assert key in never_open(needs)


@calm
@given(NEEDS)
def test_what_is_in_no_circle_and_waits_for_none_opens(needs):
    shut = never_open(needs)
    for key in shut:
        assert any(each in shut for each in needs[key])


# -- On pages ----------------------------------------------------------------------------------


@pytest.fixture
def author(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def page_of(path):
    return LearningPathPage.objects.get(translation_key=path.uuid)


def form_data(page, needs):
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    value = {
        "url": "https://example.org/",
        "site": "Exemple",
        "introduction": '{"blocks": [{"key": "a", "text": "Lire.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
    }
    fields = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "act": "",
        "minutes": 10,
        "required": "on",
        "rule": "marked",
        "threshold": 0,
        "listing_image_alt": "",
        "content": streamfield([("link", value)]),
    }
    return {**nested_form_data(fields), "needs": [each.pk for each in needs]}


@pytest.mark.django_db
def test_the_form_of_a_unit_refuses_a_circle_and_units_of_other_paths(client, author):
    path, other = make_path({"title": "A"}, {"title": "B"}), make_path({"title": "Ailleurs"})
    one = UnitPage.objects.get(title="A")
    two = UnitPage.objects.get(title="B")
    two.needs.set([one])
    two.save()
    address = reverse("wagtailadmin_pages:edit", args=[one.pk])
    text = client.post(address, form_data(one, [two])).content.decode()
    assert "s’attendent l’une l’autre" in text
    elsewhere = UnitPage.objects.get(title="Ailleurs")
    client.post(address, form_data(one, [elsewhere]))
    assert not one.get_latest_revision()
    assert client.post(address, form_data(one, [])).status_code == 302
    assert other.uuid != path.uuid


@pytest.mark.django_db
def test_a_path_with_a_circle_is_not_published_whole_and_the_outline_says_why(client, author):
    path = make_path({"title": "A"}, {"title": "B"})
    one, two = UnitPage.objects.get(title="A"), UnitPage.objects.get(title="B")
    for each, needed in ((one, two), (two, one)):
        each.needs.set([needed])
        each.save()
    one.title = "A changée"
    one.save_revision()
    page = page_of(path)
    with pytest.raises(publishing.CannotPublish):
        publishing.publish(page, by=author)
    text = client.get(reverse("learning_path_outline", args=[page.pk])).content.decode()
    assert "s’attendent l’une l’autre" in text
    client.post(reverse("learning_path_publish", args=[page.pk]))
    one.refresh_from_db()
    assert one.title == "A"


@pytest.mark.django_db
def test_drafts_are_published_at_once_as_one_version(author):
    path = make_path({}, {})
    page = page_of(path)
    chapter = ChapterPage.objects.child_of(page).get()
    for number in range(3):
        add_unit(chapter, number + 3, title=f"Neuve {number}", live=False)
    assert publishing.publish(page, by=author) == 3
    path.refresh_from_db()
    assert path.version.number == 2
    assert len(path.version.structure["chapters"][0]["units"]) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 40])
def test_the_outline_costs_as_many_queries_whatever_its_length(
    author, count, django_assert_max_num_queries
):
    page = page_of(make_path(*({} for _n in range(count))))
    with django_assert_max_num_queries(12):
        found = outlines.read(page)
    assert found.units == count
    assert uuid.UUID(found.chapters[0].units[0].outline.uuid)
