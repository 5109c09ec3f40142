"""Publishing a path whole: every draft of it at once, as one version."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import LearningPathPage
from ..paths import structure
from . import outlines


class CannotPublish(ValidationError):
    """The path has faults that would stop its learners; the messages say which."""


def publish(page: LearningPathPage, *, by: Any) -> int:
    """Publish the path, its chapters and its units. Returns how many pages changed. Raises CannotPublish."""
    found = outlines.read(page)
    if found.errors:
        raise CannotPublish([_said(found, each) for each in found.errors])
    pages: list[Any] = [page]
    for chapter in found.chapters:
        pages += [chapter.page, *(unit.page for unit in chapter.units)]
    waiting = [each for each in pages if not each.live or each.has_unpublished_changes]
    with structure.one_version():
        for each in waiting:
            revision = each.get_latest_revision() or each.save_revision(user=by)
            revision.publish(user=by)
    return len(waiting)


def _said(found: outlines.PathOutline, finding: Any) -> str:
    unit = found.outline.find(finding.unit)
    if unit is None:
        return str(finding.text)
    return _("“%(unit)s”: %(text)s") % {"unit": unit.title, "text": finding.text}
