"""Pages that nobody has read again for a long time."""

import datetime as dt
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from ..models import BasePage, PageReview

DEFAULT_MONTHS = 12


@cache
def lasting_types() -> tuple[type[BasePage], ...]:
    """The page types whose content should stay true: not the dated ones (`grows_old = False`)."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and model is not BasePage and model.grows_old
    )


def with_age(pages: Any) -> Any:
    """Public pages of lasting types with `last_seen`: published or checked, whichever came last."""
    reviewed = PageReview.objects.filter(page_id=models.OuterRef("pk"))
    published = Coalesce("last_published_at", "first_published_at", "latest_revision_created_at")
    return (
        pages.filter(live=True)
        .type(*lasting_types())
        .annotate(
            reviewed_at=models.Subquery(reviewed.values("at")[:1]),
            last_seen=Greatest(
                Coalesce(published, _never()),
                Coalesce(models.Subquery(reviewed.values("at")[:1]), published, _never()),
                output_field=models.DateTimeField(),
            ),
        )
    )


def _never() -> models.Value:
    return models.Value(dt.datetime(1970, 1, 1, tzinfo=dt.UTC), output_field=models.DateTimeField())


def months_ago(months: int, now: dt.datetime | None = None) -> dt.datetime:
    """The same day that many months before, or the last of its month."""
    now = now or timezone.localtime()
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    day = now.day
    while True:
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            day -= 1


def not_seen_for(pages: Any, months: int = DEFAULT_MONTHS) -> Any:
    return with_age(pages).filter(last_seen__lt=months_ago(months)).order_by("last_seen", "pk")


@transaction.atomic
def mark_checked(page: Page, user: Any) -> PageReview:
    """This person has read the page and found it true."""
    review, _created = PageReview.objects.update_or_create(
        page=page, defaults={"at": timezone.now(), "by": user}
    )
    log(instance=page.specific, action="cms.review", user=user)
    return review
