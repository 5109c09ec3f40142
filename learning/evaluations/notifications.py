"""The kinds of notification of evaluation."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry
from cms.templatetags.theme_tags import day

from ..notifications import session_name


def _titled(text: str, again: str) -> Any:
    def title(context: dict[str, Any]) -> str:
        said = gettext(again if context.get("again") else text)
        return said % {"session": session_name(context)}

    return title


def _until(context: dict[str, Any]) -> str:
    until = context.get("until")
    said = [gettext("Your answers are anonymous.")] if context.get("anonymous") else []
    if until is not None:
        said.append(gettext("Open until %(day)s.") % {"day": day(until.date())})
    return " ".join(said)


_ = gettext_lazy
KINDS = (
    Kind(
        code="learning.evaluation-before",
        label=_("What I expect of a session is asked"),
        title=_titled(
            gettext_noop("What do you expect, what do you know already? %(session)s"),
            gettext_noop("What do you expect, what do you know already? %(session)s"),
        ),
        text=_until,
    ),
    Kind(
        code="learning.evaluation-hot",
        label=_("My opinion of a session is asked"),
        title=_titled(
            gettext_noop("What did you think of it? %(session)s"),
            gettext_noop("There is still time to say what you thought of it: %(session)s"),
        ),
        text=_until,
        # The mail that thanks for coming names it already: no second one the same minute.
        mail=Frequency.DAILY,
    ),
    Kind(
        code="learning.evaluation-cold",
        label=_("Three months after a session, what remains of it is asked"),
        title=_titled(
            gettext_noop("Three months later, what do you make of it? %(session)s"),
            gettext_noop("There is still time to say what you make of it: %(session)s"),
        ),
        text=_until,
    ),
)
for _kind in KINDS:
    registry.notification_kinds.register(_kind.code, _kind)
