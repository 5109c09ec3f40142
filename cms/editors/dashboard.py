"""The home page of the admin: what awaits this person, then what they may start."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from .. import registry
from ..models import JobRun, OutboxMessage, PageTemplate
from . import access, ages, reports

SHOWN = 6
SOON = dt.timedelta(days=30)
LATELY = dt.timedelta(days=30)


@dataclass
class Entry:
    """One page of a list: where to work on it, and a few words beside. `at` in the local time."""

    title: str
    url: str
    detail: str = ""
    at: dt.datetime | None = None


@dataclass
class Section:
    """A list of the dashboard; `more` leads to the whole of it."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    count: int = 0
    more_url: str = ""
    more_label: str = ""
    empty: str = ""


@dataclass
class Fault:
    """Something to mend: how many, and where."""

    label: str
    count: int
    url: str


class DashboardPanel(Component):
    """Takes the place of Wagtail's panels, but for moderation and locked pages."""

    name = "dashboard"
    order = 100
    template_name = "cms/admin/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        editor = access.is_editor(request.user)
        return {
            "request": request,
            "editor": editor,
            "actions": actions(request.user) if editor else [],
            "sections": sections(request.user) if editor else [],
            "faults": faults(request.user, editor),
            "extra": extra(request),
        }


def actions(user: Any) -> list[dict[str, str]]:
    """What may be started from here."""
    found = []
    if page_permission_policy.user_has_permission(user, "add"):
        found.append(
            {
                "label": _("Write a page"),
                "url": reverse("wagtailadmin_explore_root"),
                "icon": "doc-empty-inverse",
            }
        )
        found.append(
            {"label": _("Start from a template"), "url": reverse("cms_templates"), "icon": "copy"}
        )
    found.append({"label": _("Editing guide"), "url": reverse("cms_guide"), "icon": "help"})
    return found


def sections(user: Any) -> list[Section]:
    pages = access.pages_of(user)
    now = timezone.now()
    found = [own_drafts(user, pages), scheduled(pages, now), expired(pages, now), to_read(user)]
    # What is empty comes last: it asks for nothing.
    return sorted(found, key=lambda section: not section.entries)


def _entry(page: Page, detail: str = "", at: dt.datetime | None = None) -> Entry:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Entry(
        page.get_admin_display_title(), url, detail, timezone.localtime(at) if at else None
    )


def own_drafts(user: Any, pages: Any) -> Section:
    """What this person was writing and did not publish, newest first."""
    found = pages.filter(
        Q(live=False) | Q(has_unpublished_changes=True),
        latest_revision__user=user,
        expired=False,
    )
    # Templates stay drafts; what is scheduled is finished.
    found = found.exclude(pk__in=PageTemplate.objects.values("page_id")).exclude(
        latest_revision__approved_go_live_at__isnull=False
    )
    count = found.count()
    shown = found.select_related("locale", "content_type").order_by("-latest_revision_created_at")
    return Section(
        _("Your drafts"),
        [
            _entry(
                page,
                _("changes to a public page") if page.live else "",
                page.latest_revision_created_at,
            )
            for page in shown[:SHOWN]
        ],
        count,
        empty=_("You have nothing unfinished."),
    )


def scheduled(pages: Any, now: dt.datetime) -> Section:
    """What will appear or disappear by itself within a month, soonest first."""
    revisions = Revision.page_revisions.filter(
        approved_go_live_at__gt=now, approved_go_live_at__lt=now + SOON
    )
    coming = {int(pk): at for pk, at in revisions.values_list("object_id", "approved_go_live_at")}
    entries = [
        _entry(page, _("appears"), coming[page.pk])
        for page in pages.filter(pk__in=coming).select_related("locale")
    ]
    ending = pages.filter(live=True, expire_at__gt=now, expire_at__lt=now + SOON)
    entries += [
        _entry(page, _("disappears"), page.expire_at) for page in ending.select_related("locale")
    ]
    entries.sort(key=lambda entry: entry.at or now)
    return Section(
        _("Scheduled within a month"),
        entries[:SHOWN],
        len(entries),
        empty=_("Nothing is scheduled."),
    )


def expired(pages: Any, now: dt.datetime) -> Section:
    """What disappeared by itself lately: to be renewed, or put in the bin."""
    found = pages.filter(expired=True, live=False, expire_at__gt=now - LATELY)
    shown = found.select_related("locale").order_by("-expire_at")
    return Section(
        _("Expired lately"),
        [_entry(page, "", page.expire_at) for page in shown[:SHOWN]],
        found.count(),
        empty=_("Nothing expired."),
    )


def to_read(user: Any) -> Section:
    """The pages that nobody has read for a year, this person's own first."""
    found = ages.not_seen_for(access.pages_of(user)).select_related("locale", "owner")
    count = found.count()
    mine = list(found.filter(owner=user)[:SHOWN])
    others = list(found.exclude(owner=user)[: SHOWN - len(mine)]) if len(mine) < SHOWN else []
    return Section(
        _("To be read again"),
        [_entry(page, str(page.owner or ""), page.last_seen) for page in (*mine, *others)],
        count,
        reports.AGES.url,
        _("Age of the content"),
        _("Every page was seen within the year."),
    )


def faults(user: Any, editor: bool) -> list[Fault]:
    """What is to be mended: reports that are not empty, and what failed, for the team."""
    from ..admin_views import may_run_tasks

    found = []
    if editor:
        for slug, count in reports.counts(user).items():
            if count and slug != reports.AGES.slug:
                report = reports.REPORTS[slug]
                found.append(Fault(str(report.export.label), count, report.url))
    if may_run_tasks(user):
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
        mails = OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED).count()
        jobs = JobRun.objects.exclude(error="").count()
        url = reverse("cms_tasks")
        for label, count in (
            (_("Background tasks that failed"), failed),
            (_("E-mails that could not be sent"), mails),
            (_("Periodic jobs whose last run failed"), jobs),
        ):
            if count:
                found.append(Fault(label, count, url))
    return found


def extra(request: Any) -> list[dict[str, Any]]:
    """The panels that apps give, in their order."""
    found = [panel for provider in registry.editor_panels if (panel := provider(request))]
    return sorted(found, key=lambda panel: panel.get("order", 100))
