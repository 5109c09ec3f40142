"""« We did it too »: declared by a Maison, decided by a moderator. Each function is one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notify import notify
from accounts.roles import holders
from accounts.scopes import EDITOR
from cms import pagecache
from maisons.models import Maison

from .contributing import authors_of
from .models import Adoption, ProjectSheetPage
from .rules import maisons_of

KEEP_REFUSED = timedelta(days=365)


@transaction.atomic
def declare(
    sheet: ProjectSheetPage,
    maison: Maison,
    user: User,
    *,
    year: int | None = None,
    note: str = "",
    own_sheet: ProjectSheetPage | None = None,
) -> Adoption:
    """Say that a Maison took up an initiative; moderators are told. Said again, it is reviewed again.

    Raises PermissionDenied for another's Maison, ValidationError for the Maison of the sheet itself.
    """
    if maison.pk not in {own.pk for own in maisons_of(user)}:
        raise PermissionDenied
    if sheet.maisons.filter(pk=maison.pk).exists():
        raise ValidationError(_("This is already an initiative of your Maison."))
    row = Adoption.objects.select_for_update().filter(sheet=sheet, maison=maison).first()
    row = row or Adoption(sheet=sheet, maison=maison)
    row.year, row.note, row.own_sheet = year, note, own_sheet
    row.status, row.declared_by, row.declared_at = Adoption.Status.WAITING, user, timezone.now()
    row.comment, row.decided_by, row.decided_at = "", None, None
    row.save()
    log(instance=sheet, action="initiatives.declare", user=user, data={"maison": maison.name})
    pagecache.bump()
    context = {
        "title": sheet.title,
        "maison": maison.name,
        "url": reverse("initiatives_adoption", args=[row.uuid]),
    }
    key = f"adoption:{row.uuid}:{row.declared_at.isoformat()}"
    notify("initiatives.adoption_declared", holders(EDITOR).exclude(pk=user.pk), context, key)
    return row


@transaction.atomic
def decide(adoption: Adoption, accepted: bool, user: User, comment: str = "") -> Adoption:
    """Accept an adoption, which then shows on the sheet, or refuse it; its author is told why."""
    row = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("sheet", "maison", "declared_by")
        .get(pk=adoption.pk)
    )
    row.status = Adoption.Status.ACCEPTED if accepted else Adoption.Status.REFUSED
    row.comment, row.decided_by, row.decided_at = comment, user, timezone.now()
    row.save()
    log(instance=row.sheet, action=f"initiatives.{row.status}", user=user)
    pagecache.bump()
    context = {
        "title": row.sheet.title,
        "maison": row.maison.name,
        "comment": comment,
        "url": reverse("initiatives:adopt", args=[row.sheet.translation_key]),
    }
    key = f"adoption:{row.uuid}:{row.decided_at.isoformat()}"
    if row.declared_by:
        notify(f"initiatives.adoption_{row.status}", [row.declared_by], context, key)
    if accepted:
        authors = [author for author in authors_of(row.sheet) if author != row.declared_by]
        told = {**context, "url": row.sheet.get_url() or ""}
        notify("initiatives.adopted", authors, told, f"{key}:authors")
    return row


def purge(now: datetime | None = None) -> int:
    """Forget refused declarations after a year."""
    before = (now or timezone.now()) - KEEP_REFUSED
    refused = Adoption.objects.filter(status=Adoption.Status.REFUSED, decided_at__lt=before)
    return refused.delete()[0]


def erase(user: Any) -> None:
    """The declarations stay, without who made or decided them."""
    Adoption.objects.filter(declared_by=user).update(declared_by=None)
    Adoption.objects.filter(decided_by=user).update(decided_by=None)
