"""Giving files to those who come to a session, and taking them away again."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.notify import notify
from cms import bin
from cms.models import BinEntry
from cms.storages import private_storage

from ..models import Session, SessionFile
from ..services.registrations import lock
from .queries import holders_of

MOST = 30


def may_restore(user: Any) -> bool:
    from ..rules import steers

    return steers(user)


BIN = bin.Kind("learning.session-file", gettext_lazy("File of a session"), SessionFile, may_restore)


class CannotAdd(ValidationError):
    """The file cannot be added; the message says why."""


def add(session: Session, file: Any, title: str, *, by: Any, submission: uuid.UUID) -> SessionFile:
    """Keep a file that was checked (`cms.uploads`), and tell those who come. Sent twice, it is one."""
    row = SessionFile(
        session=session, title=title[:160], size=file.size, submission=submission, added_by=by
    )
    sent = SessionFile.objects.filter(submission=submission, session=session)
    if found := sent.first():
        return found
    # Written before the transaction: no file is in one.
    name = row.file.field.generate_filename(row, file.name)
    row.file.name = private_storage().save(name, file)
    try:
        with transaction.atomic():
            lock(session.pk)
            if SessionFile.objects.filter(session=session).count() >= MOST:
                raise CannotAdd(_("A session has at most %(n)d files.") % {"n": MOST})
            row.save()
            log(instance=session, action="learning.file_add", user=by, data={"title": row.title})
            _tell(session, row)
    except IntegrityError:
        private_storage().delete(row.file.name)
        if found := sent.first():
            return found
        raise CannotAdd(_("This form was already sent: open it again.")) from None
    except CannotAdd:
        private_storage().delete(row.file.name)
        raise
    return row


def _tell(session: Session, row: SessionFile) -> None:
    context = {"title": session.module.title, "city": session.city, "file": row.title}
    start = session.first_starts_at
    context["start"] = start.astimezone(session.zone) if start else None
    context["url"] = session.get_absolute_url()
    # One a day: a trainer gives several at once.
    key = f"learning.file:{session.uuid}:{row.added_at:%Y-%m-%d}"
    notify("learning.file", holders_of(session), context, key=key)


@transaction.atomic
def remove(row: SessionFile, *, by: Any) -> BinEntry:
    """To the bin, from which it comes back for 30 days."""
    log(instance=row.session, action="learning.file_remove", user=by, data={"title": row.title})
    return bin.put_object(BIN, row, by)


def removed_from(session: Session) -> Any:
    """What is in the bin of this session, the last first."""
    rows = BinEntry.objects.filter(kind=BIN.code, payload__rows__0__fields__session=session.pk)
    return rows.order_by("-deleted_at")


def restore(entry: BinEntry, *, by: Any) -> Any:
    return bin.restore_object(entry, by)


def forget_file(sender: Any, instance: BinEntry, **_kwargs: Any) -> None:
    """A file leaves the storage with the bin, unless its row came back."""
    if instance.kind != BIN.code:
        return
    fields = instance.payload["rows"][0]["fields"]
    if not SessionFile.objects.filter(uuid=fields["uuid"]).exists():
        name = fields["file"]
        transaction.on_commit(lambda: private_storage().delete(name))
