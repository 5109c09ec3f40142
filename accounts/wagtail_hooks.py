"""What the admin knows about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("accounts.grant", _("Role given"), _("Gave a role")),
        ("accounts.revoke", _("Role ended"), _("Ended a role")),
        ("accounts.activate", _("Account activated"), _("Activated the account")),
        ("accounts.deactivate", _("Account deactivated"), _("Deactivated the account")),
    ):
        actions.register_action(action, label, message)
