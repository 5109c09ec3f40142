"""Questions in the language of a quiz: the wording kept for it, else French, and said to be so.

A wording holds the texts of one version. What is right, and what was answered, name parts of the
question and never words: they are the same in every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, get_language_info
from wagtail.log_actions import log

from ..models import Question, QuestionVersion, QuestionWording
from . import pictures, texts
from .content import Content, from_json, to_json

SOURCE = settings.LANGUAGE_CODE
OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != SOURCE)


@dataclass(frozen=True)
class Said:
    """A question ready to be shown. lang: its language where it is not that of the page around it."""

    content: Content
    lang: str = ""


def said_in(language: str, versions: Iterable[QuestionVersion]) -> dict[int, Said]:
    """{primary key: question in this language}: a query for the wordings, two for the pictures."""
    rows = {version.pk: version for version in versions}
    worded: dict[int, dict[str, str]] = {}
    if language != SOURCE:
        held = QuestionWording.objects.filter(version__in=rows, language=language)
        worded = dict(held.values_list("version", "texts"))
    contents = [
        texts.with_texts(version.read(), worded[pk]) if pk in worded else version.read()
        for pk, version in rows.items()
    ]
    return {
        pk: Said(content, _lang(language if pk in worded else SOURCE))
        for pk, content in zip(rows, pictures.drawn(contents), strict=True)
    }


def _lang(language: str) -> str:
    return "" if language == (get_language() or SOURCE) else language


def wording_of(question: Question, language: str) -> QuestionWording | None:
    """The wording of the version in force."""
    return QuestionWording.objects.filter(version=question.version_id, language=language).first()


def last_texts(question: Question, language: str) -> dict[str, str]:
    """What was last written in a language, whatever the version: to begin with."""
    rows = QuestionWording.objects.filter(version__question=question, language=language)
    last = rows.order_by("-version__number").first()
    return dict(last.texts) if last else {}


def checked(content: Content, said: Mapping[str, str]) -> dict[str, str]:
    """The texts of a question in another language, cleaned; each must be there. Raises InvalidContent."""
    wanted = texts.texts_of(content)
    blank = {place: said.get(place, "") for place in wanted}
    held = from_json(to_json(texts.changed(content, lambda place, _text: blank[place])))
    return {place: text for place, text in texts.texts_of(held).items() if place in wanted}


@transaction.atomic
def write(question: Question, language: str, said: Mapping[str, str], *, by: Any) -> None:
    """Give the version in force its wording in a language. Raises InvalidContent."""
    version = QuestionVersion.objects.select_for_update().get(pk=question.version_id)
    held = checked(version.read(), said)
    QuestionWording.objects.update_or_create(
        version=version, language=language, defaults={"texts": held}
    )
    pictures.keep(question, texts.with_texts(version.read(), held), by)
    log(instance=question, action="learning.word_question", user=by, data={"language": language})


def carry(before: QuestionVersion, after: QuestionVersion) -> None:
    """A new version that says the same (another key, other points) keeps the wordings of the last one."""
    if texts.texts_of(before.read()) != texts.texts_of(after.read()):
        return
    QuestionWording.objects.bulk_create(
        QuestionWording(version=after, language=row.language, texts=row.texts)
        for row in before.wordings.all()
    )


def name_of(language: str) -> str:
    """The name of a language, in the reader's own."""
    return str(get_language_info(language)["name_translated"]).lower()
