"""Who is told what of their enrolments, in the transaction of what it tells."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accounts.notify import notify

from ..models import Enrolment, LearningPath
from ..paths.structure import read


def title_of(path: LearningPath) -> str:
    """The title of a path in the version in force; no query when the version is there."""
    return read(path.version).title if path.version else ""


def context_of(path: LearningPath, **more: Any) -> dict[str, Any]:
    return {"title": title_of(path), "url": path.get_absolute_url(), **more}


def enrolled(path: LearningPath, rows: Iterable[Enrolment], *, by: Any) -> None:
    """Tell those whom somebody else enrolled; one call for each due date."""
    _by_due_date("learning.path-enrolled", path, rows, by=by, key="path-enrolled")


def due_changed(path: LearningPath, rows: Iterable[Enrolment]) -> None:
    _by_due_date("learning.path-due", path, rows, by=None, key="path-due")


def renewed(path: LearningPath, row: Enrolment) -> None:
    context = context_of(path, due_on=row.due_on)
    notify("learning.path-renewed", [row.user], context, key=f"path-renewed:{row.uuid}")


def _by_due_date(
    code: str, path: LearningPath, rows: Iterable[Enrolment], *, by: Any, key: str
) -> None:
    groups: dict[dt.date | None, list[Enrolment]] = defaultdict(list)
    for row in rows:
        if by is None or row.user_id != by.pk:
            groups[row.due_on].append(row)
    name = by.get_full_name() if by else ""
    for due_on, group in groups.items():
        # A path taken again has other enrolments: the day of enrolment tells them apart.
        said = f"{key}:{path.uuid}:{group[0].created_at:%Y%m%d}:{due_on or ''}"
        context = context_of(path, due_on=due_on, by=name)
        notify(code, [row.user for row in group], context, key=said)
