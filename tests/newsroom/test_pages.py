"""What readers get of news, agenda, videos and publications."""

import pytest

from newsroom import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["news", "event", "video", "publication"])
def test_a_page_of_each_kind_is_read_and_listed(client, name):
    page = getattr(factories, name)(title="Une page à lire")
    assert "Un texte." in client.get(page.get_url()).content.decode()
    listed = client.get(page.get_parent().get_url() + "?periode=passes").content.decode()
    assert "Une page à lire" in listed
