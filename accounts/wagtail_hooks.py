"""What the admin knows about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from . import admin_urls


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    return admin_urls.urlpatterns


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("accounts.grant", _("Role given"), _("Gave a role")),
        ("accounts.revoke", _("Role ended"), _("Ended a role")),
        ("accounts.activate", _("Account activated"), _("Activated the account")),
        ("accounts.deactivate", _("Account deactivated"), _("Deactivated the account")),
        ("accounts.second_factor_reset", _("Second factor reset"), _("Took away second factors")),
        ("accounts.password_link", _("Password link sent"), _("Sent a link to choose a password")),
        ("accounts.invite", _("Invitation"), _("Invited")),
        ("accounts.invite_again", _("Invitation sent again"), _("Sent the invitation again")),
        ("accounts.invite_revoke", _("Invitation taken back"), _("Took the invitation back")),
        ("accounts.accept", _("Invitation accepted"), _("Opened the account")),
        ("accounts.address", _("Address changed"), _("Changed the e-mail address")),
        ("accounts.export", _("Data exported"), _("Downloaded the data of the account")),
        ("accounts.erase", _("Account erased"), _("Erased the account")),
        ("accounts.message_post", _("Message written"), _("Wrote a message")),
        ("accounts.message_correct", _("Message corrected"), _("Corrected the message")),
        ("accounts.message_withdraw", _("Message withdrawn"), _("Withdrew the message")),
        ("accounts.message_put_back", _("Message put back"), _("Put the message back")),
        ("accounts.message_report", _("Message reported"), _("Reported the message")),
        ("accounts.message_publish", _("Message shown"), _("Read the message and showed it")),
        ("accounts.message_hide", _("Message hidden"), _("Hid the message")),
        ("accounts.message_restore", _("Message shown again"), _("Showed the message again")),
        ("accounts.message_dismiss", _("Reports closed"), _("Closed the reports of the message")),
        ("accounts.thread_close", _("Discussion closed"), _("Closed the discussion")),
        ("accounts.thread_reopen", _("Discussion opened again"), _("Opened the discussion again")),
    ):
        actions.register_action(action, label, message)
