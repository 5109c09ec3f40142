"""What may be asked of the trainer's lists."""

from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, KindField
from cms.models import Department

from ..forms import MODULES
from ..kinds import Mode, RegistrationState
from .kinds import Stage


class SessionsRunFilters(FilterForm):
    """One's sessions: by what they ask, module, mode, department."""

    etape = KindField(Stage.choices, label=_("What is to do"))
    module = CodeField(MODULES, code="slug", label=_("Module"))
    mode = KindField(Mode.choices, label=_("How"))
    departement = CodeField(Department.objects.defer("outline"), label=_("Department"))
    facets = (
        Facet("etape", "stage", _("All stages")),
        Facet("module", "module", _("All modules"), ("slug", "title")),
        Facet("mode", "mode", _("In person or remote")),
        Facet("departement", "commune__department", _("All departments"), ("code", "name")),
    )


class PeopleFilters(FilterForm):
    """Those of a session: by where their registration stands."""

    etat = KindField(RegistrationState.choices, label=_("State"))
    facets = (Facet("etat", "state", _("Everybody")),)
