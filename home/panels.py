"""The panels and doors that come with the platform itself: notifications, Maisons, account, Bulletin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletin.models import BulletinIndexPage, IssuePage
from cms import registry
from cms.queries import index_page
from cms.request_scope import remember

from . import queries

Entry = dict[str, Any]


@registry.pro_panels.provide("home.notifications")
def notifications(request: HttpRequest) -> Entry | None:
    """What this person was told and has not opened yet."""
    waiting = queries.unread(request.user)
    if not waiting.total:
        return None
    title = ngettext("%(count)s thing to read", "%(count)s things to read", waiting.total) % {
        "count": waiting.total
    }
    first = waiting.newest[0]
    return {
        "title": _("Waiting for you"),
        "template": "pro/panels/notifications.html",
        "context": {"waiting": waiting, "total": title},
        "order": 10,
        "action": {
            "kicker": title,
            "title": first.title,
            "text": first.text,
            "label": _("Read"),
            "url": reverse("accounts_notification", args=[first.uuid]),
        },
    }


@registry.pro_panels.provide("home.bulletin")
def newest_issue(request: HttpRequest) -> Entry | None:
    """The main action of the screen when nothing else waits: the newest Bulletin."""
    issue = _newest_issue(request)
    if issue is None:
        return None
    return {
        "title": "",
        "template": "",
        "context": {},
        "order": 900,
        "action": {
            "kicker": _("Nothing is waiting for you"),
            "title": issue.title,
            "text": issue.summary,
            "label": _("Read the issue"),
            "url": issue.get_url(request),
        },
    }


@registry.pro_panels.provide("home.maisons")
def maisons(request: HttpRequest) -> Entry | None:
    """The person's Maisons and roles; nothing for whoever has neither."""
    who = queries.who_is(request.user)
    return {
        "title": _("My place in the network"),
        "template": "pro/panels/maisons.html",
        "context": {"who": who},
        "order": 20,
        "place": "aside",
    }


@registry.pro_panels.provide("home.account")
def account(request: HttpRequest) -> Entry:
    """Profile, notification choices, export and erasure of one's data."""
    return {
        "title": _("My account"),
        "template": "pro/panels/account.html",
        "context": {},
        "order": 900,
        "place": "aside",
    }


@registry.pro_doors.provide("home")
def doors(request: HttpRequest) -> Iterable[Entry]:
    """The doors to what stands already: the Bulletin, one's Maisons, one's exports."""
    index = index_page(BulletinIndexPage, request)
    if index is not None:
        yield {
            "door": "inform",
            "label": _("The Bulletin"),
            "text": _("The magazine of the network, issue by issue."),
            "url": index.get_url(request),
            "order": 10,
        }
    for row in queries.who_is(request.user).maisons:
        yield {
            "door": "activity",
            "label": row.maison.name,
            "text": _("The sheet that residents read."),
            "url": row.maison.get_absolute_url(),
            "order": 10,
        }
    yield {
        "door": "activity",
        "label": _("My exports"),
        "text": _("Lists in CSV or in a spreadsheet that you asked for."),
        "url": reverse("cms_exports"),
        "order": 90,
    }


def _newest_issue(request: HttpRequest) -> IssuePage | None:
    return remember(
        ("newest-issue", request.user.pk),
        lambda: (
            IssuePage.objects.visible_to(request.user)
            .filter(locale__language_code="fr")
            .order_by("-display_date", "-pk")
            .defer_streamfields()
            .first()
        ),
    )
