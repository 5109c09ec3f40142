"""What is not for a reader appears to that reader nowhere: one walk of everything, as each role.

One article is open to a group, one is a draft, one is in the bin. Their titles, addresses and files
are looked for on every surface that lists or shows pages. A new room adds its addresses to `surfaces`.
"""

import json
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from wagtail.models import Page, PageViewRestriction, Site

from accounts.models import User
from bulletin.factories import article, bulletin_index, issue
from cms import bin, registry
from cms.factories import SiteDocumentFactory, SiteImageFactory, StandardPageFactory
from cms.models import SiteSettings
from cms.queries import cards_for
from newsroom import factories_meetings as make
from newsroom.models import MeetingReport
from search.queries import search

pytestmark = pytest.mark.django_db

SUGGESTIONS = "/api/v1/recherche/suggestions"
RESTRICTED, DRAFT, BINNED = "zorglub", "kaamelott", "tarentule"
SECRETS = (RESTRICTED, DRAFT, BINNED)
VISITORS = ("anonymous", "stranger")
INSIDERS = ("member", "administrator")


@pytest.fixture
def world(settings):
    settings.PAGE_CACHE = True
    cache.clear()
    group = Group.objects.create(name="Groupe de travail")
    number = issue(title="Numéro public", live=True)
    files = SimpleNamespace(document=SiteDocumentFactory(), image=SiteImageFactory())
    made = SimpleNamespace(
        issue=number,
        before=article(number, title="Avant", live=True, themes=("mobility",)),
        restricted=secret(number, RESTRICTED, files),
        draft=secret(number, DRAFT, live=False),
        binned=secret(number, BINNED),
        after=article(number, title="Après", live=True, themes=("mobility",)),
        files=files,
    )
    row = PageViewRestriction.objects.create(
        page=made.restricted, restriction_type=PageViewRestriction.GROUPS
    )
    row.groups.add(group)
    made.cards = page_of_cards(made)
    made.edition, made.award = rows_of_pages(made)
    in_menus(made)
    root = User.objects.create_superuser("root@example.org")
    bin.put_page(Page.objects.get(pk=made.binned.pk), root)
    call_command("rebuild_search", verbosity=0)
    member = User.objects.create_user("member@example.org")
    member.groups.add(group)
    made.people = {
        "anonymous": AnonymousUser(),
        "stranger": User.objects.create_user("stranger@example.org"),
        "member": member,
        "administrator": root,
    }
    return made


def secret(number, word, files=None, live=True):
    """An article whose every text, and whose address, holds the word."""
    blocks = [{"type": "rich_text", "value": f"<p>Le texte {word}.</p>"}]
    fields = {}
    if files:
        value = {"title": "", "documents": [files.document.pk]}
        blocks.append({"type": "documents", "value": value})
        fields["listing_image"] = files.image
    return article(
        number,
        title=f"Article {word}",
        slug=f"article-{word}",
        summary=f"Résumé {word}.",
        live=live,
        themes=("mobility",),
        body=json.dumps(blocks),
        **fields,
    )


def page_of_cards(made):
    ids = [made.before.pk, made.restricted.pk, made.draft.pk, made.binned.pk]
    value = {"title": "Choix", "pages": ids, "layout": "list"}
    page = StandardPageFactory(title="Cartes", slug="cartes", live=False)
    page.body = json.dumps([{"type": "cards", "value": value}])
    page.save_revision().publish()
    return page


def rows_of_pages(made):
    """A meeting whose project and report, and a prize whose laureate, are each of the articles."""
    edition, award = make.edition(), make.award()
    for page in (made.before, made.restricted, made.draft, made.binned):
        make.session(edition, projects=[("Un projet", None, page)])
        edition.reports.add(MeetingReport(title="Un compte rendu", page=page))
        make.laureate(award, page=page)
    edition.save()
    return edition, award


def in_menus(made):
    links = [
        {"type": "link", "value": {"label": page.title, "page": page.pk}}
        for page in (made.before, made.restricted, made.draft, made.binned)
    ]
    site = Site.objects.get(is_default_site=True)
    menus, _ = SiteSettings.objects.get_or_create(site=site)
    menus.navigation = menus.footer = json.dumps(links)
    menus.save()


