"""Lists that readers narrow: a GET form, counts for each choice, an address that can be kept.

An app declares a `FilterForm` with its facets and calls `narrow(entries, form, …)`. A wrong value is
left out of the list and said by `components/filters.html`; it never fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[\w-]{1,80}", re.ASCII)
PER_PAGE = 20
NO_PAGE = _("This page of results does not exist.")
# (value, label, count)
Counted = tuple[str, str, int]


def say(field: Any, text: Any) -> None:
    """One message for whatever is wrong with a number."""
    field.error_messages["invalid"] = text
    for validator in field.validators:
        validator.message = text


class CodeField(forms.ModelChoiceField):
    """A row named by its code. What cannot be a code is not asked of the database."""

    def __init__(self, queryset: Any, code: str = "code", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(queryset, to_field_name=code, **kwargs)
        self.error_messages["invalid_choice"] = _("This choice does not exist.")

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not CODE.fullmatch(str(value)):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().to_python(value)


class KindField(forms.ChoiceField):
    """One of the choices of a model's field."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=[("", ""), *choices], required=False, **kwargs)
        self.error_messages["invalid_choice"] = _("This choice does not exist.")


class YearField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Year"))
        super().__init__(min_value=1900, max_value=2200, required=False, **kwargs)
        say(self, _("Write a year in four figures, like 2016."))


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list.

    name: the field of the form, and the parameter; path: what it looks up; all: the label of "no
    choice"; columns: of a `CodeField`, what the label of a row is made of.
    """

    name: str
    path: str
    all: Any
    columns: tuple[str, ...] = ()


class FilterForm(forms.Form):
    """What may be asked of a list; each facet names one of the fields."""

    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=100_000, required=False)
    facets: tuple[Facet, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["page"], NO_PAGE)

    def value(self, name: str) -> Any:
        """What was asked, or None when it was missing or wrong."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def code(self, name: str) -> str:
        """The same as it stands in the address."""
        found = self.value(name)
        column = getattr(self.fields[name], "to_field_name", None)
        return "" if found is None else str(getattr(found, column) if column else found)

    def query(self, without: str = "") -> str:
        """The address of what is asked, encoded, without `without` and without the page."""
        asked = {name: self.code(name) for name in self.fields if name not in {"page", without}}
        return urlencode({name: code for name, code in asked.items() if code})


@dataclass
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass
class ShownFacet:
    """A facet as the form shows it. `without`: the address of the list without its choice."""

    name: str
    label: Any
    all: Any
    choices: list[Choice]
    without: str

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


@dataclass
class Listing:
    """One page of a narrowed list. query: the other parameters of its address, encoded."""

    form: FilterForm
    page: Page
    total: int
    query: str
    facets: list[ShownFacet] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        return any(facet.chosen for facet in self.facets)

    @property
    def searched(self) -> str:
        """The words asked for, where the form has a field `q`."""
        return str(self.form.value("q") or "") if "q" in self.form.fields else ""

    @property
    def without_search(self) -> str:
        """The address of the list without those words."""
        return f"?{self.form.query(without='q')}"

    @property
    def worth_narrowing(self) -> list[ShownFacet]:
        """Facets that leave a choice."""
        return [facet for facet in self.facets if facet.chosen or len(facet.choices) > 1]


def narrow(
    entries: QuerySet[Any],
    form: FilterForm,
    *,
    show: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows,
    per_page: int = PER_PAGE,
) -> Listing:
    """The page of `entries` that the form asks for, and the counts of every facet.

    entries: ordered, limited to what the reader may see. show: adds what a listing displays. The
    counts of a facet are those that its choices would give, the others being as they are: one query
    for those that can be counted together, which also gives the number of rows, and one for each other.
    """
    form.is_valid()
    chosen = {facet: found for facet in form.facets if (found := form.value(facet.name))}
    rows = _narrowed(entries, chosen)
    together = _together(form, [facet for facet in form.facets if facet not in chosen], rows)
    total, counted = _counts_together(form, together, rows) if together else (None, {})
    facets = []
    for facet in form.facets:
        if facet not in counted:
            others = {f: value for f, value in chosen.items() if f != facet}
            counted[facet] = _counts(form.fields[facet.name], facet, _narrowed(entries, others))
        facets.append(_shown(form, facet, counted[facet]))
    page = page_of(form, show(rows), per_page, total)
    return Listing(form, page, page.paginator.count, form.query(), facets)


def page_of(form: FilterForm, rows: Any, per_page: int, total: int | None = None) -> Page:
    """The page that the form asks for; one that does not exist is said on the form, and is the first.

    total: how many rows there are, where counting them as they are shown would cost more.
    """
    paginator = Paginator(rows, per_page)
    if total is not None:
        paginator.count = total
    number = form.value("page") or 1
    if number > paginator.num_pages:
        form.add_error("page", NO_PAGE)
        number = 1
    return paginator.page(number)


def page_and_total(form: FilterForm, rows: QuerySet[Any], per_page: int) -> Page:
    """As `page_of`, the rows and how many there are in one query: where finding them is the cost."""
    number = form.value("page") or 1
    last = number * per_page
    shown = list(rows.annotate(of_all=Window(Count("*")))[last - per_page : last])
    if not shown:
        return page_of(form, rows, per_page)
    paginator = Paginator(rows, per_page)
    paginator.count = shown[0].of_all
    return Page(shown, number, paginator)


