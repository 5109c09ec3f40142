"""What members of a Maison do with its sheets: write, propose, take back, throw away.

Each function is one transaction. A draft is a revision: the public page does not move until a
moderator approves (docs/moderation.md). Two people of one Maison never overwrite each other: whoever
saves says which version they had before them.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision

from accounts import moderation
from accounts.models import User
from cms import bin
from maisons.models import Maison, Membership

from .models import InitiativesIndexPage, ProjectSheetPage, SheetUpload
from .rules import maisons_of

# What a sheet cannot do without to be proposed: field → what to say.
NEEDED = ("summary", "objectives", "actions", "themes", "audiences", "state", "departments")


class Stale(ValidationError):
    """Somebody else saved since this form was opened. `newer` is their version."""

    def __init__(self, newer: Revision) -> None:
        self.newer = newer
        who = str(newer.user) if newer.user else _("Somebody")
        super().__init__(
            _(
                "%(who)s saved this sheet while you were writing. Your text is still below, theirs is"
                " shown beside each field that differs. Save again to keep yours."
            )
            % {"who": who},
            code="stale",
        )


def mine(user: Any) -> Any:
    """The sheets of this person's Maisons, drafts included, the last touched first."""
    return (
        ProjectSheetPage.objects.filter(
            contributed_by__in=maisons_of(user), path__startswith=_tree()
        )
        .filter(locale__language_code="fr")
        .select_related("locale", "contributed_by")
        .order_by("-latest_revision_created_at", "title")
    )


def _tree() -> str:
    """The part of the tree that is not the bin."""
    index = InitiativesIndexPage.objects.filter(locale=Locale.get_default()).first()
    return index.path if index else "-"


def version_of(sheet: ProjectSheetPage) -> str:
    """Names the latest version without telling its number."""
    return salted_hmac("initiatives.version", str(sheet.latest_revision_id)).hexdigest()[:20]


def working_copy(sheet: ProjectSheetPage) -> ProjectSheetPage:
    """The sheet as its authors last left it."""
    return sheet.get_latest_revision_as_object()


@transaction.atomic
def start(user: User, maison: Maison, title: str) -> ProjectSheetPage:
    """A new draft in the name of a Maison. Raises PermissionDenied for somebody else's."""
    if maison.pk not in {own.pk for own in maisons_of(user)}:
        raise PermissionDenied
    index = InitiativesIndexPage.objects.filter(locale=Locale.get_default()).first()
    if index is None:
        raise ValidationError(_("The list of initiatives is not open yet."))
    sheet = ProjectSheetPage(
        title=title,
        slug=free_slug(index, title),
        owner=user,
        live=False,
        locale=index.locale,
        contributed_by=maison,
    )
    index.add_child(instance=sheet)
    sheet.maisons.set([maison])
    sheet.departments.set([maison.department])
    sheet.save()
    sheet.save_revision(user=user)
    log(instance=sheet, action="initiatives.start", user=user)
    return sheet


def free_slug(index: Page, title: str) -> str:
    base = slugify(title)[:60].strip("-") or "initiative"
    taken = set(
        Page.objects.child_of(index).filter(slug__startswith=base).values_list("slug", flat=True)
    )
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def _lock(sheet: ProjectSheetPage) -> ProjectSheetPage:
    """The row of this sheet, held until the end of the transaction."""
    list(Page.objects.select_for_update(of=("self",)).filter(pk=sheet.pk).values_list("pk"))
    return ProjectSheetPage.objects.get(pk=sheet.pk)


@transaction.atomic
def save(draft: ProjectSheetPage, version: str, user: User) -> Revision:
    """Keep what somebody wrote as a new version. The public page, if any, stays as it is.

    Raises Stale when another version came in between, ValidationError while it is being reviewed.
    """
    row = _lock(draft)
    if version != version_of(row):
        raise Stale(row.get_latest_revision())
    if moderation.status(row).state == moderation.SUBMITTED:
        raise ValidationError(_("This sheet is being reviewed: take it back before you change it."))
    if row.first_published_at is None:
        _rename(row, draft)
    return draft.save_revision(user=user)


def _rename(row: ProjectSheetPage, draft: ProjectSheetPage) -> None:
    """Until it is public, the address of a sheet follows its title, in the tree as in the draft."""
    if draft.title != row.title:
        parent = row.get_parent()
        slug = free_slug(parent, draft.title)
        draft.slug, draft.url_path = slug, f"{parent.url_path}{slug}/"
        Page.objects.filter(pk=row.pk).update(title=draft.title, slug=slug, url_path=draft.url_path)


def missing(sheet: ProjectSheetPage) -> list[tuple[str, str]]:
    """(field, its name) of what is still to be written before the sheet can be proposed."""
    absent = [name for name in NEEDED if not _written(sheet, name)]
    fields = sheet._meta
    found = [(name, str(fields.get_field(name).verbose_name)) for name in absent]
    if any(not all(block.value.get(key) for key in _FIGURE) for block in sheet.figures):
        found.append(("figures", _("what each figure counts, its source and its date")))
    if any(
        not any(block.value.get(key) for key in ("email", "phone", "url"))
        for block in sheet.contacts
    ):
        found.append(("contacts", _("a way to reach each contact")))
    if sheet.state == "stopped" and not sheet.stop_reason.strip():
        found.append(("stop_reason", str(fields.get_field("stop_reason").verbose_name)))
    return found


_FIGURE = ("value", "label", "source", "date")


def _written(sheet: ProjectSheetPage, name: str) -> bool:
    value = getattr(sheet, name)
    return bool(value.all()) if hasattr(value, "all") else bool(str(value).strip())


@transaction.atomic
def propose(sheet: ProjectSheetPage, user: User) -> None:
    """Send the latest version to the moderators. Raises ValidationError with what is missing."""
    row = _lock(sheet)
    lacking = missing(working_copy(row))
    if lacking:
        names = ", ".join(name for _field, name in lacking)
        raise ValidationError(_("Still to be written: %(names)s.") % {"names": names})
    moderation.submit(row, user)


@transaction.atomic
def take_back(sheet: ProjectSheetPage, user: User) -> bool:
    """Have the sheet back from the moderators, to change it."""
    return moderation.withdraw(_lock(sheet), user)


@transaction.atomic
def discard(sheet: ProjectSheetPage, user: User) -> None:
    """Throw a draft that was never public into the bin, where it stays thirty days."""
    row = _lock(sheet)
    if row.first_published_at is not None:
        raise PermissionDenied
    moderation.withdraw(row, user)
    bin.put_page(Page.objects.get(pk=row.pk), user)


def note_upload(sheet: ProjectSheetPage, file: Any, user: User) -> None:
    """Remember that a file came with this sheet: its authors see it before it is public."""
    SheetUpload.objects.get_or_create(
        sheet=sheet, kind=file.kind, file_id=file.pk, defaults={"by": user}
    )


def may_read_upload(user: Any, file: Any) -> bool:
    """Whether a file came with a sheet that this person writes."""
    rows = SheetUpload.objects.filter(kind=file.kind, file_id=file.pk)
    wanted = set(rows.values_list("sheet__contributed_by", flat=True))
    return bool(wanted) and bool(wanted & {maison.pk for maison in maisons_of(user)})


def authors_of(sheet: ProjectSheetPage) -> list[User]:
    """The agents and managers of the Maison that keeps the sheet."""
    if sheet.contributed_by_id is None:
        return []
    rows = Membership.objects.in_force().filter(maison=sheet.contributed_by_id)
    return list(User.objects.filter(pk__in=rows.values("user_id"), is_active=True))
