"""What editors arrange: sections of the site, lead story, menus with groups, timeline."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from wagtail.models import PageViewRestriction, Site

from cms import registry
from cms.blocks.data import TimelineBlock
from cms.factories import StandardPageFactory
from cms.models import SiteSettings
from cms.registry import Point

pytestmark = pytest.mark.django_db


class Section:
    label = "Nouveautés"
    template = "home/blocks/agenda.html"
    styles = ("css/maisons.css",)
    shown: dict | None = {"value": {"title": "Du neuf", "events": []}}
    asked: list[int] = []

    def context(self, request, count):
        self.asked.append(count)
        return self.shown


@pytest.fixture
def section(monkeypatch):
    point = Point("test_home_sections", "")
    found = point.register("new", Section())
    monkeypatch.setattr(registry, "home_sections", point)
    yield found
    del registry.POINTS["test_home_sections"]


def shown(client, *blocks):
    home = Site.objects.get(is_default_site=True).root_page.specific
    home.body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    home.save_revision().publish()
    cache.clear()
    return client.get("/").content.decode()


def test_a_section_shows_what_its_app_gives_and_loads_its_styles(client, section):
    page = shown(client, ("section", {"section": "new", "count": 5}))
    assert "Du neuf" in page
    assert "css/maisons.css" in page
    assert section.asked[-1] == 5


def test_a_section_with_nothing_to_show_stays_away(client, section, monkeypatch):
    monkeypatch.setattr(section, "shown", None)
    assert "home-section" not in shown(client, ("section", {"section": "new", "count": 3}))


def test_a_section_whose_app_is_gone_breaks_nothing(client):
    assert "home-section" not in shown(client, ("section", {"section": "gone", "count": 3}))


def test_the_search_of_the_opening_leads_to_the_list_of_maisons(client):
    page = shown(client, ("hero", {"heading": "Ici", "text": "", "links": []}))
    hero = page[page.index('class="wrap hero"') :]
    assert 'action="/maisons/" method="get"' in hero


def test_a_lead_story_is_set_large_for_those_who_may_read_it(client):
    story = StandardPageFactory(title="À lire d’abord")
    block = ("lead_story", {"page": story.pk, "kicker": "À la une"})
    assert "À lire d’abord" in shown(client, block)
    restriction = PageViewRestriction.objects.create(page=story, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="x"))
    assert "À lire d’abord" not in shown(client, block)


# -- Menus -----------------------------------------------------------------------------------------
def arranged(*entries):
    site = Site.objects.get(is_default_site=True)
    config, _created = SiteSettings.objects.get_or_create(site=site)
    config.navigation = json.dumps(entries)
    config.save()
    cache.clear()


def link(page=None, url="", label="Lien", label_en=""):
    return {"label": label, "label_en": label_en, "page": page and page.pk, "url": url}


def group(*links):
    value = {"label": "Groupe", "label_en": "Group", "links": list(links)}
    return {"type": "group", "value": value}


def menu(client, path="/"):
    page = client.get(path).content.decode()
    return page[page.index('class="nav"') :].split("</nav>")[0] if 'class="nav"' in page else ""


def test_a_group_opens_without_javascript(client):
    arranged(group(link(url="/maisons/", label="Les voir"), link(url="/contact/")))
    found = menu(client)
    assert "<details" in found
    assert 'href="/maisons/"' in found
    assert "Les voir" in found


def test_a_group_leaves_out_what_the_reader_may_not_see(client):
    draft, live = StandardPageFactory(live=False), StandardPageFactory()
    arranged(group(link(draft, label="Brouillon"), link(live, label="Publiée")))
    found = menu(client)
    assert "Brouillon" not in found
    assert "Publiée" in found


def test_a_group_of_which_nothing_is_left_is_left_out(client):
    draft = StandardPageFactory(live=False)
    arranged(group(link(draft)), {"type": "link", "value": link(url="/maisons/")})
    assert "Groupe" not in menu(client)


def test_a_group_is_current_with_one_of_its_links(client):
    page = StandardPageFactory()
    arranged(group(link(page), link(url="/contact/")))
    assert "nav__link--current" in menu(client, page.get_url())
    assert "nav__link--current" not in menu(client, "/maisons/")


def test_a_group_has_its_label_in_english(client):
    arranged(group(link(url="/maisons/", label_en="All of them"), link(url="/contact/")))
    found = menu(client, "/en/maisons/")
    assert "Group\n" in found or "Group " in found
    assert "All of them" in found
    assert 'href="/en/maisons/"' in found


def test_menus_cost_the_same_with_one_page_or_many(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(*pages):
        arranged(group(*[link(page) for page in pages]))
        client.get("/maisons/")
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/maisons/")
        return len(queries)

    few = StandardPageFactory.create_batch(2)
    many = StandardPageFactory.create_batch(10)
    assert cost(*few) == cost(*few, *many)


# -- Timeline --------------------------------------------------------------------------------------
def timeline(*moments):
    block = TimelineBlock()
    rows = [
        {"date": date, "precision": precision, "title": title, "text": "", "source": "Source"}
        for date, precision, title in moments
    ]
    return block.render(block.to_python({"title": "", "moments": rows}))


def test_moments_stand_in_the_order_of_time():
    html = timeline(("2015-08-07", "day", "Loi"), ("2006-01-01", "year", "Relais"))
    assert html.index("Relais") < html.index("Loi")


@pytest.mark.parametrize(
    ("date", "precision", "words", "machine"),
    [
        ("2006-01-01", "year", ">2006<", 'datetime="2006"'),
        ("2015-03-01", "month", ">mars 2015<", 'datetime="2015-03"'),
        ("2024-08-01", "day", ">1er août 2024<", 'datetime="2024-08-01"'),
    ],
)
def test_a_date_is_no_more_precise_than_its_source(date, precision, words, machine):
    html = timeline((date, precision, "x"), (date, precision, "y"))
    assert words in html
    assert machine in html


# -- Pages of one part of the site -----------------------------------------------------------------
def test_a_page_leads_to_the_others_of_its_part_of_the_site(client):
    top = StandardPageFactory(title="À propos")
    child = StandardPageFactory(title="Histoire", parent=top)
    StandardPageFactory(title="Brouillon caché", parent=top, live=False)
    page = client.get(child.get_url()).content.decode()
    tabs = page[page.index('class="tabs"') :].split("</nav>")[0]
    assert f'href="{top.get_url()}"' in tabs
    assert 'aria-current="page">Histoire' in tabs
    assert "Brouillon caché" not in tabs


def test_a_page_that_stands_alone_has_no_such_menu(client):
    assert 'class="tabs"' not in client.get(StandardPageFactory().get_url()).content.decode()
