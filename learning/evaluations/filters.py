"""What may be asked of the results."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms.listings import CodeField, Facet, FilterForm, KindField, YearField
from cms.models import Commune

from ..models import TrainingModulePage
from .kinds import EvaluationKind

MOMENTS = [
    (EvaluationKind.HOT.value, EvaluationKind.HOT.label),
    (EvaluationKind.COLD.value, EvaluationKind.COLD.label),
]
MODULE = Facet("module", "module", _("All modules"), ("slug", "title"))
CITY = Facet("ville", "commune", _("All cities"), ("code", "name"))
TRAINER = Facet("formateur", "trainers", _("All trainers"), ("uuid", "first_name", "last_name"))
YEAR = Facet("annee", "first_starts_at__year", _("All years"))


class ResultFilters(FilterForm):
    """The sessions whose results are read; `moment` says which: at the end, or three months later."""

    moment = KindField(MOMENTS, label=_("Asked"))
    module = CodeField(TrainingModulePage.objects.all(), code="slug", label=_("Module"))
    ville = CodeField(Commune.objects.all(), label=_("City"))
    annee = YearField()
    facets = (MODULE, CITY, YEAR)


class NationalFilters(ResultFilters):
    formateur = CodeField(User.objects.all(), code="uuid", label=_("Trainer"))
    facets = (MODULE, CITY, TRAINER, YEAR)


def form_for(national: bool) -> type[ResultFilters]:
    return NationalFilters if national else ResultFilters
