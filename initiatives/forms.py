"""The form in which members of a Maison write a sheet, on the site and not in the admin.

Nothing but the title is required: a draft may stop anywhere. What is written must be readable, so
that it can be kept; what is still missing is asked for when the sheet is proposed.
"""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms import PictureField
from cms.models import Department, Theme
from cms.phones import parse_phone
from cms.pictures import check_content
from cms.uploads import check_document
from maisons.models import Maison, Operator
from maisons.queries import matching

from .models import Adoption, Audience, CostPeriod, ProjectSheetPage, State

_AREA = forms.Textarea(attrs={"rows": 5})
_MONTHS = [("", "—"), *((str(n), n) for n in range(1, 13))]
_LINES = gettext_lazy(
    "An empty line starts a paragraph, a line that starts with “- ” makes a list."
)
MANY = ("themes", "audiences", "departments", "operators", "maisons")


class StartForm(forms.Form):
    """The first step: in whose name, and what it is called."""

    title = forms.CharField(
        label=gettext_lazy("Name of the initiative"),
        max_length=120,
        help_text=gettext_lazy("Short and concrete: it can be changed later."),
    )
    maison = forms.ModelChoiceField(
        label=gettext_lazy("In the name of"), queryset=Maison.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, maisons: list[Maison], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["maison"]
        field.queryset = Maison.objects.filter(pk__in=[maison.pk for maison in maisons])
        if len(maisons) == 1:
            field.initial = maisons[0].pk
            field.widget = forms.HiddenInput()


class SheetForm(forms.Form):
    """The texts and choices of a sheet. Rows, pictures and files have forms of their own below."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)
    title = forms.CharField(label=gettext_lazy("Name of the initiative"), max_length=120)
    summary = forms.CharField(
        label=gettext_lazy("In two sentences"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it is and for whom: this is what lists show."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audiences = forms.ModelMultipleChoiceField(
        label=gettext_lazy("For whom"),
        queryset=Audience.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=[("", "—"), *State.choices],
        required=False,
    )
    state_note = forms.CharField(
        label=gettext_lazy("Details"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As of when, or by whom it was taken up."),
    )
    stop_reason = forms.CharField(
        label=gettext_lazy("If it was stopped: why?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What others may learn from it."),
    )
    start_month = forms.ChoiceField(
        label=gettext_lazy("Start: month"), choices=_MONTHS, required=False
    )
    start_year = forms.IntegerField(
        label=gettext_lazy("Start: year"), min_value=1980, max_value=2100, required=False
    )
    end_month = forms.ChoiceField(label=gettext_lazy("End: month"), choices=_MONTHS, required=False)
    end_year = forms.IntegerField(
        label=gettext_lazy("End: year"), min_value=1980, max_value=2100, required=False
    )
    objectives = forms.CharField(
        label=gettext_lazy("What it is for"), required=False, widget=_AREA, help_text=_LINES
    )
    actions = forms.CharField(
        label=pgettext_lazy("initiative", "What is done"), required=False, widget=_AREA
    )
    results = forms.CharField(
        label=pgettext_lazy("initiative", "What came of it"), required=False, widget=_AREA
    )
    reuse = forms.CharField(
        label=gettext_lazy("What to reuse elsewhere"), required=False, widget=_AREA
    )
    cost = forms.IntegerField(label=gettext_lazy("Cost in euros"), min_value=0, required=False)
    cost_period = forms.ChoiceField(label=gettext_lazy("For"), choices=CostPeriod.choices)
    cost_note = forms.CharField(
        label=gettext_lazy("What it covers, and its year"), max_length=200, required=False
    )
    maisons = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Maisons that carry it"),
        queryset=Maison.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    another_maison = forms.CharField(
        label=gettext_lazy("Add a Maison"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Its name, its commune or its postcode."),
    )
    departments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    another_department = forms.ModelChoiceField(
        label=gettext_lazy("Add a department"),
        queryset=Department.objects.defer("outline").order_by("code"),
        required=False,
    )
    operators = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Operators and partners of the network"),
        queryset=Operator.objects.filter(active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sheet: ProjectSheetPage, user: Any, **kwargs: Any) -> None:
        held = {name: [row.pk for row in getattr(sheet, name).all()] for name in MANY}
        kept = {name: getattr(sheet, name) for name in self.base_fields if hasattr(sheet, name)}
        super().__init__(*args, initial={**kept, **held, **kwargs.pop("initial", {})}, **kwargs)
        self.user = user
        fields: Any = self.fields
        fields["maisons"].queryset = Maison.objects.filter(pk__in=held["maisons"]).in_order()
        fields["departments"].queryset = Department.objects.filter(
            pk__in=held["departments"]
        ).defer("outline")
        for name in ("departments", "another_department"):
            fields[name].label_from_instance = lambda department: department.label

    def clean_another_maison(self) -> Maison | None:
        typed = str(self.cleaned_data["another_maison"]).strip()
        if not typed:
            return None
        found = list(matching(Maison.objects.visible_to(self.user), typed).with_place()[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No Maison answers to this name."))
        names = ", ".join(f"{maison.name} ({maison.commune.name})" for maison in found[:5])
        raise ValidationError(_("Several Maisons answer to this: %(names)s.") % {"names": names})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for end in ("start", "end"):
            if data.get(f"{end}_month") and not data.get(f"{end}_year"):
                self.add_error(f"{end}_year", _("A month needs its year."))
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("It cannot end before it starts."))
        return data

    def write_to(self, sheet: ProjectSheetPage) -> None:
        """Put what was written into a working copy, which is not saved."""
        data = self.cleaned_data
        for name in self.base_fields:
            if name in data and name not in (*MANY, "version") and hasattr(sheet, name):
                setattr(sheet, name, data[name])
        for end in ("start", "end"):
            month = data[f"{end}_month"]
            setattr(sheet, f"{end}_month", int(month) if month else None)
        maison, department = data["another_maison"], data["another_department"]
        maisons = [*data["maisons"], *([maison] if maison else [])]
        departments = {row.pk: row for row in data["departments"]}
        for row in (department, maison.department if maison else None):
            if row is not None:
                departments[row.pk] = row
        for name in ("themes", "audiences", "operators"):
            getattr(sheet, name).set(data[name])
        sheet.maisons.set(maisons)
        sheet.departments.set(departments.values())


# -- Rows -----------------------------------------------------------------------------------------


class RowForm(forms.Form):
    """One row of a list. Empty, it is left out; half written, it is kept with the draft."""

    kind = ""

    def written(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "DELETE" and value not in (None, "")
        }


class FigureForm(RowForm):
    kind = "figure"
    value = forms.CharField(label=gettext_lazy("Figure"), max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What it counts"), max_length=160, required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=160, required=False)
    date = forms.DateField(
        label=gettext_lazy("Date of the figure"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ActorForm(RowForm):
    kind = "actor"
    name = forms.CharField(label=gettext_lazy("Organisation"), max_length=160, required=False)
    role = forms.CharField(
        label=gettext_lazy("What it does in the project"), max_length=200, required=False
    )


class BearerForm(RowForm):
    kind = "bearer"
    name = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, required=False)
    url = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")


class FundingForm(RowForm):
    kind = "funding"
    name = forms.CharField(label=gettext_lazy("Who pays"), max_length=160, required=False)
    amount = forms.IntegerField(
        label=gettext_lazy("Amount in euros"), min_value=1, max_value=2_000_000_000, required=False
    )


class ContactRowForm(RowForm):
    kind = "contact"
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=160, required=False
    )
    role = forms.CharField(
        label=gettext_lazy("Service or position"), max_length=120, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def clean_phone(self) -> str:
        text = str(self.cleaned_data["phone"]).strip()
        if text and parse_phone(text, "") is None:
            raise ValidationError(
                _("This number cannot be read. Expected: ten digits, like 04 71 00 00 00.")
            )
        return text


class SourceForm(RowForm):
    kind = "source"
    title = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    date = forms.DateField(
        label=gettext_lazy("Date of the source"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    url = forms.URLField(label=gettext_lazy("Address"), required=False, assume_scheme="https")


# stream → (form of a row, most rows, title, hint)
ROWS: dict[str, tuple[type[RowForm], int, Any, Any]] = {
    "figures": (
        FigureForm,
        8,
        gettext_lazy("Key figures"),
        gettext_lazy("Each with its source and its date."),
    ),
    "fundings": (FundingForm, 12, gettext_lazy("Who pays"), ""),
    "actors": (
        ActorForm,
        20,
        gettext_lazy("Actors involved"),
        gettext_lazy("Organisations that are not in the list above."),
    ),
    "bearers": (
        BearerForm,
        10,
        gettext_lazy("Other bearers"),
        gettext_lazy("When it is not carried by Maisons alone."),
    ),
    "contacts": (
        ContactRowForm,
        5,
        gettext_lazy("Contacts"),
        gettext_lazy("Those of an organisation: no person’s name or own address."),
    ),
    "sources": (SourceForm, 8, gettext_lazy("Sources"), gettext_lazy("Where the facts come from.")),
}


def row_formsets(sheet: ProjectSheetPage, data: Any = None) -> dict[str, Any]:
    """A formset for each stream of rows, with one empty row to go on."""
    made: dict[str, Any] = {}
    for name, (form, most, title, hint) in ROWS.items():
        factory = forms.formset_factory(form, extra=1, max_num=most, validate_max=True)
        initial = [dict(block.value) for block in getattr(sheet, name)]
        made[name] = factory(data, prefix=name, initial=initial)
        made[name].title, made[name].hint = title, hint
    return made


def write_rows(formsets: dict[str, Any], sheet: ProjectSheetPage) -> None:
    """Put the rows of valid formsets into a working copy."""
    for name, formset in formsets.items():
        rows = [row for form in formset if (row := form.written())]
        stored = [{"type": ROWS[name][0].kind, "value": row} for row in rows]
        setattr(sheet, name, json.dumps(stored, default=str))


# -- Pictures and files ---------------------------------------------------------------------------


class UploadForm(forms.Form):
    """One picture and one document at a time; those that are there stay unless taken out."""

    picture = PictureField(
        label=gettext_lazy("Add a picture"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP or AVIF, 20 MB at most."),
    )
    picture_alt = forms.CharField(
        label=gettext_lazy("What it shows, for those who do not see it"),
        max_length=200,
        required=False,
    )
    picture_caption = forms.CharField(label=gettext_lazy("Caption"), max_length=200, required=False)
    picture_credit = forms.CharField(
        label=gettext_lazy("Who made it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The people shown have agreed to it."),
    )
    document = forms.FileField(
        label=gettext_lazy("Add a document"),
        required=False,
        help_text=gettext_lazy("PDF or office document, without macros."),
    )
    document_title = forms.CharField(
        label=gettext_lazy("Title of the document"), max_length=200, required=False
    )

    def clean_picture(self) -> Any:
        file = self.cleaned_data["picture"]
        if file:
            check_content(file)
        return file

    def clean_document(self) -> Any:
        file = self.cleaned_data["document"]
        if file:
            check_document(file)
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("picture") and not data.get("picture_alt", "").strip():
            self.add_error("picture_alt", _("Describe the picture for those who do not see it."))
        if data.get("document") and not data.get("document_title", "").strip():
            self.add_error("document_title", _("Give the document a title."))
        return data


# -- We did it too --------------------------------------------------------------------------------


class AdoptionForm(forms.Form):
    maison = forms.ModelChoiceField(
        label=gettext_lazy("Your Maison"), queryset=Maison.objects.none(), empty_label=None
    )
    year = forms.IntegerField(
        label=gettext_lazy("Since (year)"), min_value=1980, max_value=2100, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What you kept, what you changed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    own_sheet = forms.ModelChoiceField(
        label=gettext_lazy("Your own sheet, if you have one"),
        queryset=ProjectSheetPage.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, maisons: Iterable[Maison], sheets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["maison"].queryset = Maison.objects.filter(pk__in=[m.pk for m in maisons])
        fields["own_sheet"].queryset = sheets


class DecisionForm(forms.Form):
    """What a moderator answers to a declaration."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (Adoption.Status.ACCEPTED, gettext_lazy("Show it on the sheet")),
            (Adoption.Status.REFUSED, gettext_lazy("Send it back")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == Adoption.Status.REFUSED and not data.get("comment", "").strip():
            self.add_error("comment", _("Say why, so that the author can correct it."))
        return data
