"""What people are told of initiatives, beside moderation itself (accounts/moderation_kinds.py)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry

for kind in (
    Kind(
        code="initiatives.adoption_declared",
        label=gettext_lazy("A Maison says that it took up an initiative: to review"),
        title=lambda c: _("To review: %(maison)s took up “%(title)s”") % c,
    ),
    Kind(
        code="initiatives.adoption_accepted",
        label=gettext_lazy("Your Maison is shown among those that took up an initiative"),
        title=lambda c: _("%(maison)s is shown on the sheet “%(title)s”") % c,
        text=lambda c: c["comment"],
    ),
    Kind(
        code="initiatives.adoption_refused",
        label=gettext_lazy("What you said of an initiative taken up is sent back"),
        title=lambda c: _("“%(title)s”: your declaration is sent back to you") % c,
        text=lambda c: c["comment"],
    ),
    Kind(
        code="initiatives.adopted",
        label=gettext_lazy("A Maison took up your initiative"),
        title=lambda c: _("%(maison)s took up your initiative “%(title)s”") % c,
        mail=Frequency.WEEKLY,
    ),
):
    registry.notification_kinds.register(kind.code, kind)
