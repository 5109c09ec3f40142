"""What the history of somebody says of webinars: those they were at, and the replays they saw."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..models import WebinarPresence
from ..steering.history import Entry, source


@source
def webinars(user: Any) -> Iterator[Entry]:
    """Nothing for a replay that was begun and left."""
    for row in WebinarPresence.objects.filter(user=user).select_related("webinar"):
        if not row.is_complete:
            continue
        was_live = row.was_live
        at = row.webinar.starts_at if was_live else row.replay_done_at or row.webinar.starts_at
        on = timezone.localtime(at).date()
        yield Entry(
            kind="webinar",
            title=row.webinar.title,
            url=row.webinar.get_absolute_url(),
            day=on,
            when=day(on),
            where=_("Online"),
            result=_("Followed live") if was_live else _("Replay seen"),
            tone="good",
            is_fictitious=row.webinar.is_fictitious,
        )
