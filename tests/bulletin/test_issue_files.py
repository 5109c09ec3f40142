"""Publishing an issue whole opens the files of its pages, in the same transaction."""

import pytest

from bulletin import factories
from bulletin.services import publish_issue, unpublish_issue
from cms.factories import SiteImageFactory
from cms.models import SiteImage

pytestmark = pytest.mark.django_db


def test_pictures_of_articles_open_and_close_with_their_issue():
    issue = factories.issue()
    image = SiteImageFactory()
    factories.article(issue, listing_image=image)
    assert not SiteImage.objects.visible_to(None).exists()
    publish_issue(issue, user=None)
    assert list(SiteImage.objects.visible_to(None)) == [image]
    unpublish_issue(issue, user=None)
    assert not SiteImage.objects.visible_to(None).exists()
