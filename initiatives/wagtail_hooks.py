"""What initiatives add to the admin: declarations to review, publics, names of log entries."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from . import admin_views
from .models import Audience


class AudienceViewSet(ModelViewSet):
    model = Audience
    icon = "group"
    menu_label = _("Publics")
    add_to_settings_menu = True
    list_display = ["label_fr", "label_en", "code", "order"]
    form_fields = ["code", "label_fr", "label_en", "order"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_audiences() -> Any:
    return AudienceViewSet("audience")


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("initiatives/reprises/", admin_views.adoptions, name="initiatives_adoptions"),
        path(
            "initiatives/reprises/<uuid:uuid>/", admin_views.adoption, name="initiatives_adoption"
        ),
    ]


class AdoptionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return admin_views.may_decide(request.user)


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return AdoptionsMenuItem(
        _("Initiatives taken up"),
        reverse("initiatives_adoptions"),
        name="initiatives-adoptions",
        icon_name="copy",
        order=300,
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        ("initiatives.start", _("Sheet begun"), _("Began the sheet in the professional space")),
        ("initiatives.declare", _("Taken up"), _("Said that a Maison took it up")),
        ("initiatives.accepted", _("Adoption accepted"), _("Accepted an adoption")),
        ("initiatives.refused", _("Adoption refused"), _("Refused an adoption")),
    ):
        actions.register_action(action, label, message)