def surfaces(made):
    """Name → address of everything that lists or shows pages to readers."""
    index = bulletin_index()
    found = {
        "home page, menus": "/",
        "index": index.get_url(),
        "issue": made.issue.get_url(),
        "previous and next": made.before.get_url(),
        "next and previous": made.after.get_url(),
        "cards": "/cartes/",
        "projects and reports of a meeting": made.edition.get_url(),
        "laureates": made.award.get_url(),
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "not found": "/nulle-part/",
        "search of all": "/recherche/?q=article",
        "feed": f"{index.get_url()}flux/",
        **{f"search of {word}": f"/recherche/?q={word}xx+{word}" for word in SECRETS},
        # Near the secret, its beginning: neither a correction nor a suggestion may give it away.
        **{f"correction to {word}": f"/recherche/?q={word[:-2]}{word[-1]}" for word in SECRETS},
        **{f"suggestion of {word}": f"{SUGGESTIONS}?q={word[:4]}" for word in SECRETS},
    }
    english = {f"{name}, English": f"/en{url}" for name, url in found.items() if url[-1] == "/"}
    return found | english


def words_shown(html):
    return {word for word in SECRETS if word in html.lower()}


def what_is_typed(html):
    """The page without what the reader typed, which the search shows again."""
    for word in SECRETS:
        html = html.replace(f"{word}xx {word}", "").replace(f"{word}xx+{word}", "")
    return html


def read_all(made, role):
    """Surface → secrets shown to this role."""
    client, found = client_of(made, role), {}
    for name, url in surfaces(made).items():
        html = client.get(url, follow=True).content.decode()
        found[name] = words_shown(what_is_typed(html))
    return found


def client_of(made, role):
    client = Client()
    if made.people[role].is_authenticated:
        client.force_login(made.people[role])
    return client


def test_nothing_appears_to_who_may_not_see_it(world):
    # A member first, so that a page kept for everybody from the member's would show.
    read_all(world, "member")
    for role in VISITORS:
        shown = {name: words for name, words in read_all(world, role).items() if words}
        assert not shown, role


def test_who_may_see_it_sees_it_in_its_places_and_never_drafts_nor_the_bin(world):
    for role in INSIDERS:
        shown = read_all(world, role)
        places = ("home page, menus", "issue", "previous and next", "cards", "search of all")
        for place in (*places, "projects and reports of a meeting", "laureates"):
            assert shown[place] == {RESTRICTED}, (role, place)
        # The same for everybody.
        assert not shown["sitemap"]
        assert set.union(*shown.values()) == {RESTRICTED}, role


def test_its_own_address_tells_nothing_of_it(world):
    for role in (*VISITORS, *INSIDERS):
        client, opens = client_of(world, role), role in INSIDERS
        response = client.get(world.restricted.get_url())
        assert ("Résumé zorglub" in response.content.decode()) == opens, role
        assert response.status_code in ({200} if opens else {302, 403, 404}), role
        for page in (world.draft, world.binned):
            address = page.get_url() or "/bulletin/article-tarentule/"
            answer = client.get(address, follow=True)
            # The language switcher of the error page repeats the address that was asked.
            html = answer.content.decode().replace(address, "")
            assert answer.status_code == 404
            assert not words_shown(html) & {DRAFT, BINNED}, role


def test_its_files_are_read_by_those_who_read_it(world):
    files = world.files
    rendition = files.image.get_rendition("width-200")
    for role in (*VISITORS, *INSIDERS):
        client, status = client_of(world, role), 200 if role in INSIDERS else 404
        for url in (files.document.url, rendition.url):
            assert client.get(url).status_code == status, (role, url)
        # Originals are for editors, whatever the page.
        original = client.get(files.image.file.url).status_code
        assert original == (200 if role == "administrator" else 404), role


def test_what_apps_give_each_other_leaves_it_out(world):
    binned = Page.objects.get(pk=world.binned.pk)
    everything = [world.before, world.restricted, world.draft, binned]
    for role in (*VISITORS, *INSIDERS):
        request = RequestFactory().get("/")
        request.user = user = world.people[role]
        # The index holds the restricted page: only its reader may be told of it.
        given: list = [vars(hit) for hit in search("article", user).page]
        given += [row for give in registry.listing_cards for row in give(everything, request)]
        given += [{"title": page.title} for page in cards_for(everything, request)]
        shown = words_shown(json.dumps(given, default=str))
        assert shown == ({RESTRICTED} if role in INSIDERS else set()), role
    entries = [entry["location"] for give in registry.sitemap_entries for entry in give()]
    assert not words_shown(json.dumps(entries))


def test_what_was_restricted_late_leaves_the_kept_pages(world):
    PageViewRestriction.objects.all().delete()
    address = world.issue.get_url()
    assert RESTRICTED in words_shown(Client().get(address).content.decode())
    PageViewRestriction.objects.create(
        page=world.restricted, restriction_type=PageViewRestriction.LOGIN
    )
    assert not words_shown(Client().get(address).content.decode())
