"""SITE_ORIGIN is the one truth about the site's address, whatever host a request names."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from accounts.models import User
from bulletin.factories import article, bulletin_index, issue
from cms.factories import StandardPageFactory
from cms.models import OutboxMessage
from cms.sites import sync_site

pytestmark = pytest.mark.django_db
ORIGIN = "https://maisons.example.org"
# Hosts that a request names or that a default setting would.
OWN = (ORIGIN, "http://localhost", "http://testserver", "http://autre.example.org", "https://autre")


@pytest.fixture
def moved(settings):
    settings.SITE_ORIGIN = ORIGIN
    settings.PAGE_CACHE = False
    sync_site()
    Site.clear_site_root_paths_cache()
    yield Client(headers={"host": "autre.example.org"})
    Site.clear_site_root_paths_cache()


def test_the_wagtail_site_follows_it(moved, settings):
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.root_url) == ("maisons.example.org", 443, ORIGIN)
    settings.SITE_ORIGIN = "http://localhost:8123"
    sync_site()
    site.refresh_from_db()
    assert (site.hostname, site.port) == ("localhost", 8123)


def test_migrate_brings_it_up_to_date(settings):
    settings.SITE_ORIGIN = ORIGIN
    call_command("migrate", verbosity=0)
    assert Site.objects.get(is_default_site=True).hostname == "maisons.example.org"


def absolute_addresses(text):
    """Those that claim to be of this site; the others name standards and other people's pages."""
    return [url for url in re.findall(r"https?://[^\s\"'<>)\\]+", text) if url.startswith(OWN)]


def test_every_absolute_link_is_on_it(moved):
    number = issue(live=True)
    text = article(number, live=True, themes=("mobility",))
    page = StandardPageFactory(slug="page")
    index = bulletin_index()
    addresses = {
        "/",
        "/sitemap.xml",
        "/robots.txt",
        index.get_url(),
        number.get_url(),
        text.get_url(),
        page.get_url(),
        f"{index.get_url()}flux/",
    }
    for address in addresses:
        path = address.removeprefix(ORIGIN)
        found = absolute_addresses(moved.get(path).content.decode())
        assert found, path
        wrong = [url for url in found if not url.startswith(f"{ORIGIN}/") and url != ORIGIN]
        assert not wrong, path


def test_pages_name_their_canonical_address(moved):
    page = StandardPageFactory(slug="page")
    html = moved.get("/page/").content.decode()
    assert f'<link rel="canonical" href="{ORIGIN}/page/">' in html
    assert page.full_url == f"{ORIGIN}/page/"


def test_mails_lead_to_it(moved, mailoutbox):
    User.objects.create_user("camille@example.org", "motdepasse-solide-2016")
    moved.post(reverse("account_reset_password"), {"email": "camille@example.org"})
    texts = [mail.body for mail in mailoutbox]
    texts += [message.text for message in OutboxMessage.objects.all()]
    links = [url for text in texts for url in absolute_addresses(text)]
    assert links
    assert all(url.startswith(f"{ORIGIN}/") for url in links)
