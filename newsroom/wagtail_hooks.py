"""The newsroom in the admin: lists of its pages, moderation of contributions, names in the history."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import contributing, contribution_admin
from .viewsets import NewsroomGroup


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path(
            "consultations/",
            contribution_admin.contribution_list,
            name="newsroom_moderation_list",
        ),
        path(
            "consultations/<uuid:contribution_uuid>/",
            contribution_admin.moderate,
            name="newsroom_moderation",
        ),
    ]


class ContributionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return contributing.may_moderate(request.user)


@hooks.register("register_admin_menu_item")
def contributions_menu_item() -> MenuItem:
    return ContributionsMenuItem(
        _("Contributions"),
        reverse("newsroom_moderation_list"),
        name="contributions",
        icon_name="comment",
        order=160,
    )


@hooks.register("register_admin_viewset")
def page_lists() -> Any:
    return NewsroomGroup()


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for code, label, message in (
        ("submit", _("Contribution submitted"), _("Submitted the contribution")),
        ("reopen", _("Contribution taken up again"), _("Took the contribution up again")),
        ("withdraw", _("Contribution withdrawn"), _("Withdrew the contribution")),
        ("accepted", _("Contribution published"), _("Published the contribution")),
        ("refused", _("Contribution not published"), _("Did not publish the contribution")),
    ):
        actions.register_action(f"newsroom.contribution.{code}", label, message)
