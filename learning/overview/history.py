"""Online paths in one's own history: each round of each path, completed, left or under way."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day, day_range

from ..models import Enrolment
from ..steering.history import Entry, source
from .network import OF_ROW, with_path
from .words import duration, standing


@source
def online(user: Any) -> Iterator[Entry]:
    """Nothing for a path that was never begun."""
    today = timezone.localdate()
    rows = Enrolment.objects.filter(user=user, last_at__isnull=False)
    shown = rows.select_related("path", "maison").only(*OF_ROW, "path__uuid", "maison__name")
    for row in with_path(shown):
        began = timezone.localtime(row.created_at).date()
        ended = timezone.localtime(row.completed_at or row.last_at).date()
        found = standing(row, today)
        yield Entry(
            kind="path",
            title=row.title,  # type: ignore[attr-defined]
            url=row.path.get_absolute_url(),
            day=ended,
            when=day(ended) if began == ended else day_range(began, ended),
            where=_("Online"),
            result=found.label,
            tone=found.tone or "quiet",
            detail=_("%(done)d of %(due)d required units, %(time)s")
            % {"done": row.done, "due": row.due, "time": duration(row.seconds)},
            maison=row.maison.name if row.maison else "",
            seconds=row.seconds,
        )
