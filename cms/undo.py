"""Undo: go back to the revision before, as a new revision, so that undoing can be undone too."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision


class NothingToUndo(ValidationError):
    """The object has no earlier state."""


def earlier_revision(obj: Any) -> Revision | None:
    """The newest revision whose content differs from the latest one's."""
    latest = obj.latest_revision
    if latest is None:
        return None
    for revision in obj.revisions.exclude(pk=latest.pk).order_by("-created_at", "-pk")[:20]:
        if _content(revision) != _content(latest):
            return revision
    return None


def _content(revision: Revision) -> dict[str, Any]:
    """What a person changed, without the stamps that each save leaves."""
    stamps = {
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "has_unpublished_changes",
        "last_published_at",
        "first_published_at",
        "draft_title",
        "live",
        "path",
        "depth",
        "numchild",
        "url_path",
        "locked",
        "locked_at",
        "locked_by",
    }
    return {key: value for key, value in revision.content.items() if key not in stamps}


@transaction.atomic
def undo_last_change(obj: Any, user: Any) -> Revision:
    """Save a new revision with the content before the last change. The public page is untouched.

    Raises NothingToUndo when there is no earlier state.
    """
    target = earlier_revision(obj)
    if target is None:
        raise NothingToUndo(_("There is no earlier version to go back to."))
    restored = target.as_object()
    revision = restored.save_revision(
        user=user, previous_revision=target, log_action=False, clean=False
    )
    log(
        instance=obj,
        action="cms.undo",
        user=user,
        revision=revision,
        data={"undone_to": {"id": target.pk, "created": target.created_at.isoformat()}},
    )
    return revision
