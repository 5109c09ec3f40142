"""A path read from a file: tried whole and reported, then written whole in one transaction."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.incoming import Incoming, forget

from ..models import CataloguePage, LearningPathPage, PathImport
from . import outlines, translations
from .archive import Archive, Unreadable
from .building import Builder, PathDraft, Report, read
from .incoming_files import incoming

State = PathImport.State
MOST_FINDINGS = 300


class Refused(ValidationError):
    """The path cannot be written; nothing was."""


@dataclass
class _Opened:
    """The file, checked outside any transaction."""

    draft: PathDraft | None
    files: list[Incoming] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def stage(file: Any, *, by: Any, catalogue: CataloguePage) -> PathImport:
    """Keep the file and say what would be made of it. Nothing of the path is written.

    Raises Unreadable for a file that is not worth keeping.
    """
    opened = _open(file, by)
    holds: dict[str, Any] = {}
    if opened.draft is not None and not opened.report.refused:
        holds = _try(opened, catalogue, by)
    row = PathImport(
        by=by,
        filename=str(file.name)[-255:],
        title=str((opened.draft.values if opened.draft else {}).get("title", ""))[:255],
        state=State.REFUSED if opened.report.refused else State.READ,
        findings=opened.report.findings[:MOST_FINDINGS],
        holds=holds,
    )
    if row.state == State.READ:
        file.seek(0)
        row.file.save(str(file.name), file, save=False)
    row.save()
    return row


def _open(file: Any, by: Any) -> _Opened:
    archive = Archive(file)
    data = archive.data()
    opened = _Opened(None)
    opened.draft = read(data, opened.report)
    listed = data.get("files", [])
    if not isinstance(listed, list):
        opened.report.error("path.json", _("“files” is not a list."))
        return opened
    for said in listed:
        name = said.get("name") if isinstance(said, dict) else None
        try:
            if not isinstance(said, dict):
                raise ValidationError(_("An object was expected."))
            opened.files.append(incoming(said, archive, by))
        except ValidationError as error:
            for text in error.messages:
                opened.report.error(str(name or "files")[:80], text)
    return opened


def _try(opened: _Opened, catalogue: CataloguePage, by: Any) -> dict[str, Any]:
    """Make everything and undo it: the report then says exactly what writing will meet."""
    assert opened.draft is not None  # noqa: S101
    for each in opened.files:
        each.pretend()
    with transaction.atomic():
        page, came = _build(opened, catalogue, by)
        holds = {
            "chapters": len(opened.draft.chapters),
            "units": len(opened.draft.units()),
            "files": len(opened.files),
            "minutes": sum(unit.values["minutes"] for unit in opened.draft.units()),
            "languages": came.told(),
        }
        if not opened.report.refused:
            _judge(page, opened.report)
        transaction.set_rollback(True)
    return holds


def _build(
    opened: _Opened, catalogue: CataloguePage, by: Any
) -> tuple[LearningPathPage, translations.Came]:
    assert opened.draft is not None  # noqa: S101
    for each in opened.files:
        each.row.save()
    files = {each.name: each.row for each in opened.files}
    builder = Builder(opened.draft, catalogue, files, opened.report, by)
    return builder.build(), builder.came


def _judge(page: LearningPathPage, report: Report) -> None:
    """What its outline would have the author mend before publishing."""
    found = outlines.read(page)
    titles = {unit.uuid: unit.title for unit in found.outline.units()}
    for finding in found.findings:
        report.warning(titles.get(finding.unit, _("Path")), finding.text)


def write(row: PathImport, *, by: Any, catalogue: CataloguePage) -> LearningPathPage:
    """Write the path as a draft, whole; once, whatever the number of times it is asked. Raises Refused."""
    if row.page is not None:
        return row.page
    if row.state != State.READ:
        raise Refused(_("This file was refused: nothing was written."))
    try:
        with row.file.open("rb") as file:
            opened = _open(file, by)
    except (OSError, Unreadable) as error:
        raise Refused(_("The file is no longer there: send it again.")) from error
    if opened.report.refused:
        raise Refused([each["text"] for each in opened.report.findings])
    stored = [name for each in opened.files for name in each.store()]
    try:
        page = _write(row, opened, by, catalogue)
    except BaseException:
        forget(stored)
        raise
    if page.pk not in _made_by(opened):
        forget(stored)
    return page


def _made_by(opened: _Opened) -> set[int]:
    """The path whose units these files went to; empty when another request had written it before."""
    assert opened.draft is not None  # noqa: S101
    made = [unit.page for unit in opened.draft.units() if unit.page is not None]
    return {made[0].get_parent().get_parent().pk} if made else set()


@transaction.atomic
def _write(row: PathImport, opened: _Opened, by: Any, catalogue: CataloguePage) -> LearningPathPage:
    held = PathImport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.page is not None:
        return held.page
    page, _came = _build(opened, catalogue, by)
    if opened.report.refused:
        raise Refused([each["text"] for each in opened.report.findings])
    held.page, held.state = page, State.WRITTEN
    held.save(update_fields=["page", "state"])
    log(instance=page, action="learning.import_path", user=by, data={"file": held.filename})
    return page
