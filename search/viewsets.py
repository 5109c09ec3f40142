"""Promoted results in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Promotion


class AddPromotion(CreateView):
    def get_initial(self) -> dict[str, Any]:
        """`?words=`: where the report of searches without result leads."""
        return super().get_initial() | {"words": self.request.GET.get("words", "")[:200]}


class PromotionViewSet(ModelViewSet):
    model = Promotion
    icon = "pick"
    add_view_class = AddPromotion
    menu_label = _("Promoted results")
    menu_order = 700
    add_to_admin_menu = True
    list_display = ["first_words", "page", "starts_on", "ends_on", "order"]
    search_fields = ["words", "page__title"]
    copy_view_enabled = False
    panels = [
        FieldPanel("words"),
        FieldPanel("page"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("order")]),
    ]
