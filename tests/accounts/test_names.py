"""People are found by their names as one types them in a hurry."""

import pytest

from accounts.factories import UserFactory
from accounts.models import User
from accounts.names import named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "asked", ["Éléonore", "eleonore", "ÉLÉONORE", "lefevre eleo", "  l’abbé-lefèvre ", "Lefevre"]
)
def test_accents_case_and_order_do_not_matter(asked):
    person = UserFactory(first_name="Éléonore", last_name="L’Abbé-Lefèvre")
    UserFactory(first_name="Paul", last_name="Martin")
    assert list(named(User.objects.all(), asked)) == [person]


def test_each_word_must_be_there():
    UserFactory(first_name="Éléonore", last_name="Martin")
    assert not named(User.objects.all(), "Éléonore Durand").exists()


def test_nothing_asked_keeps_everybody():
    UserFactory()
    assert named(User.objects.all(), " ’ ").count() == User.objects.count()
