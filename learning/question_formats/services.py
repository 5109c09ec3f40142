"""Questions read from a file: shown one by one, then put in the bank in one transaction."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.uploads import check_size

from ..models import Question, QuestionImport, QuestionImportRow
from ..quizzes import bank
from ..quizzes.content import load
from . import gift, moodle
from .found import Found, Unreadable, Verdict

State, Format = QuestionImport.State, QuestionImport.Format
MOST_BYTES = 10 * 1024 * 1024
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
    with transaction.atomic():
        batch = QuestionImport.objects.create(
            by=by, filename=str(file.name)[-255:], format=form, theme=theme
        )
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


@transaction.atomic
def write(batch: QuestionImport, *, by: Any, partly: bool = False) -> int:
    """Put the questions in the bank: all, or none. Written once, it stays so. Returns how many.

    partly: leave out those that are refused. Raises Incomplete.
    """
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
    themes: dict[str, Any] = {}
    for row in taken:
        name = row.category or held.theme
        theme = themes.get(name) or themes.setdefault(name, bank.theme_named(name))
        bank.add(theme, row.name, load(row.content), by=by, source=source)
    held.state = State.WRITTEN
    held.save(update_fields=["state"])
    log(instance=held, action="learning.import_questions", user=by, data={"n": len(taken)})
    return len(taken)


def known(batch: QuestionImport) -> set[int]:
    """Positions of the questions that the bank holds already under the same name; one query."""
    names = {row.name: row.position for row in batch.rows.all()}
    held = Question.objects.in_use().filter(title__in=names)
    return {names[title] for title in held.values_list("title", flat=True)}
