"""The words of the log for what is done to attestations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("learning.revoke", _("Revoke an attestation"), _("Attestation revoked"))
