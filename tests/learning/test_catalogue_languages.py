"""The catalogue in English lists everything: what is translated in English, the rest in French, and says so."""

import re

import pytest
from wagtail.models import Locale, PageViewRestriction

from cms.factories import home
from learning.factories import ModuleFactory, SessionFactory, catalogue
from learning.paths.factories import make_path
from learning.paths.services import page_of
from learning.webinars.factories import make_webinar

pytestmark = pytest.mark.django_db


def translated(page, title, live=True):
    """Its translation, published or not."""
    locale = Locale.objects.get(language_code="en")
    copy = page.specific.copy_for_translation(locale, copy_parents=True)
    copy.title = title
    revision = copy.save_revision()
    if live:
        revision.publish()
    return copy


@pytest.fixture
def module():
    return ModuleFactory(title="Protection sociale")


@pytest.fixture
def in_english(module):
    """The home page and the catalogue are published in English."""
    translated(home(), "Welcome")
    return translated(catalogue(), "Training")


def titles(client, url="/en/formation/", query=""):
    """{title: (its language where it is said, its address)} of the articles of the catalogue."""
    html = client.get(url + query).content.decode()
    found = re.findall(
        r'<h3 class="module__title"(?: lang="(\w+)")?><a href="([^"]+)">([^<]+)</a>', html
    )
    return {title: (lang, address) for lang, address, title in found}


def test_what_is_not_translated_stands_in_french_and_leads_to_the_notice(
    client, module, in_english
):
    make_webinar(title="Un webinaire")
    listed = titles(client)
    assert listed["Protection sociale"] == ("fr", f"/en/formation/{module.slug}/")
    assert listed["Un webinaire"][0] == "fr"
    page = client.get(listed["Protection sociale"][1]).content.decode()
    assert "This page is not translated yet" in page


def test_what_is_translated_stands_once_in_english_with_its_sessions(client, module, in_english):
    SessionFactory(module=module)
    translated(module, "Social protection")
    listed = titles(client)
    assert listed["Social protection"][0] == "" and "Protection sociale" not in listed
    assert "1 coming session" in client.get("/en/formation/").content.decode()
    assert list(titles(client, "/formation/")) == ["Protection sociale"]


def test_a_path_is_in_the_language_that_is_read_even_under_a_french_catalogue(client):
    translated(home(), "Welcome")
    page = page_of(make_path(title="Aider"))
    translated(page, "Helping")
    catalogue().get_translation(Locale.objects.get(language_code="en")).unpublish()
    assert "Helping" in titles(client) and "Aider" not in titles(client)
    assert "Aider" in titles(client, "/formation/")


def test_a_translation_that_the_reader_may_not_see_leaves_the_french_page(
    client, module, in_english
):
    translated(module, "Social protection", live=False)
    other = ModuleFactory(title="Accueil")
    secret = translated(other, "Welcome desk")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert {"Protection sociale", "Accueil"} <= set(titles(client))


def test_narrowed_it_narrows_both_languages(client, module, in_english):
    translated(module, "Social protection")
    ModuleFactory(title="Découvrir", level="discovery")
    assert list(titles(client, query="?niveau=discovery")) == ["Découvrir"]
    assert list(titles(client, query="?niveau=core")) == ["Social protection"]


def test_the_home_page_of_a_breadcrumb_is_named_in_the_language_that_is_read(client, module):
    english, french = (
        client.get(f"{prefix}/formation/{module.slug}/").context["page_meta"].breadcrumbs
        for prefix in ("/en", "")
    )
    assert (english[0], french[0]) == (("Home", "/en/"), ("Accueil", "/"))
    assert english[1][1] == "/en/formation/"


@pytest.mark.parametrize("count", [3, 40])
def test_it_costs_the_same_whatever_the_number_of_modules(
    client, settings, django_assert_max_num_queries, module, in_english, count
):
    settings.PAGE_CACHE = False
    for number in range(count):
        ModuleFactory(title=f"Module {number}")
    client.get("/en/formation/")
    with django_assert_max_num_queries(20):
        client.get("/en/formation/")
