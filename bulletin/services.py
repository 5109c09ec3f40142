"""What changes the state of an issue."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from cms import media_use, pagecache, request_scope
from cms.searching import documents_changed

from . import publishing
from .models import ArticlePage, Composition, EventConsumption, IssuePage, PublicationEvent
from .publishing import IssueMoved, IssueNotReady
from .tasks import announce, refresh_indexes

__all__ = ["IssueMoved", "IssueNotReady", "handle_once", "publish_issue", "unpublish_issue"]

# Editors who save while the issue is being prepared only make the preparation start again.
ATTEMPTS = 3


def publish_issue(issue: IssuePage, user: Any | None) -> PublicationEvent:
    """Publish the issue and all its articles from their latest versions: all of them or none.

    Raises IssueNotReady with every problem found, and IssueMoved when editors keep saving.
    """
    for attempt in range(ATTEMPTS):
        plan = publishing.make_plan(issue.pk)
        try:
            event = _write(plan, user)
        except IssueMoved:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            request_scope.forget()
            return event
    raise AssertionError("unreachable")


def _write(plan: publishing.Plan, user: Any | None) -> PublicationEvent:
    now = publishing.now()
    with transaction.atomic():
        _verify_unmoved(plan)
        publishing.write_pages(plan, now)
        media_use.refresh([planned.page for planned in plan.pages])
        publishing.write_redirects(plan)
        changed = [p.page for p in plan.pages if p.changed]
        logged = [(page, page.live_revision) for page in changed] or [(plan.issue, None)]
        publishing.write_log(logged, "wagtail.publish", user, now)
        return _conclude(plan.issue, PublicationEvent.Kind.PUBLISHED, plan.ids, user, now)


def _verify_unmoved(plan: publishing.Plan) -> None:
    """Whatever was read while preparing must be what is there now, and stay so to the end."""
    composition = Composition.objects.select_for_update().get(issue_id=plan.issue_id)
    list(Page.objects.select_for_update().filter(pk__in=plan.ids).values_list("pk"))
    ids = publishing.issue_page_ids(plan.issue_id)
    seen = {planned.page.pk: planned.seen for planned in plan.pages}
    if (
        composition.version != plan.version
        or set(ids) != set(seen)
        or publishing.seen_revisions(ids) != seen
    ):
        raise IssueMoved


def unpublish_issue(issue: IssuePage, user: Any | None) -> PublicationEvent:
    """Take the issue and all its articles off the site: all of them or none."""
    now = publishing.now()
    with transaction.atomic():
        Composition.objects.select_for_update().get_or_create(issue_id=issue.pk)
        ids = publishing.issue_page_ids(issue.pk)
        issue = IssuePage.objects.get(pk=issue.pk)
        articles = ArticlePage.objects.filter(pk__in=ids, live=True).defer_streamfields()
        pages = [issue, *articles]
        Page.objects.filter(pk__in=ids).update(
            live=False, has_unpublished_changes=True, live_revision=None
        )
        Revision.page_revisions.filter(
            object_id__in=[str(pk) for pk in ids], approved_go_live_at__isnull=False
        ).update(approved_go_live_at=None)
        publishing.write_log([(page, None) for page in pages], "wagtail.unpublish", user, now)
        event = _conclude(issue, PublicationEvent.Kind.UNPUBLISHED, ids, user, now)
    request_scope.forget()
    return event


def _conclude(issue: IssuePage, kind: str, ids: list[int], user: Any, now: Any) -> PublicationEvent:
    """The last writes of the transaction: the event, and the tasks that follow from it."""
    event = PublicationEvent.objects.create(
        issue=issue, issue_title=issue.title, kind=kind, at=now, by=user, pages=len(ids)
    )
    pagecache.bump()
    refresh_indexes.enqueue(ids)
    documents_changed.send("page", keys=ids)
    if kind == PublicationEvent.Kind.PUBLISHED:
        announce.enqueue(event.pk)
    return event


@contextmanager
def handle_once(event: PublicationEvent, consumer: str) -> Iterator[bool]:
    """Give True to one caller only for each event and consumer, and undo the claim if it fails.

    with handle_once(event, "pdf") as first:
        if first: ...
    """
    with transaction.atomic():
        _row, created = EventConsumption.objects.get_or_create(event=event, consumer=consumer)
        yield created


def unhandled_events(consumer: str) -> Any:
    """Events that a consumer has not handled yet, oldest first."""
    return PublicationEvent.objects.exclude(consumptions__consumer=consumer).order_by("at", "pk")
