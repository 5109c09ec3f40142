"""What search adds to the Wagtail admin: promoted results, and searches without result."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_views
from .exporting import may_read
from .viewsets import PromotionViewSet


@hooks.register("register_admin_viewset")
def register_promotions() -> Any:
    return PromotionViewSet()


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("search-report/", admin_views.empty_searches, name="search_empty")]


class EmptySearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_reports_menu_item")
def empty_searches_menu_item() -> MenuItem:
    return EmptySearchesMenuItem(
        _("Searches without result"),
        reverse("search_empty"),
        name="search-empty",
        icon_name="search",
        order=800,
    )
