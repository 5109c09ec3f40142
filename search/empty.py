"""Searches that led to nothing, so that editors see what is missing. See `EmptySearch`."""

import datetime as dt
import re
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, Max, Min, QuerySet, Sum
from django.utils import timezone

from . import text
from .models import EmptySearch

KEEP_DAYS = 180
# Someone who types nonsense by the thousand does not fill the table.
MAX_A_DAY = 1_000
MAX_WORDS = 8
_ADDRESS = re.compile(r"\S*@\S*|\S*://\S*|www\.\S*")
_LONGEST = 30


def without_personal_data(query: str) -> str:
    """The words of a query, folded, without addresses and without anything that holds a digit."""
    kept = [
        token.text
        for token in text.tokens(text.prepare(_ADDRESS.sub(" ", query)))
        if len(token.text) > 1
        and len(token.text) <= _LONGEST
        and not any(c.isdigit() for c in token.text)
    ]
    return " ".join(kept[:MAX_WORDS])[:100].strip()


def record(query: str, language: str) -> None:
    """Count one more search for these words today. Never fails the search."""
    words = without_personal_data(query)
    if not words:
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            row = EmptySearch.objects.filter(day=today, language=language, words=words)
            if row.update(count=F("count") + 1):
                return
            if EmptySearch.objects.filter(day=today).count() < MAX_A_DAY:
                EmptySearch.objects.bulk_create(
                    [EmptySearch(day=today, language=language, words=words)], ignore_conflicts=True
                )
    except DatabaseError:  # another writer holds the database: the reader does not wait for a tally
        return


def report(since: dt.date | None = None) -> QuerySet[Any]:
    """One row for each words and language, the most searched first."""
    rows = EmptySearch.objects.all()
    if since:
        rows = rows.filter(day__gte=since)
    return (
        rows.values("words", "language")
        .annotate(searches=Sum("count"), first=Min("day"), last=Max("day"))
        .order_by("-searches", "words")
    )


def purge() -> int:
    """Erase what is older than KEEP_DAYS. Returns how many rows."""
    before = timezone.localdate() - dt.timedelta(days=KEEP_DAYS)
    return EmptySearch.objects.filter(day__lt=before).delete()[0]
