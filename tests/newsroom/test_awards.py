"""The prize: its editions, its laureates and the sheets to which they lead."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from cms.factories import StandardPageFactory
from newsroom import factories_meetings as make
from newsroom.models import AwardCategory, JuryMember, Laureate
from tests.support.pages import copies

pytestmark = pytest.mark.django_db


def html(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_laureate_leads_to_its_sheet_only_for_who_may_see_it(client):
    public = StandardPageFactory(title="Fiche publique", slug="fiche-publique")
    secret = StandardPageFactory(title="Fiche réservée", slug="fiche-reservee")
    draft = StandardPageFactory(title="Fiche brouillon", slug="fiche-brouillon", live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    page = make.award()
    for number, sheet in enumerate((public, secret, draft)):
        make.laureate(page, f"Projet {number}", page=sheet)

    shown = html(client, page)

    for number in range(3):
        assert f"Projet {number}" in shown
    assert "fiche-publique" in shown
    for hidden in ("fiche-reservee", "Fiche réservée", "fiche-brouillon", "Fiche brouillon"):
        assert hidden not in shown


def test_a_laureate_outlives_the_sheet_that_it_led_to(client):
    sheet = StandardPageFactory()
    page = make.award()
    make.laureate(page, "Projet", page=sheet)
    sheet.delete()
    assert "Projet" in html(client, page)


def test_a_fictitious_edition_says_so_at_its_top_beside_its_laureates_and_in_the_list(client):
    page = make.award("Une édition", is_fictitious=True)
    make.laureate(page)
    shown = html(client, page)
    assert shown.count("fictif") + shown.count("fictive") >= 2
    assert "fictive" in html(client, make.award_index())
    real = make.award("Une vraie édition")
    make.laureate(real)
    assert "ficti" not in html(client, real)


def test_the_chair_comes_first_in_the_jury(client):
    page = make.award()
    page.jury.add(JuryMember(role="Agent"), JuryMember(role="Présidente", chairs=True))
    page.save()
    jury = client.get(page.get_url()).context["jury"]
    assert [member.role for member in jury] == ["Présidente", "Agent"]


def test_the_calendar_follows_the_order_of_time():
    first, second = dt.date(2017, 1, 1), dt.date(2017, 3, 1)
    make.award(opens_on=first, closes_on=second, awarded_on=second)
    for wrong in (
        {"opens_on": second, "closes_on": first},
        {"closes_on": second, "awarded_on": first},
        {"opens_on": second, "awarded_on": first},
    ):
        with pytest.raises(ValidationError):
            make.award(**wrong)


def test_categories_without_laureates_say_that_they_are_not_known_yet(client):
    page = make.award()
    page.categories.add(AwardCategory(title="Solidarité"))
    page.save()
    found = client.get(page.get_url()).context
    assert not found["has_laureates"]
    assert "Solidarité" in html(client, page)


def test_an_edition_costs_the_same_with_many_laureates(
    client, settings, django_assert_max_num_queries
):
    settings.PAGE_CACHE = False
    page = make.award()
    for _ in range(5):
        category = AwardCategory(title="Une catégorie")
        category.laureates = [Laureate(title="X", page=StandardPageFactory()) for _ in range(5)]
        page.categories.add(category)
    page.save()
    client.get(page.get_url())
    with django_assert_max_num_queries(15):
        client.get(page.get_url())


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_costs_the_same_with_ten_and_with_a_thousand_editions(
    client, settings, django_assert_max_num_queries, count
):
    settings.PAGE_CACHE = False
    copies(make.award(), count)
    url = make.award_index().get_url()
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url).context["listing"].total == count + 1
