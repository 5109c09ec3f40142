"""The filter by operator, for every list whose rows have one or several.

class NewsListForm(forms.Form):
    operateur = OperatorField()

pages = with_operator(pages, form.cleaned_data.get("operateur"))     # rows have `operators`
"""

from typing import Any, TypeVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Operator

Q = TypeVar("Q", bound=QuerySet[Any])


class OperatorField(forms.Field):
    """The code of an operator, as a choice among the active ones; cleaned, it is the Operator.

    One query when it is shown, one when a code was given, none else.
    """

    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Operator or partner"))
        super().__init__(required=False, **kwargs)
        self.widget.choices = choices

    def clean(self, value: Any) -> Operator | None:
        code = super().clean(value)
        if not code:
            return None
        known = len(code) <= 40 and "\0" not in code
        found = Operator.objects.filter(code=code, active=True).first() if known else None
        if found is None:
            raise forms.ValidationError(
                _("No operator has this code: choose one of the list."), code="unknown"
            )
        return found


def choices() -> list[tuple[str, Any]]:
    """What the select offers: national operators first, under the name they bear today."""
    rows = Operator.objects.filter(active=True)
    return [("", _("All operators")), *((row.code, str(row)) for row in rows)]


def with_operator(rows: Q, operator: Operator | None, field: str = "operators") -> Q:
    """Those that concern this operator; all of them when there is none."""
    return rows.filter(**{field: operator}) if operator else rows
