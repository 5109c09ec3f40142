"""The form by which people write, alone on its page or embedded in another.

Pages that embed it are kept for everybody: it holds no CSRF token and needs no session. Forged and
automatic submissions are refused by other means (`maisons.contact.guard`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.models import Department
from cms.phones import parse_phone

from ..models import ContactRequest, Desk, Maison
from ..queries import matching
from . import guard, kinds, services

_SHOWN_AT_MOST = 12


@dataclass(frozen=True)
class About:
    """The page from which somebody writes."""

    title: str
    url: str


class ContactForm(forms.Form):
    """What is asked depends on the subject: a Maison, a department, a telephone number."""

    sujet = forms.ChoiceField(
        label=gettext_lazy("Subject"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the subjects.")},
    )
    maison = forms.ChoiceField(label=gettext_lazy("Which Maison?"), required=False)
    lieu = forms.CharField(
        label=gettext_lazy("Commune, postcode or name of the Maison"),
        help_text=gettext_lazy("When you write to a Maison."),
        required=False,
        max_length=80,
    )
    departement = forms.ChoiceField(
        label=gettext_lazy("Your department"),
        help_text=gettext_lazy("When you write about a Maison project, or know no Maison."),
        required=False,
    )
    nom = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name, to be answered.")},
    )
    courriel = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("To answer you. Format: name@example.org"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address, like name@example.org."),
            "invalid": gettext_lazy("Write your e-mail address, like name@example.org."),
        },
    )
    telephone = forms.CharField(
        label=gettext_lazy("Your telephone number"),
        help_text=gettext_lazy("Ten digits, like 04 71 00 00 00."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    message = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy(
            "Give no health, tax or social security number here: nobody needs them to answer."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Write your message.")},
    )
    # Hidden: a trap for programs, when the form was made, where it stood.
    site_web = forms.CharField(required=False, widget=forms.TextInput)
    marque = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)
    objet = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)

    def __init__(
        self,
        *args: Any,
        kind: str = "",
        maisons: Iterable[Maison] = (),
        department: str = "",
        about: About | None = None,
        user: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.embedded = bool(kind)
        self.offered = list(maisons)
        self.initial = {**self.initial, "marque": guard.stamp(), "sujet": kind}
        if about:
            self.initial["objet"] = guard.seal([about.title, about.url])
        if department:
            self.initial["departement"] = department
        if user is not None and user.is_authenticated:
            self.initial = {**self.initial, "nom": str(user), "courriel": user.email}
        self._arrange(kind)

    # -- What is asked -----------------------------------------------------------------------------

    def _arrange(self, kind: str) -> None:
        """Keep the fields that the subject needs; hide what is known already."""
        if kind:
            self._fix("sujet", kind)
        else:
            self._choices("sujet").choices = [(k.code, _with_hint(k)) for k in kinds.listed()]
        self._arrange_place(kinds.find(kind))

    def _arrange_place(self, kind: kinds.Kind | None) -> None:
        slugs = [(maison.slug, maison.name) for maison in self.offered]
        if len(slugs) == 1 and self.embedded:
            self._fix("maison", slugs[0][0])
        elif slugs:
            self._choices("maison").choices = slugs
            self.fields["maison"].widget = forms.RadioSelect(choices=slugs)
        else:
            del self.fields["maison"]
        if kind is None:
            self._offer_departments()
            return
        if self.offered or kind.desk != Desk.MAISON:
            del self.fields["lieu"]
        if self.offered or kind.desk == Desk.NATIONAL:
            del self.fields["departement"]
        elif self.initial.get("departement"):
            self._fix("departement", self.initial["departement"])
        else:
            self._offer_departments(required=kind.desk == Desk.DEPARTMENT)
        if kind.wants_phone:
            self.fields["telephone"].required = True
            self.fields["telephone"].help_text = _("The number at which to call you back.")

    def _choices(self, name: str) -> forms.ChoiceField:
        field: Any = self.fields[name]
        return field

    def _fix(self, name: str, value: str) -> None:
        self.fields[name] = forms.CharField(
            widget=forms.HiddenInput, initial=value, max_length=80, label=self.fields[name].label
        )
        self.initial[name] = value

    def _offer_departments(self, required: bool = False) -> None:
        field = self._choices("departement")
        rows = Department.objects.order_by("code").values_list("code", "name")
        field.choices = [("", _("Choose a department")), *((c, f"{c} – {n}") for c, n in rows)]
        if required:
            field.required = True
            field.help_text = ""

    # -- What is answered --------------------------------------------------------------------------

    def clean_sujet(self) -> kinds.Kind:
        kind = kinds.find(self.cleaned_data["sujet"])
        if kind is None:
            raise forms.ValidationError(_("Choose one of the subjects."))
        return kind

    def clean_telephone(self) -> str:
        text = self.cleaned_data["telephone"].strip()
        if not text:
            return ""
        phone = parse_phone(text, self.data.get("departement", ""))
        if phone is None:
            raise forms.ValidationError(
                _("This number cannot be read. Expected: ten digits, like 04 71 00 00 00.")
            )
        return phone.e164

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("sujet")
        if kind is None:
            return data
        self.maison = self._maison(data) if kind.desk == Desk.MAISON else None
        self.department = self._department(data)
        if kind.desk == Desk.MAISON and not (self.maison or self.department or self.errors):
            self.add_error(
                "lieu" if "lieu" in self.fields else None,
                _("Say which Maison: its name, its commune or its postcode."),
            )
        if kind.desk == Desk.DEPARTMENT and self.department is None and not self.errors:
            self.add_error(
                "departement" if "departement" in self.fields else None,
                _("Choose your department: its referent answers you."),
            )
        if kind.wants_phone and not data.get("telephone") and "telephone" not in self.errors:
            self.add_error("telephone", _("Give the number at which to call you back."))
        return data

    def _maison(self, data: dict[str, Any]) -> Maison | None:
        """The Maison chosen, or the only one that answers to what was typed."""
        public = Maison.objects.visible_to(None).select_related("commune__department")
        if slug := data.get("maison"):
            found = public.filter(slug=slug).first()
            if found is None:
                self.add_error("maison", _("This Maison is not in the network any more."))
            return found
        typed = data.get("lieu", "").strip()
        if not typed:
            return None
        several = list(matching(public, typed).in_order()[: _SHOWN_AT_MOST + 1])
        if len(several) == 1:
            return several[0]
        self.add_error("lieu", self._which(several))
        return None

    def _which(self, found: list[Maison]) -> str:
        """Ask again, offering those that answer to what was typed."""
        if not found:
            return _(
                "No Maison answers to this name. Try a neighbouring commune, or choose your"
                " department below: its referent will answer you."
            )
        if len(found) > _SHOWN_AT_MOST:
            return _("Too many Maisons answer to this: write a commune or a postcode.")
        self.offer(found)
        return _("Several Maisons answer to this: choose one of them.")

    def offer(self, maisons: list[Maison]) -> None:
        """Add the choice of a Maison before the place that was typed."""
        choices = [(m.slug, f"{m.name} – {m.commune.name}") for m in maisons]
        field = forms.ChoiceField(
            label=_("Which Maison?"), choices=choices, required=False, widget=forms.RadioSelect
        )
        self.fields = {"sujet": self.fields["sujet"], "maison": field, **self.fields}

    def _department(self, data: dict[str, Any]) -> Department | None:
        code = data.get("departement")
        if not code:
            return None
        found = Department.objects.filter(code=code).first()
        if found is None and "departement" in self.fields:
            self.add_error("departement", _("Choose a department of the list."))
        return found

    # -- What becomes of it ------------------------------------------------------------------------

    def submission(self) -> str:
        """The name of this sending: the same one when a button is pressed twice."""
        data = self.cleaned_data
        parts = (data.get("marque", ""), data["courriel"], data["sujet"].code, data["message"])
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def save(self, *, acknowledge: bool = True) -> ContactRequest:
        """Record the request of a valid form."""
        data = self.cleaned_data
        title, url = guard.unseal(data.get("objet", "")) or ("", "")
        return services.submit(
            data["sujet"],
            submission=self.submission(),
            name=data["nom"],
            email=data["courriel"].lower(),
            phone=data.get("telephone", ""),
            message=data["message"],
            maison=self.maison,
            department=self.department,
            about=title[:255],
            about_url=url[:500],
            language=(get_language() or "fr")[:5],
            acknowledge=acknowledge,
        )


def _with_hint(kind: kinds.Kind) -> str:
    """A subject, and who answers."""
    return format_html(
        '<span class="choice">{} <span class="choice__hint">{}</span></span>', kind.label, kind.hint
    )


def form_for(
    kind: str,
    *,
    maisons: Iterable[Maison] = (),
    department: str = "",
    about: About | None = None,
) -> ContactForm:
    """An empty form to embed: a known subject, and where it goes when that is known too.

    maisons: among which the reader chooses; one needs no choice. department: its code.
    """
    return ContactForm(kind=kind, maisons=maisons, department=department, about=about)
