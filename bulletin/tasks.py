"""What follows a publication, done by the worker."""

from django.db import transaction
from modelsearch.backends import get_search_backends_with_name
from wagtail.models import Page, ReferenceIndex

from cms.tasks import background

# Small transactions: readers of SQLite never wait, and writers only for one batch.
BATCH = 20


@background()
def refresh_indexes(page_ids: list[int]) -> None:
    """Bring the search index and the reference index to what was published. Idempotent.

    Wagtail does it by one task for each saved page, from signals that set-based writes do not fire.
    """
    for start in range(0, len(page_ids), BATCH):
        pages = Page.objects.filter(pk__in=page_ids[start : start + BATCH]).specific()
        by_model: dict[type, list] = {}
        for page in pages:
            by_model.setdefault(type(page), []).append(page)
        with transaction.atomic():
            for model, found in by_model.items():
                for _name, backend in get_search_backends_with_name(with_auto_update=True):
                    backend.add_bulk(model, found)
                for page in found:
                    ReferenceIndex.create_or_update_for_object(page)


@background()
def announce(event_id: int) -> None:
    """Tell everybody who has an account that an issue is out: once an issue, however often it is
    published again, and in whatever language."""
    from accounts.models import User
    from accounts.notify import notify

    from .models import PublicationEvent
    from .services import handle_once

    event = PublicationEvent.objects.select_related("issue").filter(pk=event_id).first()
    if event is None or event.issue is None or event.kind != PublicationEvent.Kind.PUBLISHED:
        return
    issue = event.issue
    with handle_once(event, "notify") as first:
        if first and issue.live:
            context = {"title": issue.title, "label": issue.label, "url": issue.get_url() or ""}
            people = User.objects.filter(is_active=True)
            notify("bulletin.published", people, context, key=f"bulletin:{issue.translation_key}")
