"""A client for tests that ask for thousands of pages and read none of their contexts."""

from typing import Any
from unittest import mock

from django.test import Client

# What pages say once, before one shows it: some ten messages. Each page reads and signs them all again.
MOST_SAID = 2000


class Crawler(Client):
    """A reader who forgets what too many answers said and none showed (`django.contrib.messages`);
    the context of each template is not copied."""

    def request(self, **request: Any) -> Any:
        said = self.cookies.get("messages")
        if said is not None and len(said.value) > MOST_SAID:
            del self.cookies["messages"]
        with mock.patch("django.test.client.store_rendered_templates", keep_nothing):
            return super().request(**request)


def keep_nothing(*args: Any, **kwargs: Any) -> None:
    """In the place of what copies contexts."""
