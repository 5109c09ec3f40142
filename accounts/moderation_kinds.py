"""What people are told of moderation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry

from .notify import Kind

for kind in (
    Kind(
        code="moderation.submitted",
        label=gettext_lazy("A text waits for your review"),
        title=lambda c: _("To review: “%(title)s”") % c,
        text=lambda c: _("Submitted by %(by)s.") % c if c["by"] else "",
    ),
    Kind(
        code="moderation.approved",
        label=gettext_lazy("Your text is published"),
        title=lambda c: _("“%(title)s” is published") % c,
        text=lambda c: c["comment"],
    ),
    Kind(
        code="moderation.refused",
        label=gettext_lazy("Your text is sent back with a comment"),
        title=lambda c: _("“%(title)s” is sent back to you") % c,
        text=lambda c: c["comment"],
    ),
):
    registry.notification_kinds.register(kind.code, kind)
