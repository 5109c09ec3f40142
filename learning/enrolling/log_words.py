"""The words of the log for the life of a cohort."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("learning.make_cohort", _("Make a cohort"), _("Cohort made"))
    actions.register_action("learning.change_cohort", _("Change a cohort"), _("Cohort changed"))
    actions.register_action("learning.close_cohort", _("Close a cohort"), _("Cohort closed"))
    actions.register_action("learning.reopen_cohort", _("Reopen a cohort"), _("Cohort reopened"))
