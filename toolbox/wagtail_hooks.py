"""What the toolbox adds to Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("toolbox.check")
    class CheckedFormatter(LogFormatter):
        label = _("Check an article")

        def format_message(self, entry: Any) -> str:
            return gettext("Read again: still right on %(date)s") % {"date": entry.data["on"]}
