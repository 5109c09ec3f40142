"""The network in the admin: its menu, its chooser of communes, what its log entries say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .choosers import commune_chooser_viewset
from .models import Maison, Membership
from .policies import KeptPolicy, MaisonPolicy
from .viewsets import NetworkGroup

register_permission_policy(Maison, MaisonPolicy(Maison))
register_permission_policy(Membership, KeptPolicy(Membership))


@hooks.register("register_admin_viewset")
def register_communes() -> Any:
    return commune_chooser_viewset


@hooks.register("register_admin_viewset")
def register_network() -> Any:
    return NetworkGroup()


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("maisons.join", _("Membership given"), _("Gave a membership")),
        ("maisons.leave", _("Membership ended"), _("Ended a membership")),
        ("maisons.status", _("Status changed"), _("Changed the status")),
    ):
        actions.register_action(action, label, message)
