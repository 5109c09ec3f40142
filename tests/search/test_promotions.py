"""What editors promote comes first for its words, in its days, for who may see it."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms.factories import StandardPageFactory
from search.factories import PromotionFactory
from search.models import Promotion
from search.promotions import promoted

pytestmark = pytest.mark.django_db


def found(query, user=None):
    return [page.title for page, _why in promoted(query, user or AnonymousUser(), "fr")]


@pytest.fixture
def promotion():
    return PromotionFactory(words="carte grise\npermis", page__title="Vos papiers")


@pytest.mark.parametrize(
    "query", ["carte grise", "Cartes GRISES", "refaire ma carte grise", "grise carte", "permis"]
)
def test_all_the_words_of_a_line_bring_the_page(promotion, query):
    assert found(query) == ["Vos papiers"]


@pytest.mark.parametrize("query", ["carte", "grise", "", "ma", "cartes postales"])
def test_fewer_words_do_not(promotion, query):
    assert found(query) == []


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False), (-5, 5, True)],
)
def test_only_in_its_days(clock, starts, ends, shown):
    today = dt.date(2026, 9, 7)

    def day(shift):
        return None if shift is None else today + dt.timedelta(days=shift)

    PromotionFactory(
        words="permis", page__title="Vos papiers", starts_on=day(starts), ends_on=day(ends)
    )
    assert bool(found("permis")) == shown


def test_a_page_that_is_not_for_the_reader_is_not_promoted_to_them(promotion):
    PageViewRestriction.objects.create(
        page=promotion.page, restriction_type=PageViewRestriction.LOGIN
    )
    assert found("permis") == []
    assert found("permis", UserFactory()) == ["Vos papiers"]


def test_it_stands_before_the_results_with_its_reason(client, promotion):
    Promotion.objects.update(text="Tout se fait en ligne.")
    html = client.get("/recherche/", {"q": "permis"}).content.decode()
    assert "Tout se fait en ligne." in html
    assert "Vos papiers" in html


def test_the_end_cannot_come_before_the_beginning(promotion):
    promotion.starts_on, promotion.ends_on = dt.date(2026, 2, 1), dt.date(2026, 1, 1)
    with pytest.raises(ValidationError, match=r"précède|before"):
        promotion.full_clean()


def test_a_line_of_signs_is_refused(promotion):
    promotion.words = "permis\n!!!"
    with pytest.raises(ValidationError):
        promotion.full_clean()


def test_an_editor_promotes_a_page_from_the_report(client):
    client.force_login(UserFactory(role="editor"))
    page = StandardPageFactory(title="Vos papiers")
    form = client.get(reverse("promotion:add"), {"words": "carte grise"})
    assert "carte grise" in form.content.decode()
    posted = {"words": "carte grise", "page": page.pk, "text": "", "order": 1}
    assert client.post(reverse("promotion:add"), posted).status_code == 302
    assert found("carte grise") == ["Vos papiers"]
