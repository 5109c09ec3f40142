"""The searches without result as a file."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.exports import Export

from . import empty

PERMISSION = "search.view_emptysearch"


class SinceForm(forms.Form):
    """`since`: the first day that counts."""

    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def may_read(user: Any) -> bool:
    return user.is_active and user.has_perm(PERMISSION)


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Any]:
    return empty.report(filters.get("since"))


EMPTY_SEARCHES = Export(
    code="recherches-sans-resultat",
    label=_("Searches without result"),
    columns=[
        (_("Words"), lambda row: row["words"]),
        (_("Language"), lambda row: row["language"]),
        (_("Searches"), lambda row: row["searches"]),
        (_("First on"), lambda row: row["first"]),
        (_("Last on"), lambda row: row["last"]),
    ],
    rows=rows,
    may_export=may_read,
    form=SinceForm,
)
