"""Supports that a member makes their own: what there is, and what each is filled with.

A support is one sheet: a template, a form, the formats in which it reads well. What is typed goes
on the sheet and nowhere else: nothing is stored.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import pdf
from cms.phones import parse_phone
from maisons.hours import DAYS, NAMES
from maisons.models import Maison

FORMATS = {"a3": "A3 (297 × 420 mm)", "a4": "A4 (210 × 297 mm)", "a5": "A5 (148 × 210 mm)"}
# French typography: a narrow space would be missing from the font.
NO_BREAK = "\N{NO-BREAK SPACE}"


def hour(text: str) -> str:
    """ "09:30" as it is written on a door: "9 h 30"."""
    hours, minutes = text.split(":")
    return f"{int(hours)}{NO_BREAK}h" + (f"{NO_BREAK}{minutes}" if minutes != "00" else "")


def day_text(ranges: Any) -> str:
    """The ranges of a day in words."""
    return ", ".join(f"{hour(start)} – {hour(end)}" for start, end in ranges) or _("closed")


def known_of(maison: Maison | None) -> dict[str, Any]:
    """What the site knows of a Maison, as the forms ask for it."""
    if maison is None:
        return {}
    phone = parse_phone(maison.phone, maison.department.code)
    known = {
        "name": maison.name,
        "address": maison.postal_address,
        "phone": phone.display if phone else maison.phone,
    }
    for day in maison.week or []:
        known[f"day_{DAYS[day.index].lower()}"] = day_text(day.ranges)
    return known


class SupportForm(forms.Form):
    """What stands on every support."""

    format = forms.ChoiceField(label=gettext_lazy("Format"))
    name = forms.CharField(
        label=gettext_lazy("Name of the Maison"),
        max_length=70,
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Three lines at most."),
    )
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=24, required=False)

    def __init__(self, *args: Any, formats: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(code, FORMATS[code]) for code in formats]
        for name in ("name", "address", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_address(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["address"].splitlines() if line.strip()]
        if len(lines) > 3:
            raise forms.ValidationError(_("Three lines at most: there are %d.") % len(lines))
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str) and (unknown := pdf.unprintable(value)):
                self.add_error(
                    name,
                    _("These characters cannot be printed: %(characters)s")
                    % {"characters": " ".join(unknown)},
                )
        return data

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that stand by themselves."""
        return [field for field in self if not field.name.startswith("day_")]

    @property
    def day_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("day_")]

    @property
    def week(self) -> list[tuple[Any, str]]:
        """[(day, hours)] of the days that were filled in."""
        return []


class WeekForm(SupportForm):
    """With the hours of each day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in zip(DAYS, NAMES, strict=True):
            self.fields[f"day_{code.lower()}"] = forms.CharField(
                label=name,
                max_length=40,
                required=False,
                widget=forms.TextInput(
                    attrs={"autocomplete": "off", "aria-describedby": "semaine"}
                ),
            )

    @property
    def week(self) -> list[tuple[Any, str]]:
        data = getattr(self, "cleaned_data", None) or self.initial
        rows = [
            (name, data.get(f"day_{code.lower()}", ""))
            for code, name in zip(DAYS, NAMES, strict=True)
        ]
        return [(name, hours) for name, hours in rows if hours]


class DoorForm(WeekForm):
    """Hours to be read from outside: one day at least."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(data.get(f"day_{code.lower()}") for code in DAYS):
            self.add_error(
                f"day_{DAYS[0].lower()}",
                _("Write the hours of one day at least, such as 9 a.m. to 12 noon."),
            )
        return data


