"""The kinds of notification of attestations."""

from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry

from ..notifications import _reason


def _of_path(text: str) -> Any:
    def title(context: dict[str, Any]) -> str:
        return gettext(text) % context

    return title


KINDS = (
    Kind(
        code="learning.attestation",
        label=_("My attestation of a path is ready"),
        title=_of_path(gettext_noop("Your attestation is ready: %(path)s")),
        mail=Frequency.IMMEDIATE,
    ),
    Kind(
        code="learning.attestation-revoked",
        label=_("An attestation of mine is revoked"),
        title=_of_path(gettext_noop("Your attestation is revoked: %(path)s")),
        text=_reason,
        mandatory=True,
    ),
)
for _kind in KINDS:
    registry.notification_kinds.register(_kind.code, _kind)
