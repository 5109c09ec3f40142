"""What training adds to the admin: the words of its log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

import learning.authoring.admin
import learning.evaluations.admin
import learning.messages.admin
import learning.opinions.improving
import learning.question_formats.admin
import learning.quizzes.admin  # noqa: F401


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "learning.open", _("Announce a session"), _("Session announced: people may register")
    )
    actions.register_action("learning.cancel", _("Cancel a session"), _("Session cancelled"))
    actions.register_action("learning.change", _("Change a session"), _("Session changed"))
    actions.register_action(
        "learning.duplicate", _("Duplicate a session"), _("Made from another session")
    )
    actions.register_action(
        "learning.original_text",
        _("Original text"),
        _("Message brought back to its original text"),
    )
    for action, label, message in (
        ("learning.feed_opened", _("Personal calendar"), _("Made the address of the calendar")),
        ("learning.feed_renewed", _("Personal calendar"), _("Changed the address of the calendar")),
        ("learning.feed_cut", _("Personal calendar"), _("Cut the address of the calendar")),
    ):
        actions.register_action(action, label, message)
