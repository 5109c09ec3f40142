"""Personal data, cookies and the site map say what the software does."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from accounts.factories import PASSWORD, UserFactory
from cms import registry
from cms.factories import StandardPageFactory
from cms.factories import home as home_page
from cms.legal import stored
from cms.models import PersonalDataPage, StandardPage
from maisons.factories import MaisonFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


# -- On the device -----------------------------------------------------------------------------------


def test_reading_the_site_leaves_no_cookie(client):
    StandardPageFactory(slug="une-page")
    for path in ("/", "/une-page/", "/maisons/", "/contact/", "/plan-du-site/", "/recherche/?q=x"):
        client.get(path)
        assert not client.cookies, path


def test_every_cookie_that_is_set_is_declared(client):
    user = UserFactory()
    client.get("/compte/connexion/")
    client.post("/compte/connexion/", {"login": user.email, "password": PASSWORD}, follow=True)
    client.post("/compte/profil/", {"first_name": "A", "last_name": "B", "language": "fr"})
    client.post("/compte/deconnexion/")
    assert client.cookies
    assert set(client.cookies) <= {row.name for row in stored.on_the_device()}


def test_every_entry_of_the_browsers_storage_is_declared():
    declared = {row.name for row in stored.on_the_device()}
    for script in (ROOT / "static").rglob("*.js"):
        if "vendor" in script.parts:
            continue
        text = script.read_text()
        assert "sessionStorage" not in text and "indexedDB" not in text, script
        if "localStorage" in text:
            names = set(re.findall(r"^const [A-Z]+ = \"([\w-]+):?\";$", text, re.MULTILINE))
            assert names <= declared, script
            assert names, script


# -- In the database -----------------------------------------------------------------------------------


def test_the_page_lists_every_model_of_ours_that_holds_personal_data(client):
    page = PersonalDataPage(title="Données personnelles", slug="donnees-personnelles")
    home_page().add_child(instance=page)
    html = client.get(page.url).content.decode()
    rows = stored.in_the_database()
    kept = {text for _what, text in rows}
    for provider in registry.personal_data:
        for label, text in provider.retention.items():
            if label.split(".")[0] in {"maisons", "accounts"} and "*" not in label:
                assert str(text) in kept, label
    assert all(what in html.replace("&#x27;", "'") for what, _text in rows)
    assert "Demandes de contact" in html


# -- The site map -----------------------------------------------------------------------------------------


@pytest.fixture
def tree():
    section = StandardPageFactory(title="Rubrique", slug="rubrique")
    child = StandardPageFactory(title="Sous-page", parent=section)
    return section, child, StandardPageFactory(title="Feuille", parent=child)


def shown(client):
    return client.get("/plan-du-site/").content.decode()


def test_pages_stand_under_their_section_and_what_is_not_a_page_after(client, tree):
    MaisonFactory()
    html = shown(client)
    places = [
        html.index(w) for w in ("Rubrique", "Sous-page", "Feuille", "departement=15", "Nous écrire")
    ]
    assert places == sorted(places)
    assert 'href="/rubrique/sous-page/feuille/"' in html
    assert 'href="/maisons/?departement=15"' in html


def test_drafts_and_what_is_under_a_restricted_page_are_left_out(client, tree):
    _section, child, _leaf = tree
    StandardPageFactory(title="Brouillon caché", live=False)
    group = Group.objects.create(name="Groupe")
    row = PageViewRestriction.objects.create(page=child, restriction_type="groups")
    row.groups.add(group)
    html = shown(client)
    assert "Rubrique" in html
    for words in ("Brouillon caché", "Sous-page", "Feuille"):
        assert words not in html
    member = UserFactory()
    member.groups.add(group)
    client.force_login(member)
    assert "Feuille" in shown(client)


def test_a_live_page_under_a_draft_does_not_show(client, tree):
    Page.objects.filter(pk=tree[1].pk).update(live=False)
    assert "Feuille" not in shown(client)


@pytest.mark.parametrize("size", [10, 1000])
def test_it_takes_fewer_than_ten_queries_whatever_the_size(
    client, django_assert_max_num_queries, settings, size, tree
):
    settings.PAGE_CACHE = False
    section = Page.objects.get(pk=tree[0].pk)
    many(section, size)
    client.get("/")
    with django_assert_max_num_queries(9):
        html = shown(client)
    assert html.count("<li>") < 100
    if size > 100:
        assert "autres pages dans" in html


def many(section, size):
    """Children of a page, in bulk."""
    rows = [
        Page(
            title=f"Page {n}",
            slug=f"page-{n}",
            path=f"{section.path}{n + 2:04}",
            depth=section.depth + 1,
            url_path=f"{section.url_path}page-{n}/",
            draft_title=f"Page {n}",
            live=True,
            locale=section.locale,
            content_type_id=section.content_type_id,
            first_published_at=timezone.now(),
        )
        for n in range(size)
    ]
    Page.objects.bulk_create(rows)
    Page.objects.filter(pk=section.pk).update(numchild=size + 1)


def test_in_english_the_english_pages_are_shown(client, tree):
    english, _made = Locale.objects.get_or_create(language_code="en")
    home = home_page().specific.copy_for_translation(english)
    home.live = True
    home.save()
    page = StandardPage(title="Section", slug="section", locale=english)
    home.add_child(instance=page)
    html = client.get("/en/plan-du-site/").content.decode()
    assert 'href="/en/section/"' in html and "Rubrique" not in html


@pytest.mark.demo
def test_the_legal_pages_of_the_demonstration_are_there_and_linked(client):
    html = client.get("/").content.decode()
    slugs = ("mentions-legales", "donnees-personnelles", "accessibilite", "schema-pluriannuel")
    for slug in (*slugs, "plan-du-site", "contact"):
        assert f'href="/{slug}/"' in html, slug
        assert client.get(f"/{slug}/").status_code == 200, slug
    plan = client.get("/accessibilite/").content.decode()
    assert "/schema-pluriannuel/" in plan and "/plan-d-actions-accessibilite-2026/" in plan
