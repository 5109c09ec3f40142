"""Cost of the pages: cold cache, 20 queries for a visitor and 30 signed in, whatever the amount."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from cms.factories import SiteImageFactory, ThemeFactory, copies
from maisons.factories import CommuneFactory, MaisonFactory, OperatorFactory
from newsroom import factories

pytestmark = pytest.mark.django_db
VISITOR, SIGNED_IN = 16, 22


def make(kind, count):
    """A page of the kind with everything it can show, and so many others beside it."""
    many = {"themes": [ThemeFactory(), ThemeFactory()], "listing_image": SiteImageFactory()}
    if kind == "video":
        page = factories.video(maisons=[MaisonFactory(), MaisonFactory()], **many)
    elif kind == "publication":
        page = factories.publication(versions=3, **many)
    else:
        page = getattr(factories, kind)(operators=[OperatorFactory()], **many)
    fields = {}
    if kind == "event":
        page.commune = CommuneFactory()
        page.starts_on = timezone.localdate() + dt.timedelta(3)
        page.save()
    copies(page, count, lambda number: fields)
    return page


def queries(client, url):
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("kind", ["news", "event", "video", "publication"])
def test_pages_and_lists_stay_within_their_budget_with_ten_and_a_thousand(client, kind, settings):
    settings.PAGE_CACHE = False
    page = make(kind, 10)
    index = page.get_parent()
    urls = {
        "page": page.get_url(),
        "list": index.get_url(),
        "narrowed": f"{index.get_url()}?page=1&x=1",
    }
    for url in urls.values():  # pictures are made by the first page that shows them
        client.get(url)
    few = {name: queries(client, url) for name, url in urls.items()}
    copies(page, 990)
    many = {name: queries(client, url) for name, url in urls.items()}
    client.force_login(UserFactory())
    signed_in = {name: queries(client, url) for name, url in urls.items()}
    print(kind, few, many, signed_in)
    assert max(many.values()) <= VISITOR, many
    assert max(signed_in.values()) <= SIGNED_IN, signed_in
    assert many["page"] <= few["page"] and many["list"] <= few["list"] + 1


def test_feeds_cost_the_same_with_a_thousand(client):
    event = make("event", 999)
    news = make("news", 999)
    for page, path in ((event, "calendrier/"), (news, "flux/")):
        assert queries(client, f"{page.get_parent().get_url()}{path}") <= 12
