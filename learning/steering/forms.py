"""What may be asked of the screens that show who learnt what."""

from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, YearField

from ..models import TrainingModulePage


def module_field() -> CodeField:
    """A module by its slug. Sessions belong to the French page, whatever the language of the reader."""
    modules = TrainingModulePage.objects.filter(locale__language_code="fr").defer_streamfields()
    return CodeField(modules.order_by("order", "title"), code="slug", label=_("Module"))


class HistoryFilters(FilterForm):
    annee = YearField()
    module = module_field()
    facets = (
        Facet("annee", "session__first_starts_at__year", _("All years")),
        Facet("module", "session__module", _("All modules"), ("slug", "title")),
    )
