"""What may be asked of the lists of this app."""

from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, KindField, YearField
from cms.models import Department, Theme
from maisons.models import Operator

from .kinds import EventKind, NewsKind, PublicationKind

COMING, PAST = "a-venir", "passes"
PERIODS = [(COMING, _("Coming")), (PAST, _("Past"))]

THEME = Facet("theme", "themes", _("All themes"), ("code", "label_fr", "label_en"))
OPERATOR = Facet("operateur", "operators", _("All operators"), ("code", "name", "short_name"))
YEAR = Facet("annee", "display_date__year", _("All years"))


def theme_field() -> CodeField:
    return CodeField(Theme.objects.all(), label=_("Theme"))


def operator_field() -> CodeField:
    return CodeField(Operator.objects.all(), label=_("Operator"))


class NewsFilters(FilterForm):
    rubrique = KindField(NewsKind.choices, label=_("Section"))
    theme = theme_field()
    annee = YearField()
    operateur = operator_field()
    facets = (Facet("rubrique", "kind", _("All sections")), THEME, YEAR, OPERATOR)


class AgendaFilters(FilterForm):
    periode = KindField(PERIODS, label=_("Period"))
    genre = KindField(EventKind.choices, label=_("Kind of event"))
    theme = theme_field()
    departement = CodeField(Department.objects.defer("outline"), label=_("Department"))
    operateur = operator_field()
    facets = (
        Facet("genre", "kind", _("All kinds")),
        THEME,
        Facet("departement", "commune__department", _("All departments"), ("code", "name")),
        OPERATOR,
    )


class VideoFilters(FilterForm):
    theme = theme_field()
    operateur = operator_field()
    facets = (THEME, OPERATOR)


class PublicationFilters(FilterForm):
    genre = KindField(PublicationKind.choices, label=_("Kind"))
    theme = theme_field()
    annee = YearField()
    operateur = operator_field()
    facets = (Facet("genre", "kind", _("All kinds")), THEME, YEAR, OPERATOR)
