"""What the toolbox gives to the other apps."""

import datetime as dt
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry
from cms.jobs import Job
from cms.queries import index_page
from cms.templatetags.theme_tags import day

from . import url_cases  # noqa: F401
from .models import ArticleChange, Follow, ToolboxArticlePage, ToolboxIndexPage

SHOWN_CHANGES = 5

registry.notification_kinds.register(
    "toolbox.changed",
    Kind(
        code="toolbox.changed",
        label=_("An article of the toolbox that I follow has changed"),
        description=_(
            "When its files change, when it becomes an archive, or when its editors say so."
        ),
        title=lambda context: gettext("It has changed: %(title)s") % context,
        text=lambda context: str(context["note"]),
        mail=Frequency.WEEKLY,
    ),
)
registry.notification_kinds.register(
    "toolbox.to_check",
    Kind(
        code="toolbox.to_check",
        label=_("An article of the toolbox of which I am in charge must be checked"),
        description=_("Once a month, until somebody says that it is still right."),
        title=lambda context: gettext("To be checked: %(title)s") % context,
        text=lambda context: (
            gettext("Nobody has checked this article since %(date)s.")
            % {"date": day(dt.date.fromisoformat(context["checked_on"]))}
        ),
        mail=Frequency.WEEKLY,
    ),
)


def _remind() -> None:
    from .reminders import remind

    remind()


registry.periodic_jobs.register(
    "toolbox.remind_to_check", Job("toolbox.remind_to_check", timedelta(hours=24), _remind)
)


class DemoLoader:
    # After people (40), who are in charge of articles.
    order = 60

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import load

        load()


registry.demo_loaders.register("toolbox", DemoLoader())


class PersonalData:
    """What a person follows, and the articles of which they are in charge."""

    retention = {
        "toolbox.Follow": Follow.personal_data_retention,
        "toolbox.ToolboxArticlePage": ToolboxArticlePage.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        follows = Follow.objects.filter(user=user).order_by("since")
        in_charge = ToolboxArticlePage.objects.filter(in_charge=user).order_by("title")
        return {
            "articles_followed": list(follows.values("article__title", "since")),
            "articles_in_charge_of": list(in_charge.values_list("title", flat=True)),
        }

    def erase(self, user: Any) -> None:
        Follow.objects.filter(user=user).delete()
        ToolboxArticlePage.objects.filter(in_charge=user).update(in_charge=None)


registry.personal_data.register("toolbox", PersonalData())


@registry.pro_doors.provide("toolbox")
def doors(request: HttpRequest) -> Iterable[dict[str, Any]]:
    index = index_page(ToolboxIndexPage, request)
    if index is not None:
        yield {
            "door": "inform",
            "label": index.title,
            "text": gettext("Reference documents, kits, legal answers: what to keep at hand."),
            "url": index.get_url(request) or "",
            "order": 20,
        }
    yield {
        "door": "activity",
        "label": gettext("Supports to make your own"),
        "text": gettext("Poster, leaflet, opening hours, with the name of your Maison."),
        "url": reverse("toolbox:supports"),
        "order": 40,
    }


@registry.pro_panels.provide("toolbox")
def panel(request: HttpRequest) -> dict[str, Any] | None:
    """What changed in what this person follows, the newest first."""
    articles = ToolboxArticlePage.objects.visible_to(request.user).filter(
        follows__user_id=request.user.pk
    )
    changes = list(
        ArticleChange.objects.filter(article__in=articles)
        .exclude(note="")
        .select_related("article__locale")
        .defer("article__body", "article__search_text")[:SHOWN_CHANGES]
    )
    if not changes:
        return None
    return {
        "title": _("Changed in what you follow"),
        "template": "toolbox/panel.html",
        "context": {"changes": changes},
        "order": 40,
    }
