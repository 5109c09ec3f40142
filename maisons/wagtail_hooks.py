"""The network in the admin: its menu, its chooser of communes, what its log entries say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .choosers import commune_chooser_viewset
from .models import ContactRequest, Maison, Membership
from .operators import guard
from .policies import KeptPolicy, MaisonPolicy, ReadAndErasePolicy
from .viewsets import NetworkGroup

register_permission_policy(Maison, MaisonPolicy(Maison))
register_permission_policy(Membership, KeptPolicy(Membership))
register_permission_policy(ContactRequest, ReadAndErasePolicy(ContactRequest))


@hooks.register("register_admin_viewset")
def register_communes() -> Any:
    return commune_chooser_viewset


@hooks.register("register_admin_viewset")
def register_network() -> Any:
    return NetworkGroup()


hooks.register("construct_page_chooser_queryset", guard.limit_chosen)
for _menu in ("main", "reports", "help", "settings"):
    hooks.register(f"construct_{_menu}_menu", guard.limit_menu)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("maisons.join", _("Membership given"), _("Gave a membership")),
        ("maisons.leave", _("Membership ended"), _("Ended a membership")),
        ("maisons.status", _("Status changed"), _("Changed the status")),
        ("maisons.contact_taken", _("Taken in hand"), _("Took the request in hand")),
        ("maisons.contact_note", _("Note"), _("Wrote a note")),
        ("maisons.contact_answer", _("Answer recorded"), _("Recorded an answer")),
        ("maisons.contact_closed", _("Request closed"), _("Closed the request")),
        ("maisons.contact_reopened", _("Opened again"), _("Opened the request again")),
        ("maisons.contact_passed_on", _("Passed on"), _("Passed the request on")),
    ):
        actions.register_action(action, label, message)
