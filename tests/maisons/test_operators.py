"""Operators and partners: what their pages show, and the filter by operator."""

import json
import re

import pytest
from django import forms

from accounts.factories import UserFactory
from cms.models import BasePage
from maisons.demo_load import read_yaml
from maisons.factories import (
    MaisonFactory,
    OperatorFactory,
    OperatorIndexPageFactory,
    OperatorNewsPageFactory,
    OperatorPageFactory,
)
from maisons.models import Maison, OperatorNewsPage, OperatorPage
from maisons.operators import OperatorField, reading, with_operator

pytestmark = pytest.mark.django_db


def shown(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_says_what_the_operator_does_and_where_it_is_offered(client, murat):
    page = OperatorPageFactory(
        title="Assurance retraite",
        role="La retraite",
        offer=json.dumps([{"type": "offer", "value": {"title": "Dossier", "text": "On l’ouvre."}}]),
        links=json.dumps(
            [{"type": "link", "value": {"label": "Le site", "url": "https://example.org/"}}]
        ),
        source="Un document",
    )
    for status in ("recognised", "recognised", "project"):
        MaisonFactory(commune=murat, status=status).operators.add(page.operator)
    html = shown(client, page.url)
    for words in ("Assurance retraite", "Dossier", "On l’ouvre.", "https://example.org/"):
        assert words in html
    assert f"/maisons/?operateur={page.operator.code}" in html
    assert re.search(r"<strong>2</strong>", html)
    assert "Un document" in html


def test_its_latest_news_come_newest_first_and_drafts_stay_out(client):
    page = OperatorPageFactory()
    for day in (3, 1, 2):
        OperatorNewsPageFactory(
            parent=page, title=f"Nouvelle du {day}", display_date=f"2016-09-0{day}"
        )
    OperatorNewsPageFactory(parent=page, title="Nouvelle secrète", live=False)
    html = shown(client, page.url)
    assert re.findall(r"Nouvelle du \d", html) == [
        "Nouvelle du 3",
        "Nouvelle du 2",
        "Nouvelle du 1",
    ]
    assert "secrète" not in html
    news = OperatorNewsPage.objects.live().first()
    assert page.title in shown(client, news.url)


def test_the_list_sets_national_operators_apart(client):
    index = OperatorIndexPageFactory()
    national = OperatorPageFactory(parent=index, operator=OperatorFactory(kind="national"))
    partner = OperatorPageFactory(parent=index)
    without = OperatorPageFactory(parent=index, operator=None)
    response = client.get(index.url)
    assert [page for page, _n in response.context["national"]] == [national]
    assert {page for page, _n in response.context["others"]} == {partner, without}


@pytest.mark.parametrize("size", [10, 1000])
def test_the_cost_does_not_grow(client, django_assert_max_num_queries, settings, murat, size):
    settings.PAGE_CACHE = False
    index = OperatorIndexPageFactory()
    page = OperatorPageFactory(parent=index)
    for _n in range(min(size, 40)):
        OperatorNewsPageFactory(parent=page, display_date="2016-09-01")
        OperatorPageFactory(parent=index)
    maisons = Maison.objects.bulk_create(
        MaisonFactory.build(commune=murat, slug=f"m{n}") for n in range(size)
    )
    through = Maison.operators.through
    through.objects.bulk_create(
        through(maison_id=maison.pk, operator_id=page.operator_id) for maison in maisons
    )
    client.get("/")
    with django_assert_max_num_queries(16):
        client.get(page.url)
    with django_assert_max_num_queries(14):
        client.get(index.url)
    with django_assert_max_num_queries(14):
        client.get(OperatorNewsPage.objects.first().url)
    with django_assert_max_num_queries(16):
        client.get(f"/maisons/?operateur={page.operator.code}")


def test_the_list_of_maisons_is_filtered_by_operator(client, murat):
    operator, other = OperatorFactory(code="cnaf"), OperatorFactory()
    mine = MaisonFactory(commune=murat, name="Avec la Caf")
    mine.operators.add(operator)
    MaisonFactory(commune=murat, name="Sans elle").operators.add(other)
    html = shown(client, "/maisons/?operateur=cnaf")
    assert "Avec la Caf" in html and "Sans elle" not in html
    assert "?departement=15&amp;operateur=cnaf" in html


@pytest.mark.parametrize("code", ["inconnu", "%00", "x" * 300, "';--"])
def test_a_wrong_operator_is_said_and_left_out(client, murat, code):
    MaisonFactory(commune=murat, name="Toujours là")
    html = shown(client, f"/maisons/?operateur={code}")
    assert "Aucun opérateur n’a ce code" in html and "Toujours là" in html


def test_any_list_can_have_the_filter():
    class ListForm(forms.Form):
        operateur = OperatorField()

    operator = OperatorFactory(code="cnav", name="Retraite")
    OperatorFactory(code="ancien", active=False)
    assert str(ListForm({})["operateur"]).count("<option") == 2
    for given, cleaned in (({"operateur": "cnav"}, operator), ({}, None)):
        form = ListForm(given)
        assert form.is_valid() and form.cleaned_data["operateur"] == cleaned
    assert not ListForm({"operateur": "ancien"}).is_valid()
    maison = MaisonFactory()
    maison.operators.add(operator)
    MaisonFactory()
    assert list(with_operator(Maison.objects.all(), operator)) == [maison]
    assert with_operator(Maison.objects.all(), None).count() == 2


def test_pages_that_name_it_are_found_whatever_their_app():
    types = reading.page_types_with_operators()
    assert all(issubclass(model, BasePage) for model in types)
    assert list(reading.pages_about(OperatorFactory(), UserFactory())) == []


@pytest.mark.demo
def test_every_operator_of_the_demonstration_has_its_page_with_source_and_date(client):
    pages = {page.slug: page for page in OperatorPage.objects.select_related("operator")}
    assert set(pages) == {row["slug"] for row in read_yaml("operator_pages.yaml")}
    with_page = {page.operator.code for page in pages.values() if page.operator}
    assert with_page == {row["code"] for row in read_yaml("operators.yaml")}
    for page in pages.values():
        assert page.source and page.source_date and page.summary and page.body, page.slug
        assert client.get(page.url).status_code == 200


def test_each_name_is_written_in_the_sources(shared_dir):
    text = " ".join(path.read_text() for path in sorted((shared_dir / "seeds").glob("*.txt")))
    plain = re.sub(r"\s+", " ", text.replace("’", "'")).lower()
    for row in read_yaml("operator_pages.yaml"):
        for name in row["names"]:
            assert name.replace("’", "'").lower() in plain, name


def test_no_sentence_is_copied_from_the_sources(shared_dir):
    text = " ".join(path.read_text() for path in sorted((shared_dir / "seeds").glob("*.txt")))
    words = re.findall(r"\w+", text.lower())
    known = {tuple(words[n : n + 9]) for n in range(len(words))}
    for row in read_yaml("operator_pages.yaml"):
        own = re.findall(
            r"\w+", re.sub(r"<[^>]+>", " ", json.dumps(row, ensure_ascii=False)).lower()
        )
        copied = [own[n : n + 9] for n in range(len(own)) if tuple(own[n : n + 9]) in known]
        assert not copied, (row["slug"], " ".join(copied[0]))
