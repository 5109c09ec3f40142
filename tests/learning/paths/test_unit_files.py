"""The document of a unit is for those who may follow paths: its page is live, its file is not public."""

import pytest

from accounts.factories import UserFactory
from cms.factories import SiteDocumentFactory
from cms.models import SiteDocument
from learning.models import ChapterPage
from learning.paths.factories import add_unit, make_path
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    user = UserFactory()
    MembershipFactory(user=user)
    return user


@pytest.fixture
def document():
    found = SiteDocumentFactory()
    make_path()
    content = [("document", {"document": found, "introduction": "<p>Lisez.</p>"})]
    add_unit(ChapterPage.objects.get(), 9, content=content)
    return found


def test_members_read_it_and_others_do_not(client, document, member):
    assert client.get(document.url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(document.url).status_code == 404
    client.force_login(member)
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]


def test_it_is_listed_to_nobody(document, member):
    assert not SiteDocument.objects.visible_to(None).filter(pk=document.pk).exists()
    assert not SiteDocument.objects.visible_to(member).filter(pk=document.pk).exists()