class LeafletForm(WeekForm):
    """With what one comes for, one line each."""

    services = forms.CharField(
        label=gettext_lazy("What one comes for"),
        max_length=330,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One line for each, six at most."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["format", "name", "services", "address", "phone"])

    def clean_services(self) -> str:
        lines = [
            line.strip() for line in self.cleaned_data["services"].splitlines() if line.strip()
        ]
        if len(lines) > 6:
            raise forms.ValidationError(_("Six lines at most: there are %d.") % len(lines))
        if any(len(line) > 60 for line in lines):
            raise forms.ValidationError(_("Sixty characters a line at most."))
        return "\n".join(lines)


class MeetingForm(SupportForm):
    """An appointment: what, when, with whom."""

    title = forms.CharField(label=gettext_lazy("What happens"), max_length=60)
    when = forms.CharField(
        label=gettext_lazy("When"),
        max_length=60,
        help_text=gettext_lazy("For instance: Tuesday 4 October, 2 p.m. to 4 p.m."),
    )
    text = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["format", "title", "when", "text", "name", "address", "phone"])


# What stands in the place of what nobody has typed yet.
_SAMPLE = {
    "name": gettext_lazy("Maison de services au public"),
    "title": gettext_lazy("What happens"),
    "when": gettext_lazy("When"),
}


def sheet(form: SupportForm) -> dict[str, Any] | None:
    """What is written on the sheet; None while the form is wrong."""
    if form.is_bound and not form.is_valid():
        return None
    data = form.cleaned_data if form.is_bound else {**_SAMPLE, **form.initial}
    written = {
        **data,
        "lines": data.get("address", "").splitlines(),
        "services": data.get("services", "").splitlines(),
        "week": form.week or ([] if form.is_bound else [(day, "…") for day in NAMES[:5]]),
    }
    return {**written, "dense": _is_dense(written)}


def _is_dense(written: dict[str, Any]) -> bool:
    """Whether there is more to write than the sheet holds in large letters."""
    return (
        len(written["lines"]) > 2
        or len(written.get("name", "")) > 40
        or len(written.get("title", "")) > 40
        or len(written.get("text", "")) > 130
        or any(len(line) > 34 for line in (*written["lines"], *written["services"]))
        or any(len(hours) > 27 for _day, hours in written["week"])
    )


def _initial(support: "Support", maison: Maison | None) -> dict[str, Any]:
    """What the form starts with: the Maison's own data, and sentences that may stay."""
    return {
        "format": support.formats[0],
        "services": _(
            "Looking for work, or for training\nFamily and housing benefits\nHealth and its cover\n"
            "Pension, step by step\nTaxes and identity papers\nAt ease with the screen"
        ),
        **known_of(maison),
    }


@dataclass(frozen=True)
class Support:
    """One sheet to make one's own. `slug` is in its address; its template is toolbox/supports/<slug>.html."""

    slug: str
    label: Promise
    text: Promise
    form: type[SupportForm]
    formats: tuple[str, ...]

    @property
    def template(self) -> str:
        return f"toolbox/supports/{self.slug}.html"

    def start(self, maison: Maison | None) -> SupportForm:
        """Its form, filled with the Maison's own data and with sentences that may stay."""
        return self.form(initial=_initial(self, maison), formats=self.formats)

    @property
    def formats_text(self) -> str:
        return ", ".join(code.upper() for code in self.formats)


SUPPORTS = (
    Support(
        "affiche",
        gettext_lazy("Poster of the Maison"),
        gettext_lazy(
            "For the town hall, the shops, the school: where the Maison is, when it opens."
        ),
        WeekForm,
        ("a3", "a4"),
    ),
    Support(
        "depliant",
        gettext_lazy("Leaflet"),
        gettext_lazy("To hand over: what one comes for, where, when."),
        LeafletForm,
        ("a5", "a4"),
    ),
    Support(
        "horaires",
        gettext_lazy("Opening hours for the door"),
        gettext_lazy("The week at a glance, to be read from the pavement."),
        DoorForm,
        ("a4", "a3", "a5"),
    ),
    Support(
        "rendez-vous",
        gettext_lazy("Poster of a meeting"),
        gettext_lazy("A workshop, outreach hours, an open day: what, when, where."),
        MeetingForm,
        ("a4", "a3", "a5"),
    ),
)
BY_SLUG = {support.slug: support for support in SUPPORTS}
