"""The words of the log for what closing does."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("learning.close", _("Close a session"), _("Session closed"))
    actions.register_action(
        "learning.reissue", _("Issue certificates anew"), _("Certificates issued anew")
    )
    actions.register_action(
        "learning.import", _("Import past attendance"), _("Past attendance imported")
    )
    actions.register_action(
        "learning.undo-import", _("Undo an import of attendance"), _("Import of attendance undone")
    )
