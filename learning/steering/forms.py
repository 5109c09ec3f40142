"""What may be asked of the screens that show who learnt what."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.listings import CodeField, FilterForm, KindField, YearField, say
from cms.models import Commune, Department, Region
from maisons.models import HostOrganisation, Maison

from ..models import Session, TrainingModulePage


def module_field() -> CodeField:
    """A module by its slug. Sessions belong to the French page, whatever the language of the reader."""
    modules = TrainingModulePage.objects.filter(locale__language_code="fr").defer_streamfields()
    return CodeField(modules.order_by("order", "title"), code="slug", label=_("Module"))


KINDS = [
    ("session", _("Session in person")),
    ("path", _("Online path")),
    ("webinar", pgettext_lazy("training", "Webinar")),
]


class HistoryFilters(FilterForm):
    """One's own history: which year, in person or online, which module."""

    annee = YearField()
    type = KindField(KINDS, label=_("Kind"))
    module = module_field()
    all_of_them = {"annee": _("All years"), "type": _("All kinds"), "module": _("All modules")}


NEW = [("nouveaux", _("New, not yet trained"))]


class TeamForm(FilterForm):
    """The people of a team: at which Maison, by what name."""

    # Those of the reader on the page; a file reads them again within the team (`team.narrowed`).
    maison = CodeField(Maison.objects.all(), code="slug", label=_("Maison"))
    q = forms.CharField(label=_("Name or Maison"), max_length=60, required=False)
    shown: tuple[str, ...] = ("maison", "q")
    # More than this nobody chooses from: the name is typed.
    MOST_CHOICES = 60

    def __init__(self, *args: Any, maisons: QuerySet[Maison] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        maison = self.fields["maison"]
        if maisons is not None:
            maison.queryset = maisons  # type: ignore[attr-defined]
            # Five hundred are not put in order for a choice that is not offered.
            some = list(maisons.order_by().values_list("slug", "name")[: self.MOST_CHOICES + 1])
            few = 1 < len(some) <= self.MOST_CHOICES
            named = list(maisons.values_list("slug", "name")) if few else some
            maison.choices = [("", _("All")), *named]  # type: ignore[attr-defined]
        maison.empty_label = _("All")  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["class"] = "input"

    @cached_property
    def several(self) -> bool:
        """Whether the team has more than one Maison: then its name is said of each person."""
        return len(self.fields["maison"].choices) > 2  # type: ignore[attr-defined]

    @property
    def _is_choice(self) -> bool:
        """Whether there are several Maisons, and few enough to choose from."""
        return 2 < len(self.fields["maison"].choices) <= self.MOST_CHOICES + 1  # type: ignore[attr-defined]

    @property
    def is_wide(self) -> bool:
        """More Maisons than anybody looks over at once, and none of them chosen."""
        many = len(self.fields["maison"].choices) > self.MOST_CHOICES + 1  # type: ignore[attr-defined]
        return many and not self.value("maison")

    @property
    def fields_shown(self) -> list[forms.BoundField]:
        names = self.shown if self._is_choice else self.shown[1:]
        return [self[name] for name in names]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The Maison that a link chose, where none can be chosen here."""
        code = "" if self._is_choice else self.code("maison")
        return [("maison", code)] if code else []

    @property
    def narrowed(self) -> list[dict[str, str]]:
        """The same in words, with the address without it."""
        found = self.value("maison") if self.hidden else None
        kept = {name: self.code(name) for name in self.shown if name != "maison"}
        without = urlencode({name: code for name, code in kept.items() if code})
        return [{"label": str(found), "without": f"?{without}"}] if found else []


class TeamFilters(TeamForm):
    """The people of a team: who lacks which module, who is new."""

    sans = module_field()
    etat = KindField(NEW, label=_("Who"))
    shown = ("maison", "sans", "etat", "q")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sans = self.fields["sans"]
        sans.empty_label, sans.label = _("Whatever they did"), _("Has not attended")  # type: ignore[attr-defined]
        self.fields["etat"].choices = [("", _("Everybody")), *NEW]  # type: ignore[attr-defined]


NONE = "sans"
AXES = [
    ("module", _("Module")),
    ("session", pgettext_lazy("training", "Session")),
    ("ville", _("City")),
    ("departement", _("Department")),
    ("porteur", _("Kind of host organisation")),
    ("mois", _("Month")),
]
WHICH = [("pilotes", _("Pilot sessions alone")), ("toutes", _("With pilot sessions"))]


class DayField(forms.DateField):
    """A day, as a browser's own control writes it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, input_formats=["%Y-%m-%d"], **kwargs)
        self.error_messages["invalid"] = _("Write a date like 2026-04-01.")

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and not 1990 <= found.year <= 2200:
            raise forms.ValidationError(self.error_messages["invalid"])
        return found


class FiguresForm(FilterForm):
    """What the figures of the network share: a period, modules, and where people work."""

    du = DayField(label=_("From"))
    au = DayField(label=_("To"))
    module = module_field()
    region = CodeField(Region.objects.all(), label=_("Region"))
    departement = CodeField(Department.objects.defer("outline"), label=_("Department"))
    porteur = KindField(
        [*HostOrganisation.Kind.choices, (NONE, _("not known"))], label=_("Host organisation")
    )
    # Reached by the links of the tables.
    maison = KindField([(NONE, _("Without a Maison"))], label=_("Maison"))
    mois = forms.IntegerField(
        label=_("New for (months)"), min_value=1, max_value=60, required=False
    )
    shown: tuple[str, ...] = ("du", "au", "module", "region", "departement", "porteur")
    kept: tuple[str, ...] = ("maison", "mois")
    # The name of the address of its lists.
    list_name = ""
    nothing_chosen = {
        "module": _("All modules"),
        "region": _("All regions"),
        "departement": _("All departments"),
    }
    first_choice = {"porteur": _("All kinds")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lists: dict[str, str] = {}
        for name, text in self.nothing_chosen.items():
            self.fields[name].empty_label = text  # type: ignore[attr-defined]
        for name, text in self.first_choice.items():
            choices = self.fields[name].choices  # type: ignore[attr-defined]
            self.fields[name].choices = [("", text), *choices[1:]]  # type: ignore[attr-defined]
        for name in ("du", "au"):
            self.fields[name].widget.attrs["class"] = "input"
        for name in self.kept:
            say(self.fields[name], _("This choice does not exist."))

    @property
    def fields_shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.shown]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form keeps without showing it, as (name, value)."""
        return [(name, code) for name in (*self.kept, "par") if (code := self.code(name))]

    @property
    def narrowed(self) -> list[dict[str, str]]:
        """The choices that only links make, in words, each with the address without it."""
        return [
            {"label": self._said(name), "without": f"?{self.address(**{name: None})}"}
            for name in self.kept
            if self.code(name)
        ]

    def _said(self, name: str) -> str:
        if name == "maison":
            return str(_("Without a Maison"))
        return f"{self.fields[name].label} – {self.value(name)}"

    @cached_property
    def _codes(self) -> dict[str, str]:
        """What is asked, read once: a page of figures makes hundreds of addresses."""
        return {name: code for name in self.fields if name != "page" and (code := self.code(name))}

    def address(self, **changed: Any) -> str:
        """The query of this page with other choices; None or "" takes one away."""
        kept = {name: code for name, code in self._codes.items() if name not in changed}
        chosen = {name: str(value) for name, value in changed.items() if value not in (None, "")}
        return urlencode(kept | chosen)

    def list_url(self, slug: str, **chosen: Any) -> str:
        """The address of the list behind a figure, with the choices of this page and these."""
        if slug not in self._lists:
            self._lists[slug] = reverse(self.list_name, args=[slug])
        query = self.address(par="", **chosen)
        return f"{self._lists[slug]}?{query}" if query else self._lists[slug]


class NetworkFilters(FiguresForm):
    """What the national team asks of the whole network's training in person."""

    genre = KindField(WHICH, label=_("Sessions"))
    ville = forms.RegexField(r"^([0-9AB]{5}|sans)$", label=_("City"), required=False)
    session = forms.UUIDField(label=pgettext_lazy("training", "Session"), required=False)
    par = KindField(AXES, label=_("Broken down by"))
    shown = (*FiguresForm.shown, "genre")
    kept = ("ville", "maison", "session", "mois")
    list_name = "learning:network-list"
    first_choice = {**FiguresForm.first_choice, "genre": _("Without pilot sessions")}

    def _said(self, name: str) -> str:
        value = self.value(name)
        if name == "ville":
            found = Commune.objects.filter(code=value).values_list("name", flat=True).first()
            said = _("Remotely") if value == NONE else found
            return f"{self.fields[name].label} – {said}"
        if name == "session":
            row = Session.objects.select_related("module", "commune").filter(uuid=value).first()
            return f"{self.fields[name].label} – {row or value}"
        return super()._said(name)
