"""Choosing a commune among 35,000, as people write its name or by its postcode."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.models import Commune
from cms.places import normalise_place_name


class CommuneFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Name or postcode"), required=False, max_length=80)

    def filter(self, objects: QuerySet[Commune]) -> QuerySet[Commune]:
        query = self.cleaned_data.get("q", "").strip()
        if not query:
            return objects
        self.is_searching = True
        self.search_query = query
        if query.isdigit():
            return objects.filter(postcodes__postcode__startswith=query).distinct()
        return objects.filter(normalised_name__startswith=normalise_place_name(query))


class CommuneChoice:
    """What both views of the chooser share."""

    filter_form_class = CommuneFilterForm
    ordering = ("normalised_name", "code")

    def get_object_list(self) -> QuerySet[Commune]:
        return Commune.objects.select_related("department")

    @property
    def columns(self) -> list[Any]:
        return [
            *super().columns,
            Column("department", label=_("Department"), accessor="department.label"),
        ]


class CommuneChooseView(CommuneChoice, ChooseView):
    pass


class CommuneChooseResultsView(CommuneChoice, ChooseResultsView):
    pass


class CommuneChooserViewSet(ChooserViewSet):
    model = Commune
    icon = "site"
    choose_one_text = _("Choose a commune")
    choose_another_text = _("Choose another commune")
    choose_view_class = CommuneChooseView
    choose_results_view_class = CommuneChooseResultsView
    per_page = 20


commune_chooser_viewset = CommuneChooserViewSet("commune_chooser")
