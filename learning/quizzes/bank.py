"""The bank: writing questions, their versions, the bin. One transaction for each change."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from cms import bin as trash
from cms.models import BinEntry

from ..models import BankTheme, Question, QuestionVersion
from . import pictured, pictures, wording, writing
from .content import Content, to_json
from .rules import writes_questions

BIN = trash.Kind("learning.question", gettext_lazy("Question"), Question, writes_questions)


class CannotBin(ValidationError):
    """The question cannot go to the bin; the message says why."""


def theme_named(name: str) -> BankTheme:
    """The theme of that name, made when there is none."""
    return BankTheme.objects.get_or_create(name=name.strip()[:120])[0]


def add(
    theme: BankTheme, title: str, content: Content, *, by: Any, source: str = "", note: str = ""
) -> Question:
    """A question of the bank out of a content, as from a file. note: what is left to do."""
    question = Question(theme=theme, title=title.strip()[:160], source=source[:300], note=note)
    write(question, content, by=by)
    return question


def write(question: Question, content: Content, *, by: Any) -> Question:
    """Give a question this content, as one more version if it says something new."""
    question.body = Question._meta.get_field("body").to_python(writing.as_blocks(content))
    question.save(by=by)
    question.save_revision(user=by)
    return question


@transaction.atomic
def keep_version(
    question: Question, by: Any, save: Callable[..., None], *args: Any, **kwargs: Any
) -> None:
    """Keep a question with what its body says; a new content is a new version. Raises InvalidContent."""
    content = writing.content_of(question.body)
    question.kind = content.kind
    question.text = pictured.plain(content.text)
    question.changed_at = timezone.now()
    if question.pk is not None:
        # Two people who save together make two versions, one after the other.
        held = Question.objects.select_for_update().get(pk=question.pk)
        question.version_id = held.version_id
    save(*args, **kwargs)
    said = to_json(content)
    if question.version is not None and question.version.content == said:
        return
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    before = question.version
    question.version = QuestionVersion.objects.create(
        question=question,
        number=last + 1,
        content=said,
        created_by=by if getattr(by, "pk", None) else None,
    )
    question.save(update_fields=["version"])
    pictures.keep(question, content, by)
    if before is not None:
        wording.carry(before, question.version)


@transaction.atomic
def put_in_bin(questions: Iterable[Question], *, by: Any) -> int:
    """Take questions out of use for thirty days, then for good. What was answered keeps them.

    Raises CannotBin while a quiz names one of them.
    """
    from .units import quizzes_naming

    count = 0
    for question in Question.objects.select_for_update().filter(
        pk__in=[each.pk for each in questions], binned_at=None
    ):
        if named := quizzes_naming(question):
            titles = ", ".join(page.title for page in named)
            raise CannotBin(
                _("“%(question)s” is asked by: %(quizzes)s. Take it out of there first.")
                % {"question": question.title, "quizzes": titles}
            )
        rows = json.loads(serializers.serialize("json", [question]))
        entry = BinEntry.objects.create(
            kind=BIN.code,
            label=question.title[:255],
            object_id=str(question.pk),
            deleted_by=by,
            payload={"rows": rows},
        )
        question.binned_at = timezone.now()
        question.save(update_fields=["binned_at"])
        log(instance=question, action="cms.bin", user=by, data={"entry": str(entry.uuid)})
        count += 1
    return count
