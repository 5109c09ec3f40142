"""The paths of the demonstration: two, whole, every unit readable as a learner would."""

import pytest
from django.core.cache import cache

from accounts.models import User
from learning.models import Enrolment, LearningPath, UnitPage
from learning.paths import structure, unit_types

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def test_two_paths_of_at_least_twelve_units_and_two_hours():
    paths = LearningPath.objects.select_related("version")
    assert len(paths) == 2
    for path in paths:
        outline = structure.read(path.version)
        assert len(list(outline.units())) >= 12
        assert outline.minutes >= 120


def test_each_path_shows_every_type_of_unit_but_packages():
    for path in LearningPath.objects.select_related("version"):
        shown = {unit.kind for unit in structure.read(path.version).units()}
        assert shown == {each.code for each in unit_types.every()} - {"package"}


def test_the_document_of_a_unit_is_there_for_those_who_follow_it(client):
    client.force_login(User.objects.get(email="agent@example.org"))
    for page in UnitPage.objects.live():
        if page.kind == "document":
            document = page.content[0].value["document"]
            assert b"opendocument.text" in b"".join(client.get(document.url).streaming_content)


def test_every_unit_is_readable_and_ends_in_an_act(client):
    client.force_login(User.objects.get(email="cellule@example.org"))
    cache.clear()
    for path in LearningPath.objects.all():
        for unit in path.units.all():
            answer = client.get(f"{path.get_absolute_url()}etapes/{unit.uuid}/")
            assert answer.status_code == 200
            assert answer.context["value"] is not None
            assert answer.context["page"].act


def test_people_are_at_every_stage():
    rows = Enrolment.objects.all()
    assert {row.state for row in rows} == {"active", "completed", "left"}
    assert min(row.done for row in rows) == 0
