"""Publishing an issue whole opens the files of its pages, in the same transaction."""

import json
import uuid

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


def test_notes_of_the_editorial_and_of_the_lead_are_numbered_as_one_text(client):
    first, second = (str(uuid.UUID(int=number)) for number in (1, 2))
    call = '<p>{}<footnote id="{}">[x]</footnote></p>'
    issue = factories.issue(
        editorial_body=json.dumps([{"type": "rich_text", "value": call.format("a", second)}]),
        lead_body=json.dumps([{"type": "rich_text", "value": call.format("b", first)}]),
    )
    for note in (first, second):
        issue.footnotes.create(uuid=note, text=f"<p>Note {note[-1]}</p>", locale=issue.locale)
    issue.save_revision()
    publish_issue(issue, user=None)
    html = client.get(issue.get_url()).content.decode()
    assert html.index("Note 2</p>") < html.index("Note 1</p>")
    assert 'href="#note-1" id="appel-1-1"' in html and 'href="#note-2" id="appel-2-1"' in html
