"""The kinds of notification of closing."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry

from ..notifications import _named, _reason

KINDS = (
    Kind(
        code="learning.certificates",
        label=_("My certificates are made"),
        title=_named(gettext_noop("Your certificates are ready within a minute: %(session)s")),
        # The mail of the day after tells it too (learning.messages).
        mail=Frequency.NEVER,
    ),
    Kind(
        code="learning.certificate-corrected",
        label=_("A certificate of mine is corrected"),
        title=_named(gettext_noop("Your certificates were corrected: %(session)s")),
        text=_reason,
        mandatory=True,
    ),
)
for _kind in KINDS:
    registry.notification_kinds.register(_kind.code, _kind)
