"""The questions that quizzes name, in the file of a path: they travel with it, answers and all."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.snippets.blocks import SnippetChooserBlock

from ..models import BankTheme, Question
from ..quizzes import bank, wording
from ..quizzes.content import Content, from_json, to_json
from ..quizzes.texts import texts_of
from .parts import Reference, register_reference

MOST_OF_A_THEME = 500


def _question(row: Question) -> dict[str, Any]:
    assert row.version is not None  # noqa: S101
    return {
        "key": str(row.uuid),
        "title": row.title,
        "theme": row.theme.name,
        "source": row.source,
        "content": to_json(row.version.read()),
        "wordings": {each.language: each.texts for each in row.version.wordings.all()},
    }


def _rows() -> Any:
    rows = Question.objects.in_use().select_related("theme", "version").exclude(version=None)
    return rows.prefetch_related("version__wordings")


def export_question(pk: Any) -> Any:
    row = _rows().filter(pk=pk).first()
    return _question(row) if row else None


def export_theme(pk: Any) -> Any:
    """A theme with its questions: a quiz may draw any of them."""
    theme = BankTheme.objects.filter(pk=pk).first()
    if theme is None:
        return None
    rows = _rows().filter(theme=theme).order_by("pk")
    return {"theme": theme.name, "questions": [_question(row) for row in rows]}


def check_question(data: Any) -> list[str]:
    """Why a question cannot be taken."""
    if not isinstance(data, dict):
        return [_("A question was expected.")]
    if not all(
        isinstance(data.get(name), str) and data[name].strip() for name in ("title", "theme")
    ):
        return [_("A question has no title or no theme.")]
    try:
        uuid.UUID(str(data.get("key")))
        content = from_json(data.get("content"))
        for texts in _wordings(data).values():
            wording.checked(content, texts)
    except ValidationError as error:
        return [f"« {data['title'][:60]} » : {text}" for text in error.messages]
    except ValueError:
        return [_("A question has no key.")]
    return []


def check_theme(data: Any) -> list[str]:
    if not isinstance(data, dict) or not isinstance(data.get("theme"), str):
        return [_("A theme was expected.")]
    questions = data.get("questions")
    if not isinstance(questions, list) or len(questions) > MOST_OF_A_THEME:
        return [_("A list was expected.")]
    return [fault for each in questions for fault in check_question(each)]


def write_question(data: Any, by: Any) -> int:
    """The question of this site with this key, else a new one with its content."""
    key = uuid.UUID(data["key"])
    held = Question.objects.in_use().filter(uuid=key).first()
    content = from_json(data["content"])
    if held is not None:
        _word(held, content, data, by)
        return int(held.pk)
    taken = Question.objects.filter(uuid=key).exists()
    source = data.get("source")
    row = Question(
        uuid=uuid.uuid4() if taken else key,
        theme=bank.theme_named(data["theme"]),
        title=data["title"].strip()[:160],
        source=source[:300] if isinstance(source, str) else "",
    )
    bank.write(row, content, by=by)
    _word(row, content, data, by)
    return int(row.pk)


def _wordings(data: Any) -> dict[str, dict[str, str]]:
    """{language: texts} of a question, in the languages of this site."""
    held = data.get("wordings") if isinstance(data, dict) else None
    return {
        code: {place: text for place, text in texts.items() if isinstance(text, str)}
        for code, texts in (held.items() if isinstance(held, dict) else ())
        if code in wording.OTHERS and isinstance(texts, dict)
    }


def _word(row: Question, content: Content, data: Any, by: Any) -> None:
    """The wordings of the file, where the question says the same and has none in that language."""
    if row.version is None or texts_of(row.version.read()) != texts_of(content):
        return
    held = set(row.version.wordings.values_list("language", flat=True))
    for code, texts in _wordings(data).items():
        if code not in held:
            wording.write(row, code, texts, by=by)


def languages_of_question(data: Any) -> list[str]:
    held = data.get("wordings") if isinstance(data, dict) else None
    return [str(code) for code in held][:20] if isinstance(held, dict) else []


def languages_of_theme(data: Any) -> list[str]:
    return [code for each in data["questions"] for code in languages_of_question(each)]


def write_theme(data: Any, by: Any) -> int:
    theme = bank.theme_named(data["theme"])
    for each in data["questions"]:
        write_question(each, by)
    return int(theme.pk)


register_reference(
    Reference(
        SnippetChooserBlock,
        export_question,
        check_question,
        write_question,
        Question,
        languages_of_question,
    )
)
register_reference(
    Reference(
        SnippetChooserBlock, export_theme, check_theme, write_theme, BankTheme, languages_of_theme
    )
)
