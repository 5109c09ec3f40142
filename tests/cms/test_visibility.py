"""`visible_to` is the only truth about who may see a page."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms.factories import StandardPageFactory
from cms.models import BasePage
from cms.visibility import may_see

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return Group.objects.create(name="Members")


@pytest.fixture
def member(group):
    user = User.objects.create_user("member@example.org")
    user.groups.add(group)
    return user


@pytest.fixture
def stranger():
    return User.objects.create_user("stranger@example.org")


def restrict(page, kind, *groups, password=""):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password=password
    )
    restriction.groups.set(groups)


def seen_by(user):
    return set(BasePage.objects.visible_to(user).values_list("title", flat=True)) - {"Accueil"}


def test_a_public_page_is_for_everybody_and_a_draft_for_nobody(stranger):
    StandardPageFactory(title="Public")
    StandardPageFactory(title="Draft", live=False)
    assert seen_by(AnonymousUser()) == seen_by(None) == seen_by(stranger) == {"Public"}


def test_a_page_of_a_group_is_seen_by_its_members_alone(group, member, stranger):
    page = StandardPageFactory(title="Members only")
    StandardPageFactory(title="Below", parent=page)
    restrict(page, PageViewRestriction.GROUPS, group)
    assert seen_by(member) == {"Members only", "Below"}
    assert seen_by(stranger) == seen_by(AnonymousUser()) == set()


def test_a_page_behind_sign_in_is_seen_once_signed_in(stranger):
    restrict(StandardPageFactory(title="Signed in"), PageViewRestriction.LOGIN)
    assert seen_by(stranger) == {"Signed in"}
    assert seen_by(AnonymousUser()) == set()


def test_a_page_behind_a_password_is_listed_for_nobody(member):
    page = StandardPageFactory(title="Password")
    restrict(page, PageViewRestriction.PASSWORD, password="x")
    root = User.objects.create_superuser("root@example.org")
    assert seen_by(member) == seen_by(root) == set()


def test_two_restrictions_on_the_way_must_both_be_met(group, member):
    outer = StandardPageFactory(title="Outer")
    inner = StandardPageFactory(title="Inner", parent=outer)
    restrict(outer, PageViewRestriction.GROUPS, group)
    restrict(inner, PageViewRestriction.GROUPS, Group.objects.create(name="Others"))
    assert seen_by(member) == {"Outer"}
    assert may_see(outer, member) and not may_see(inner, member)


def test_listing_costs_three_queries_whatever_the_number_of_restrictions(
    group, member, django_assert_max_num_queries
):
    for _ in range(15):
        restrict(StandardPageFactory(), PageViewRestriction.GROUPS, group)
    with django_assert_max_num_queries(4):
        assert len(BasePage.objects.visible_to(member)) >= 15
