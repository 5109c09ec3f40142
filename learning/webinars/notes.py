"""Notes at a moment of a recording: written, corrected, deleted and put back."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Webinar, WebinarNote
from .services import CannotDo

KEPT_FOR = dt.timedelta(days=30)
MOST = 500


def add(
    webinar: Webinar, author: Any, moment: int, text: str, *, submission: uuid.UUID, public: bool
) -> WebinarNote:
    """Write a note; sent twice, it is one. Those of the team are for all. Raises CannotDo."""
    if public and not author.has_perm("learning.run_webinar", webinar):
        raise PermissionDenied
    sent = WebinarNote.objects.filter(author=author, submission=submission)
    try:
        with transaction.atomic():
            if found := sent.first():
                return found
            if WebinarNote.objects.filter(webinar=webinar, author=author).count() >= MOST:
                raise CannotDo(_("You have %(n)d notes here: delete some first.") % {"n": MOST})
            return WebinarNote.objects.create(
                webinar=webinar,
                author=author,
                moment=moment,
                text=text,
                is_public=public,
                submission=submission,
            )
    except IntegrityError:
        return sent.get()


def may_change(note: WebinarNote, user: Any) -> bool:
    """Its author; those of the team, any note of the team."""
    if note.author_id == user.pk:
        return True
    return note.is_public and bool(user.has_perm("learning.run_webinar", note.webinar))


@transaction.atomic
def correct(note: WebinarNote, moment: int, text: str) -> WebinarNote:
    note.moment, note.text, note.edited_at = moment, text, timezone.now()
    note.save(update_fields=["moment", "text", "edited_at"])
    return note


@transaction.atomic
def delete(note: WebinarNote) -> WebinarNote:
    """It can be put back for 30 days."""
    note.deleted_at = timezone.now()
    note.save(update_fields=["deleted_at"])
    return note


@transaction.atomic
def put_back(note: WebinarNote) -> WebinarNote:
    if note.deleted_at is not None and note.deleted_at + KEPT_FOR <= timezone.now():
        raise CannotDo(_("More than 30 days have passed: the note is erased."))
    note.deleted_at = None
    note.save(update_fields=["deleted_at"])
    return note
