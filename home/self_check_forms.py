"""The form of the self-check, made from the rule set that applies."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Department

from .models import Criterion, RuleSet
from .self_check import NONE

YES, NO = "yes", "no"
YES_OR_NO = [(YES, _("Yes")), (NO, _("No")), ("", _("I do not know"))]
MAX_BUDGET = Decimal(10_000_000)
# Between the thousands of a number, as people type or paste it.
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’€"))


class FrenchDecimalField(forms.DecimalField):
    """A number as French people type it: « 70 000,50 € »."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.translate(SPACES).replace(",", ".")
        return super().to_python(value)


class SelfCheckForm(forms.Form):
    """One question for each criterion, then the budget and the department. Nothing is required."""

    def __init__(self, rules: RuleSet, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.rules = rules
        self.operators = {str(one.pk): one for one in rules.operators.all()}
        for criterion in rules.criteria.all():
            self._ask(criterion)
        if rules.parts.all():
            self.fields["budget"] = FrenchDecimalField(
                label=_("Forecast running budget for one year, in euros"),
                help_text=_("Salaries, rent, equipment, communication: without investments."),
                required=False,
                min_value=0,
                max_value=MAX_BUDGET,
                decimal_places=2,
            )
        self.fields["departement"] = forms.ChoiceField(
            label=_("Department of the project"),
            help_text=_("To tell you which prefecture to write to."),
            choices=[("", _("I would rather not say")), *departments()],
            required=False,
        )

    def _ask(self, criterion: Criterion) -> None:
        name = criterion.code
        said: dict[str, Any] = {
            "label": criterion.question,
            "help_text": criterion.hint,
            "required": False,
        }
        if criterion.kind == Criterion.Kind.YES:
            self.fields[name] = forms.ChoiceField(
                choices=YES_OR_NO, widget=forms.RadioSelect, initial="", **said
            )
        elif criterion.kind == Criterion.Kind.MINIMUM:
            self.fields[name] = FrenchDecimalField(
                min_value=0, max_value=criterion.maximum, max_digits=8, decimal_places=2, **said
            )
            if criterion.none_label:
                self.fields[_none(name)] = forms.BooleanField(
                    label=criterion.none_label, required=False
                )
        else:
            self.fields[name] = forms.MultipleChoiceField(
                choices=[(key, one.label) for key, one in self.operators.items()],
                widget=forms.CheckboxSelectMultiple,
                **said,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for criterion in self.rules.criteria.all():
            if data.get(_none(criterion.code)) and data.get(criterion.code) is not None:
                self.add_error(
                    criterion.code,
                    _("Give a number, or tick “%(label)s”: one of the two.")
                    % {"label": criterion.none_label},
                )
        return data

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as `self_check.assess` reads them."""
        return {one.code: self._answer(one) for one in self.rules.criteria.all()}

    def _answer(self, criterion: Criterion) -> Any:
        value = self.cleaned_data.get(criterion.code)
        if criterion.kind == Criterion.Kind.YES:
            return {YES: True, NO: False}.get(value or "")
        if criterion.kind == Criterion.Kind.MINIMUM:
            return NONE if self.cleaned_data.get(_none(criterion.code)) else value
        # No box ticked: nobody agreed yet, which is an answer.
        return [self.operators[key] for key in value or []]

    @property
    def budget(self) -> Decimal | None:
        return self.cleaned_data.get("budget")

    @property
    def department(self) -> Department | None:
        code = self.cleaned_data.get("departement")
        return Department.objects.defer("outline").filter(code=code).first() if code else None


class DepartmentForm(forms.Form):
    """The department of a project, when a link says it."""

    departement = forms.ModelChoiceField(Department.objects.defer("outline"), required=False)

    def clean_departement(self) -> str:
        found = self.cleaned_data["departement"]
        return found.code if found else ""


def departments() -> list[tuple[str, str]]:
    rows = Department.objects.order_by("code").values_list("code", "name")
    return [(code, f"{name} ({code})") for code, name in rows]


def _none(code: str) -> str:
    return f"{code}-none"
