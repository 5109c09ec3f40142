"""Apps give each other things without importing each other; a mistake fails at start-up."""

import pytest

from cms.registry import POINTS, DuplicateProvider, Point


@pytest.fixture
def point():
    yield Point("test-point", "anything")
    POINTS.pop("test-point")


def test_providers_are_found_in_the_order_in_which_they_came(point):
    point.register("b", 2)
    point.register("a", 1)
    assert list(point) == [2, 1]
    assert point.get("a") == 1 and point.get("absent") is None


def test_two_providers_cannot_claim_one_key(point):
    point.register("a", 1)
    point.register("a", 1)
    with pytest.raises(DuplicateProvider):
        point.register("a", 2)


def test_a_function_is_registered_by_decoration(point):
    @point.provide("f")
    def provider():
        return 1

    assert point.get("f") is provider and provider() == 1


def test_every_point_says_what_its_providers_must_be():
    assert all(point.contract for point in POINTS.values())
