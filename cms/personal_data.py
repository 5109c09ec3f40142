"""What the foundation and Wagtail hold about people: their name beside what they did."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, Comment, ModelLogEntry, Page, PageLogEntry, PageSubscription

from . import registry
from .models import OutboxMessage

_WORK = _("As long as the content; the author is anonymous once the account is erased.")
_ACCOUNT = _("As long as the account.")
_DAY = _("One day.")


class Foundation:
    """Rows keep the work; the person behind them is erased with the account."""

    retention = {
        "cms.SiteImage": _WORK,
        "cms.SiteDocument": _WORK,
        "cms.SiteMedia": _WORK,
        "wagtail_localize.*": _WORK,
        "wagtailadmin.EditingSession": _DAY,
        "wagtailadmin.FormState": _DAY,
        "wagtailcore.*": _WORK,
        "wagtaildocs.*": _WORK,
        "wagtailimages.*": _WORK,
        "wagtailmedia.*": _WORK,
        "wagtailusers.UserProfile": _ACCOUNT,
    }

    def export(self, user: Any) -> dict[str, Any]:
        entry = ("timestamp", "action", "label")
        return {
            "pages": list(Page.objects.filter(owner=user).values("title", "first_published_at")),
            "changes_to_pages": list(PageLogEntry.objects.filter(user=user).values(*entry)),
            "changes_to_other_things": list(ModelLogEntry.objects.filter(user=user).values(*entry)),
            "comments": list(Comment.objects.filter(user=user).values("text", "created_at")),
            "mails": list(
                OutboxMessage.objects.filter(to__iexact=user.email).values("subject", "sent_at")
            ),
        }

    def erase(self, user: Any) -> None:
        for model in (EditingSession, FormState, APIToken, PageSubscription):
            model.objects.filter(user=user).delete()
        OutboxMessage.objects.filter(to__iexact=user.email).delete()


registry.personal_data.register("cms", Foundation())
