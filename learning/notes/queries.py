"""One's own notes, listed, searched and written out as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.listings import FilterForm
from cms.templatetags.theme_tags import day
from cms.text import plain

from ..models import UnitNote
from ..paths.reading import names_of

MOST_WORDS = 8


class SearchForm(FilterForm):
    q = forms.CharField(label=gettext_lazy("Search my notes"), max_length=120, required=False)


@dataclass
class Line:
    """A note with the names of its unit and its path."""

    note: UnitNote
    unit: str
    path: str

    @property
    def url(self) -> str:
        return reverse("learning:unit", args=[self.note.unit.path.uuid, self.note.unit.uuid])


def found(user: Any, words: str) -> QuerySet[UnitNote]:
    """Those whose text or unit holds every word, whatever its case and accents; the last written first."""
    rows = UnitNote.objects.visible_to(user).exclude(text="").select_related("unit__path")
    wanted = plain(words).split()[:MOST_WORDS]
    if not wanted:
        return rows
    named = {
        key: plain(title)
        for key, title in names_of(rows.values_list("unit__uuid", flat=True)).items()
    }
    for word in wanted:
        units = [key for key, title in named.items() if word in title]
        rows = rows.filter(Q(folded__contains=word) | Q(unit__uuid__in=units))
    return rows


def lines(rows: Any) -> list[Line]:
    """One query for all the names."""
    notes = list(rows)
    keys = {key for note in notes for key in (note.unit.uuid, note.unit.path.uuid)}
    named = names_of(keys) if keys else {}
    gone = _("Unit taken away")
    return [
        Line(
            note,
            named.get(str(note.unit.uuid), gone),
            named.get(str(note.unit.path.uuid), ""),
        )
        for note in notes
    ]


def as_text(rows: Any) -> Iterator[str]:
    """Notes as a plain text, path by path in the order in which they were begun."""
    ordered = sorted(lines(rows), key=lambda line: (line.path, line.note.created_at))
    path = None
    for line in ordered:
        if line.path != path:
            path = line.path
            yield f"{path}\n{'=' * len(path)}\n\n"
        saved = timezone.localdate(line.note.saved_at or line.note.created_at)
        yield f"{line.unit} ({day(saved)})\n\n{line.note.text.strip()}\n\n\n"
