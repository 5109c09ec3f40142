"""The address of a page is made from its title, without accents, and beside no other."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from cms.factories import home
from cms.models import StandardPage

pytestmark = pytest.mark.django_db


def create(client, title, slug=""):
    client.force_login(UserFactory(role="editor"))
    url = reverse("wagtailadmin_pages:add", args=["cms", "standardpage", home().pk])
    blank = {"body-count": "0", "footnotes-TOTAL_FORMS": "0", "footnotes-INITIAL_FORMS": "0"}
    data = {"title": title, "slug": slug, "comments-TOTAL_FORMS": "0", **blank}
    data["comments-INITIAL_FORMS"] = "0"
    return client.post(url, data)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Le numéro d’été", "le-numero-dete"), ("Œuvre n° 2", "uvre-n-2"), ("???", "page")],
)
def test_left_empty_it_follows_the_title(client, title, slug):
    create(client, title)
    assert StandardPage.objects.get().slug == slug


def test_two_pages_of_one_title_stand_beside_each_other(client):
    for _ in range(2):
        create(client, "Les horaires")
    slugs = StandardPage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["les-horaires", "les-horaires-2"]


def test_the_one_that_the_editor_chose_is_kept(client):
    create(client, "Les horaires", slug="ete")
    assert StandardPage.objects.get().slug == "ete"


def test_without_a_title_the_title_is_what_is_missing(client):
    response = create(client, "")
    assert set(response.context["form"].errors) == {"title"}


def test_an_address_has_no_accent(client):
    create(client, "Les horaires", slug="été")
    assert StandardPage.objects.get().slug == "ete"