def _narrowed(entries: QuerySet[Any], chosen: dict[Facet, Any]) -> QuerySet[Any]:
    for facet, value in chosen.items():
        entries = entries.filter(**{facet.path: value})
    return entries


def _shown(form: FilterForm, facet: Facet, counted: list[Counted]) -> ShownFacet:
    asked = form.code(facet.name)
    if asked and all(value != asked for value, _label, _count in counted):
        counted.append((asked, _label_of(form, facet.name), 0))
    choices = [Choice(value, label, count, value == asked) for value, label, count in counted]
    return ShownFacet(
        facet.name,
        form.fields[facet.name].label,
        facet.all,
        choices,
        f"?{form.query(without=facet.name)}",
    )


def _label_of(form: FilterForm, name: str) -> str:
    choices = dict(getattr(form.fields[name], "choices", ())) if _is_choice(form, name) else {}
    value = form.value(name)
    return str(choices.get(value, value))


def _is_choice(form: FilterForm, name: str) -> bool:
    return isinstance(form.fields[name], KindField)


def _together(form: FilterForm, facets: list[Facet], rows: QuerySet[Any]) -> list[Facet]:
    """Facets that one query may count: each entry has one value of each, and their combinations are few.

    Kinds, and the first of rows named by a code.
    """
    single = [facet for facet in facets if _has_one_value(facet.path, rows)]
    kinds = [facet for facet in single if _is_choice(form, facet.name)]
    codes = [facet for facet in single if isinstance(form.fields[facet.name], CodeField)]
    return [*codes[:1], *kinds] if kinds else []


def _has_one_value(path: str, rows: QuerySet[Any]) -> bool:
    """Whether a path is an annotation or leads through columns and foreign keys alone."""
    if path in rows.query.annotations:
        return True
    model: Any = rows.model
    for name in path.split("__"):
        try:
            found = model._meta.get_field(name) if model else None
        except FieldDoesNotExist:  # A part of a date.
            return False
        if found is None or not found.concrete or found.many_to_many:
            return False
        model = found.related_model
    return True


def _counts_together(
    form: FilterForm, facets: list[Facet], rows: QuerySet[Any]
) -> tuple[int, dict[Facet, list[Counted]]]:
    """How many rows there are, and the counts of each of these facets."""
    wanted = [(facet, form.fields[facet.name]) for facet in facets]
    columns: list[str] = []
    order: list[str] = []
    for facet, asked in wanted:
        if isinstance(asked, CodeField):
            own, ordered = _columns(facet, asked)
            columns, order = [*columns, *own], [*order, *ordered]
        else:
            columns.append(facet.path)
    grouped = rows.order_by().values_list(*columns).annotate(Count("pk", distinct=True))
    sums: dict[Facet, dict[Any, int]] = {facet: {} for facet in facets}
    total = 0
    for *values, number in grouped.order_by(*order):
        total += number
        left = iter(values)
        for facet in facets:
            key = tuple(next(left) for _name in facet.columns or (facet.path,))
            sums[facet][key] = sums[facet].get(key, 0) + number
    return total, {facet: _said(asked, facet, sums[facet]) for facet, asked in wanted}


def _columns(facet: Facet, asked: CodeField) -> tuple[list[str], list[str]]:
    """What is read of the rows that a facet names, and what orders them."""
    ordering = asked.queryset.model._meta.ordering
    return [f"{facet.path}__{n}" for n in facet.columns], [f"{facet.path}__{n}" for n in ordering]


def _said(asked: forms.Field, facet: Facet, sums: dict[Any, int]) -> list[Counted]:
    """(value, label, count) from the values read, in the order of the choices; having none is no choice."""
    if isinstance(asked, CodeField):
        rows = (
            (asked.queryset.model(**dict(zip(facet.columns, key, strict=True))), number)
            for key, number in sums.items()
            if key[0] is not None
        )
        return [(str(getattr(row, asked.to_field_name)), str(row), n) for row, n in rows]
    return _kinds(asked, {key[0]: number for key, number in sums.items()})


def _kinds(asked: Any, numbers: dict[Any, int]) -> list[Counted]:
    return [
        (code, str(label), numbers[code])
        for code, label in asked.choices
        if code and numbers.get(code)
    ]


def _counts(asked: forms.Field, facet: Facet, entries: QuerySet[Any]) -> list[Counted]:
    """(value, label, count) of each choice that some entry has, in the order of the choices.

    Having none is no choice.
    """
    plain = entries.order_by().filter(**{f"{facet.path}__isnull": False})
    number = Count("pk", distinct=True)
    if isinstance(asked, CodeField):
        names, order = _columns(facet, asked)
        read = plain.values_list(*names).annotate(number).order_by(*order)
        return _said(asked, facet, {tuple(values): count for *values, count in read})
    rows = dict(plain.values_list(facet.path).annotate(number))
    if isinstance(asked, KindField):
        return _kinds(asked, rows)
    return [(str(value), str(value), rows[value]) for value in sorted(rows, reverse=True)]
