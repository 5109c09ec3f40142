"""A type of unit that somebody else writes needs its block, its rules and `record`: nothing else."""

import uuid

import pytest
from django.urls import reverse
from wagtail import blocks

from accounts.factories import UserFactory
from cms.blocks import StructBlock
from learning.authoring import outlines
from learning.models import Enrolment, LearningPathPage, UnitPage, UnitProgress
from learning.paths import services, unit_types
from learning.paths.factories import make_path, units_of
from learning.paths.kinds import CompletionRule as Rule
from learning.paths.record import CannotRecord, Report, record
from learning.paths.unit_types import UnitType

pytestmark = pytest.mark.django_db


class PlayerBlock(StructBlock):
    launch = blocks.CharBlock()


@pytest.fixture
def player(monkeypatch):
    """Registered as an app of its own would, and taken away afterwards."""
    stream = UnitPage._meta.get_field("content").stream_block
    monkeypatch.setattr(unit_types, "_types", dict(unit_types._types))
    monkeypatch.setattr(stream, "child_blocks", stream.child_blocks.copy())
    return unit_types.register(
        UnitType(
            code="player",
            label="Un lecteur",
            icon="play",
            rules=(Rule.SCORE, Rule.DECIDED),
            template="learning/paths/units/text.html",
            context=lambda unit, request: {"launch": unit.content[0].value["launch"]},
            acts={Rule.SCORE: "réussir %(n)s%% du jeu"},
            block=PlayerBlock(),
        )
    )


@pytest.fixture
def path(player):
    path = make_path({"rule": "score", "threshold": 60}, {})
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    unit = UnitPage.objects.descendant_of(page).order_by("path").first()
    field = UnitPage._meta.get_field("content")
    unit.content = field.to_python([{"type": "player", "value": {"launch": "index.html"}}])
    unit.rule, unit.threshold = "score", 60
    unit.save()
    unit.get_latest_revision() or unit.save_revision().publish()
    path.refresh_from_db()
    return path


@pytest.fixture
def enrolment(path):
    person = UserFactory()
    return services.enrol(path, person, by=person)


def test_editors_are_offered_its_block_and_its_rules_hold(player, path):
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    found = outlines.read(page)
    assert found.errors == []
    line = found.chapters[0].units[0]
    assert line.kind is player
    assert "réussir 60% du jeu" in line.rules[0]
    unit = UnitPage.objects.get(pk=line.page.pk)
    unit.rule = Rule.PLAYED
    with pytest.raises(Exception, match="rule"):
        unit.clean()


def test_its_totals_are_kept_by_record_alone_and_never_lowered(path, enrolment):
    unit = units_of(path)[0]

    def say(**said):
        return record(enrolment, unit, uuid.uuid4(), Report(**said))

    say(seconds=40, score=0.2, place={"scene": 2})
    say(seconds=100, score=0.5)
    late = say(seconds=60, score=0.1).progress
    assert (late.seconds, late.score, late.completed_at) == (100, 0.5, None)
    assert late.place == {"scene": 2}
    done = say(seconds=130, score=0.7, success=True).progress
    assert (done.seconds, done.score, done.success) == (130, 0.7, True)
    assert done.completed_at is not None
    row = Enrolment.objects.get(pk=enrolment.pk)
    assert row.done == 1
    # The time that a package declares is kept beside the time at work, and is not added to it.
    assert row.seconds == 0


def test_a_report_that_its_player_sends_twice_counts_once(path, enrolment):
    unit, event = units_of(path)[0], uuid.uuid4()
    record(enrolment, unit, event, Report(seconds=40, score=0.2))
    again = record(enrolment, unit, event, Report(seconds=400, score=1.0))
    assert again.again
    assert UnitProgress.objects.get(enrolment=enrolment).score == 0.2
    with pytest.raises(CannotRecord):
        record(enrolment, units_of(path)[1], event, Report())


def test_its_page_is_served_with_what_it_gives_the_template(client, path, enrolment):
    client.force_login(enrolment.user)
    unit = units_of(path)[0]
    response = client.get(reverse("learning:unit", args=[path.uuid, unit.uuid]))
    assert response.status_code == 200
    assert response.context["more"] == {"launch": "index.html"}
    assert "Un lecteur" in response.content.decode()


def test_no_stub_of_a_package_is_offered_to_anybody():
    stream = UnitPage._meta.get_field("content").stream_block
    assert {"scorm", "h5p", "package"}.isdisjoint(stream.child_blocks)
    assert unit_types.find("package") is None
