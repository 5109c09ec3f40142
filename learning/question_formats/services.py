"""Questions read from a file: shown one by one, then put in the bank in one transaction."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from cms.incoming import Incoming, forget
from cms.models import SiteImage
from cms.models.files import safe_name
from cms.uploads import check_size

from ..models import Question, QuestionImport, QuestionImportRow
from ..quizzes import bank
from ..quizzes.content import Content, load
from ..quizzes.pictured import Picture, pictures_of, replaced
from ..quizzes.pictures import collection, ids_in, undescribed
from ..quizzes.texts import changed, texts_of
from . import gift, moodle
from .found import Found, Unreadable, Verdict
from .moodle_writer import Written

State, Format = QuestionImport.State, QuestionImport.Format
MOST_BYTES = 25 * 1024 * 1024
MOST_QUESTIONS = 1_000
READERS: dict[str, Callable[[bytes], list[Found]]] = {
    Format.MOODLE: moodle.read,
    Format.GIFT: gift.read,
}


class Incomplete(ValidationError):
    """Some questions are refused, and nobody asked to leave them out; or there is nothing to write."""


def stage(file: Any, *, theme: str, by: Any) -> QuestionImport:
    """Read a file and keep what was found of it; nothing enters the bank yet. Raises ValidationError.

    theme: that of questions for which the file names none.
    """
    check_size(file, MOST_BYTES)
    file.seek(0)
    content = file.read()
    form = format_of(content)
    found = READERS[form](content)
    if not found:
        raise Unreadable(_("The file holds no question."))
    if len(found) > MOST_QUESTIONS:
        text = _("The file holds more than %(n)d questions: send it in several parts.")
        raise Unreadable(text % {"n": MOST_QUESTIONS})
    batch = QuestionImport(by=by, filename=str(file.name)[-255:], format=form, theme=theme)
    if any(_shown(each.content) for each in found):
        batch.file.save(safe_name(str(file.name)), ContentFile(content), save=False)
    with transaction.atomic():
        batch.save()
        QuestionImportRow.objects.bulk_create(_row(batch, each) for each in found)
    return batch


def format_of(content: bytes) -> str:
    """Moodle XML begins with a mark; everything else is read as GIFT."""
    start = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return Format.MOODLE if start.startswith(b"<") else Format.GIFT


def _row(batch: QuestionImport, found: Found) -> QuestionImportRow:
    return QuestionImportRow(
        batch=batch,
        position=found.position,
        line=found.line,
        type=found.type[:40],
        name=title_of(found),
        category=found.category[:500],
        verdict=found.verdict,
        reasons=found.reasons,
        content=found.content or {},
    )


def title_of(found: Found) -> str:
    """What names it in the bank: its name there, else the beginning of its text."""
    text = found.name or strip_tags((found.content or {}).get("text", ""))
    return " ".join(text.split())[:160] or _("Question %(n)d") % {"n": found.position}


def _shown(content: dict[str, Any] | None) -> set[str]:
    """Which pictures of the file a question shows."""
    if not content:
        return set()
    said = texts_of(load(content)).values()
    return {found.file for text in said for found in pictures_of(text) if found.file}


def write(batch: QuestionImport, *, by: Any, partly: bool = False) -> int:
    """Put the questions and their pictures in the bank: all, or none. Written once, it stays so.

    partly: leave out those that are refused. Returns how many. Raises Incomplete.
    """
    arriving = _pictures(batch, by)
    stored = [name for each in arriving.values() for name in each.store()]
    try:
        count = _write(batch, by, partly, arriving)
    except BaseException:
        forget(stored)
        raise
    if not count:
        forget(stored)
    return count


def _pictures(batch: QuestionImport, by: Any) -> dict[str, Incoming]:
    """The pictures of the questions to write, read again from the file that was kept. Raises Incomplete."""
    rows = batch.rows.exclude(verdict=Verdict.REFUSED)
    wanted = {file for row in rows for file in _shown(row.content)}
    if not wanted or batch.state == State.WRITTEN:
        return {}
    try:
        with batch.file.open("rb") as file:
            found = READERS[batch.format](file.read())
    except (OSError, ValueError) as error:
        raise Incomplete(_("The file is no longer there: send it again.")) from error
    held = {key: picture for each in found for key, picture in each.pictures.items()}
    return {key: held[key].incoming(by) for key in sorted(wanted)}


@transaction.atomic
def _write(batch: QuestionImport, by: Any, partly: bool, arriving: dict[str, Incoming]) -> int:
    held = QuestionImport.objects.select_for_update().get(pk=batch.pk)
    if held.state == State.WRITTEN:
        return 0
    rows = list(held.rows.all())
    taken = [row for row in rows if row.verdict != Verdict.REFUSED]
    if not taken:
        raise Incomplete(_("No question can be taken."))
    if len(taken) < len(rows) and not partly:
        raise Incomplete(_("Some questions are refused: nothing was written."))
    source = _("%(file)s, read on %(date)s") % {
        "file": held.filename,
        "date": f"{timezone.localdate():%d/%m/%Y}",
    }
    place = collection() if arriving else None
    for each in arriving.values():
        each.row.collection = place
        each.row.save()
    images = {key: each.row.pk for key, each in arriving.items()}
    themes: dict[str, Any] = {}
    for row in taken:
        name = row.category or held.theme
        theme = themes.get(name) or themes.setdefault(name, bank.theme_named(name))
        content = changed(load(row.content), lambda _place, text: _with_images(text, images))
        bank.add(theme, row.name, content, by=by, source=source, note=_note(content))
    held.state = State.WRITTEN
    held.save(update_fields=["state"])
    log(instance=held, action="learning.import_questions", user=by, data={"n": len(taken)})
    return len(taken)


def _with_images(text: str, images: dict[str, int]) -> str:
    return replaced(text, lambda found: str(Picture(image=images[found.file], alt=found.alt)))


def _note(content: Content) -> str:
    """What the file left to do."""
    count = undescribed(content)
    if not count:
        return ""
    text = ngettext(
        "Write the alternative text of %(n)d picture.",
        "Write the alternative text of %(n)d pictures.",
        count,
    )
    return text % {"n": count}


def known(batch: QuestionImport) -> set[int]:
    """Positions of the questions that the bank holds already under the same name; one query."""
    names = {row.name: row.position for row in batch.rows.all()}
    held = Question.objects.in_use().filter(title__in=names)
    return {names[title] for title in held.values_list("title", flat=True)}


def to_write(rows: Iterable[Question]) -> list[Written]:
    """Questions of the bank as they leave, with their pictures: a query for the pictures of all."""
    held = [(row, row.version.read()) for row in rows if row.version is not None]
    images = SiteImage.objects.filter(pk__in=ids_in(content for _row, content in held))
    pictures = {image.pk: read for image in images if (read := _content_of(image)) is not None}
    return [Written(row.title, row.theme.name, content, pictures) for row, content in held]


def _content_of(image: SiteImage) -> tuple[str, bytes] | None:
    """Name and content of a picture; None when its file is gone."""
    try:
        with image.file.open("rb") as file:
            return f"{image.pk}-{safe_name(image.file.name.rpartition('/')[2])}", file.read()
    except OSError:
        return None
