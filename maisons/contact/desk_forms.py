"""What may be asked of the list of requests, and done with one of them."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..models import ContactRequest, Desk
from ..models.contact import ContactRequestQuerySet
from . import services


class ListForm(forms.Form):
    """The parameters of /espace-pro/demandes/. A wrong one is left out and said."""

    WAITING, LATE, ALL = "en-attente", "en-retard", "toutes"
    etat = forms.ChoiceField(
        label=pgettext_lazy("contact request", "State"),
        required=False,
        choices=[
            (WAITING, gettext_lazy("waiting for an answer")),
            (LATE, gettext_lazy("late")),
            ("answered", gettext_lazy("answered")),
            ("closed", pgettext_lazy("contact requests", "closed")),
            (ALL, gettext_lazy("all")),
        ],
    )
    destinataire = forms.ChoiceField(
        label=gettext_lazy("Addressed to"),
        required=False,
        choices=[("", gettext_lazy("everybody")), *Desk.choices],
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def value(self, name: str, default: Any) -> Any:
        """The cleaned value, or the default when it was missing or wrong."""
        return self.cleaned_data.get(name) or default

    @property
    def state(self) -> str:
        return self.value("etat", self.WAITING)

    def apply(self, found: ContactRequestQuerySet) -> ContactRequestQuerySet:
        """Those asked for; what waits comes with the oldest first."""
        if desk := self.value("destinataire", ""):
            found = found.filter(desk=desk)
        if self.state == self.WAITING:
            return found.waiting().order_by("created_at", "pk")
        if self.state == self.LATE:
            return found.late().order_by("created_at", "pk")
        return found if self.state == self.ALL else found.filter(state=self.state)

    def parameters(self) -> str:
        """What the links of the pagination carry on, encoded."""
        kept = {name: self.value(name, "") for name in ("etat", "destinataire")}
        return urlencode({name: value for name, value in kept.items() if value})


class ActionForm(forms.Form):
    """One of the things that may be done with a request, and what is written down with it."""

    ACTIONS = {
        "prendre": gettext_lazy("You handle this request."),
        "reprendre": gettext_lazy("You handle this request."),
        "noter": gettext_lazy("The note is kept."),
        "repondre": gettext_lazy("The answer is recorded."),
        "clore": gettext_lazy("The request is closed."),
        "rouvrir": gettext_lazy("The request is open again."),
        "transmettre": gettext_lazy("The request is passed on."),
    }
    action = forms.ChoiceField(choices=[(code, code) for code in ACTIONS])
    texte = forms.CharField(
        label=gettext_lazy("What was said or done"),
        help_text=gettext_lazy("Read by those who receive this request, never by the public."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("action") == "noter" and not data.get("texte", "").strip():
            self.add_error("texte", _("Write the note before keeping it."))
        return data

    def apply(self, request: ContactRequest, by: Any) -> ContactRequest:
        """Do it. Raises ValidationError when somebody else handles the request."""
        text = self.cleaned_data["texte"].strip()
        match self.cleaned_data["action"]:
            case "prendre":
                return services.take(request, by)
            case "reprendre":
                return services.take(request, by, over=True)
            case "noter":
                return services.note(request, by, text)
            case "repondre":
                return services.answer(request, by, text)
            case "clore":
                return services.close(request, by, text)
            case "rouvrir":
                return services.reopen(request, by)
            case _:
                return services.pass_on(request, by, text)

    def said(self) -> str:
        return str(self.ACTIONS[self.cleaned_data["action"]])
