"""Quiz units: what they ask, and who asks what. Read from the pages of paths."""

import random
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from ..models import LearningPath, Question, QuestionVersion, UnitPage
from ..paths import reading

KIND = "quiz"
MOST_POOL = 2_000


def quiz_value(page: UnitPage | None) -> Any:
    """The block of a quiz, None when the page is none."""
    if page is None or page.kind != KIND:
        return None
    return page.content[0].value


def page_of_unit(unit: Any) -> UnitPage | None:
    return reading.unit_page(str(unit.uuid))


def language_of_page(page: UnitPage | None) -> str:
    """The language in which a quiz is asked: that of its unit."""
    return page.locale.language_code if page is not None else settings.LANGUAGE_CODE


def language_of(unit: Any) -> str:
    """The same by the identity of the unit: no query in French, where every unit is."""
    if (get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE:
        return settings.LANGUAGE_CODE
    return language_of_page(page_of_unit(unit))


def quiz_pages() -> Iterable[UnitPage]:
    """The live pages of quizzes."""
    return [page for page in UnitPage.objects.live().order_by("path") if page.kind == KIND]


def chosen_ids(value: Any) -> set[int]:
    """Primary keys of the questions that a quiz names one by one."""
    return {
        part.value.pk for part in value["asked"] if part.block_type == "question" and part.value
    }


def quizzes_naming(question: Question) -> list[UnitPage]:
    """The live quizzes that name a question one by one."""
    return [page for page in quiz_pages() if question.pk in chosen_ids(quiz_value(page))]


def count_of(value: Any) -> int:
    """How many questions an attempt asks: no query beyond reading the block."""
    total = 0
    for part in value["asked"]:
        if part.block_type == "question":
            total += bool(part.value and part.value.binned_at is None)
        else:
            total += part.value["count"]
    return total


def drawn(value: Any, rng: random.Random, shuffle: bool) -> list[QuestionVersion]:
    """The versions that one attempt asks, none of them twice, in the order asked."""
    named = chosen_ids(value)
    pools = _pools(value, named)
    ids: list[int] = []
    for part in value["asked"]:
        if part.block_type == "question":
            if part.value and part.value.binned_at is None and part.value.pk not in ids:
                ids.append(part.value.pk)
            continue
        theme = part.value["theme"]
        left = [pk for pk in pools.get(theme.pk if theme else 0, ()) if pk not in ids]
        ids += rng.sample(left, min(part.value["count"], len(left)))
    versions = {
        version.question_id: version
        for version in QuestionVersion.objects.filter(
            pk__in=Question.objects.filter(pk__in=ids).values("version")
        )
    }
    found = [versions[pk] for pk in ids if pk in versions]
    if shuffle:
        rng.shuffle(found)
    return found


def _pools(value: Any, named: set[int]) -> dict[int, list[int]]:
    """{theme: questions in use that the quiz does not name}: one query for all the pools."""
    themes = {
        part.value["theme"].pk
        for part in value["asked"]
        if part.block_type == "pool" and part.value["theme"]
    }
    if not themes:
        return {}
    rows = Question.objects.in_use().filter(theme__in=themes).exclude(pk__in=named)
    found: dict[int, list[int]] = {}
    for pk, theme in rows.order_by("pk").values_list("pk", "theme_id")[: MOST_POOL * len(themes)]:
        found.setdefault(theme, []).append(pk)
    return found


def path_of_page(page: UnitPage) -> LearningPath | None:
    above = page.get_ancestors().type(_path_page()).first()
    key = above.translation_key if above else None
    return LearningPath.objects.filter(uuid=key).first() if key else None


def _path_page() -> Any:
    from ..models import LearningPathPage

    return LearningPathPage
