"""Useful or not: one opinion each, changed at will, and no figure under five."""

import pytest

from accounts.factories import UserFactory
from learning.assignments.factories import make_learner
from learning.models import UnitRating
from learning.opinions import results, services
from learning.paths.factories import make_path, units_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    return make_path()


def rate(path, useful, number=0, **more):
    unit = units_of(path)[number]
    return services.rate(make_learner(path), unit, useful=useful, **more)


def address(path):
    return f"{path.get_absolute_url()}etapes/{units_of(path)[0].uuid}/avis/"


def test_one_changes_one_s_mind_and_the_last_word_counts(client, path):
    row = make_learner(path)
    client.force_login(row.user)
    client.post(address(path), {"useful": "no", "reasons": ["long", "dated"], "words": "Trop long"})
    held = UnitRating.objects.get()
    assert {each.reason for each in held.reasons.all()} == {"long", "dated"}
    client.post(address(path), {"useful": "yes", "reasons": ["long"]})
    held = UnitRating.objects.get()
    assert (held.useful, held.reasons.count()) == (True, 0)
    client.post(address(path), {"withdraw": "1"})
    assert not UnitRating.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"useful": "x"}, {"useful": "no", "reasons": ["zz"]}])
def test_a_wrong_opinion_is_not_kept(client, path, sent):
    row = make_learner(path)
    client.force_login(row.user)
    assert client.post(address(path), sent).status_code == 302
    assert not UnitRating.objects.exists()


def test_whoever_does_not_follow_the_path_has_no_say(client, path):
    client.force_login(UserFactory(role="editor"))
    assert client.post(address(path), {"useful": "yes"}).status_code == 404


def test_under_five_answers_nothing_is_said(path):
    unit = units_of(path)[0]
    for _ in range(4):
        rate(path, False, reasons=["long"], words="Trop long")
    assert results.results([unit.uuid]) == {}
    assert results.to_improve() == []
    rate(path, True)
    found = results.results([unit.uuid])[str(unit.uuid)]
    assert (found.answers, found.useful, found.percent) == (5, 1, 20)
    assert found.reasons == [("C’est trop long", 4)]
    assert found.words == ["Trop long"] * 4


def test_units_to_improve_come_the_least_useful_first(path):
    for number, liked in ((0, 4), (1, 1), (2, 5)):
        for person in range(5):
            rate(path, person < liked, number=number)
    units = [str(unit.uuid) for unit in units_of(path)]
    # The one that everybody found useful is not to improve.
    assert [row.unit for row in results.to_improve()] == [units[1], units[0]]
