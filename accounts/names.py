"""Finding people by their names, as one types them in a hurry."""

from typing import Any

from django.db.models import QuerySet

from cms.text import plain

MOST_WORDS = 5


def holds(name: str, asked: str) -> bool:
    """Whether a name holds each word of what was asked, without regard to accents or case."""
    words = plain(asked).split()[:MOST_WORDS]
    return all(word in plain(name) for word in words)


def named(rows: QuerySet[Any], asked: str, user: str = "") -> QuerySet[Any]:
    """Those of the rows whose person's names hold each word, without regard to accents or case.

    user: where the person stands in a row ("user__"). The names of the rows are read once and
    compared here: no database of ours folds accents by itself.
    """
    if not plain(asked).split():
        return rows
    names = rows.order_by().values_list("pk", f"{user}first_name", f"{user}last_name")
    found = [pk for pk, first, last in names.iterator() if holds(f"{first} {last}", asked)]
    return rows.filter(pk__in=found)
