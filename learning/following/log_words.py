"""The words of the log for what following a cohort does."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "learning.follow_rules", _("Change the rules of a cohort"), _("Rules of a cohort changed")
    )
