"""What apps tell the search: their documents, and who may see them.

Pages are in the search by themselves. A model that is not a page gives a `SearchSource` to
`cms.registry.search_documents`; whoever writes rows without Django's signals (bulk, raw SQL) says so
with `documents_changed`. See `docs/search.md`.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils.functional import Promise

# sender: the source's code ("page" for pages); keys: the identifiers of what changed.
# Sent inside the transaction that changes them.
documents_changed = Signal()


@dataclass(frozen=True)
class SearchDocument:
    """One thing that can be found, in one language.

    key: what the source knows it by; with the language it is unique in the source.
    group: the same for all languages of one thing; readers are shown theirs.
    keywords: names of what it is about (themes, operators). places: names and postcodes.
    weight: above 1 for what should come first among equals, below 1 for the contrary.
    """

    key: str
    title: str
    url: str = ""
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    language: str = "fr"
    group: str = ""
    kind: str = ""
    date: dt.date | None = None
    weight: float = 1.0


class SearchSource(Protocol):
    """Documents of one kind. `model` is the one whose changes make a document old; its primary key,
    as text, is the key."""

    code: str
    label: str | Promise
    label_plural: str | Promise
    model: type[Any]

    def documents(self, keys: Collection[str] | None = None) -> Iterable[SearchDocument]:
        """Those of these keys, or all. Whether someone may see them is not its affair, but what
        nobody may see (a draft) is left out."""

    def visible(self, keys: Collection[str], user: Any) -> set[str]:
        """Those of these keys that this person may see now."""


# Above this many, asking for all that is visible costs less than naming what is asked.
MANY = 1_000


def keys_among(visible: QuerySet[Any], keys: Collection[str]) -> set[str]:
    """Those of these keys that are primary keys of `visible`, a queryset that `visible_to` gave."""
    asked = set(keys)
    if len(asked) <= MANY:
        visible = visible.filter(pk__in=[int(key) for key in asked])
    return {
        key for pk in visible.order_by().values_list("pk", flat=True) if (key := str(pk)) in asked
    }
