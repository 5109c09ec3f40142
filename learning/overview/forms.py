"""What may be asked of the screens of online learning."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, KindField

from ..models import LearningPath
from ..steering.forms import FiguresForm, TeamForm


def titled() -> QuerySet[LearningPath]:
    """Paths that have a version, with their French title as `title`."""
    rows = LearningPath.objects.exclude(version=None)
    return rows.annotate(title=KeyTextTransform("title", "version__structure")).order_by("title")


class PathField(CodeField):
    """A path by its identifier."""

    def __init__(self, **kwargs: Any) -> None:
        # Read when it is asked, not when the module is loaded.
        super().__init__(LearningPath.objects.none(), code="uuid", label=_("Path"), **kwargs)
        self.queryset = titled()

    def label_from_instance(self, row: Any) -> str:
        return str(row.title)


AXES = [
    ("parcours", _("Path")),
    ("module", _("Module")),
    ("departement", _("Department")),
    ("porteur", _("Kind of host organisation")),
    ("mois", _("Month")),
]


class PathsFilters(FiguresForm):
    """What the national team asks of the whole network's learning online."""

    parcours = PathField()
    par = KindField(AXES, label=_("Broken down by"))
    shown = ("du", "au", "parcours", "module", "region", "departement", "porteur")
    nothing_chosen = {**FiguresForm.nothing_chosen, "parcours": _("All paths")}
    list_name = "learning:network-paths-list"


STANDING = [
    ("retard", _("Late")),
    ("bientot", _("Due within 30 days")),
    ("en-cours", _("In progress")),
    ("termine", _("Completed")),
    ("sans", _("On no path")),
]


class TeamPathsFilters(TeamForm):
    """The people of a team: on which path, how far."""

    parcours = PathField()
    etat = KindField(STANDING, label=_("Where they stand"))
    shown = ("maison", "parcours", "etat", "q")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parcours"].empty_label = _("All paths")  # type: ignore[attr-defined]
        self.fields["etat"].choices = [("", _("Everybody")), *STANDING]  # type: ignore[attr-defined]

    def address(self, **changed: Any) -> str:
        """The query of this page with other choices; "" takes one away."""
        asked = {name: self.code(name) for name in self.fields if name != "page"} | changed
        return urlencode({name: code for name, code in asked.items() if code})
