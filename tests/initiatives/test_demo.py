"""The demonstration: every sheet is there, public, and says where it comes from."""

import pytest
from django.core.cache import cache

from cms.models import Department
from initiatives.demo_load import load, named
from initiatives.models import ProjectSheetPage

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def test_every_project_has_its_public_sheet_and_loading_again_adds_none():
    slugs = {row["slug"] for row in named()}
    shown = ProjectSheetPage.objects.visible_to(None).filter(is_fictitious=False)
    assert set(shown.values_list("slug", flat=True)) == slugs
    assert load() == 0


def test_everything_that_a_sheet_names_was_found():
    for row in named():
        page = ProjectSheetPage.objects.get(slug=row["slug"])
        for name in ("themes", "audiences", "departments", "operators", "maisons"):
            assert getattr(page, name).count() == len(row.get(name, [])), (row["slug"], name)
        assert page.listing_image is not None, row["slug"]


def test_every_sheet_shows_its_source_and_its_date(client):
    for page in ProjectSheetPage.objects.visible_to(None).filter(is_fictitious=False):
        cache.clear()
        html = client.get(page.get_url()).content.decode()
        for block in page.sources:
            assert block.value["title"] in html, page.slug
        assert "vaut au" in html, page.slug


def test_the_map_shows_the_departments_of_the_sheets(client):
    drawn = client.get("/initiatives/").context["map"]
    shown = {shape.code for shape in drawn.listed}
    held = Department.objects.filter(initiatives__isnull=False).exclude(outline="")
    assert shown == set(held.values_list("code", flat=True))


def test_a_fictitious_sheet_was_stopped_and_says_why(client):
    html = client.get("/initiatives/le-panier-du-mardi/").content.decode()
    assert "Cette fiche est fictive" in html and "Pourquoi c’est arrêté" in html
    assert "1\u202f800\u00a0€" in html
