"""Entering a whole translation at once, as a translator would string by string.

The result is an ordinary translation of wagtail-localize: when the source changes, its editors see
which strings are to be done again.
"""

import logging
from collections import defaultdict
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

logger = logging.getLogger(__name__)


def translate_page(source: Page, translated: Any, locale: Locale, publish: bool = False) -> Any:
    """Translate `source` with the strings of `translated`, which is never saved.

    `translated` is an instance of the same page with the same blocks (and their identifiers) in the
    other language. A string without its match stays in the source language and is logged.
    """
    return translate(source, translated, locale, publish)[0]


@transaction.atomic
def translate(
    source: Page, translated: Any, locale: Locale, publish: bool = False
) -> tuple[Any, int]:
    """`translate_page`, and how many strings have no match and stay as they are."""
    record, _created = TranslationSource.update_or_create_from_instance(source)
    translation, _created = Translation.objects.get_or_create(source=record, target_locale=locale)
    wanted = _strings(translated)
    segments = record.stringsegment_set.select_related("context", "string").order_by("order")
    by_path = defaultdict(list)
    for segment in segments:
        by_path[segment.context.path].append(segment)
    held = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__in={segment.context_id for segment in segments}
        )
    }
    lost = 0
    for path, found in by_path.items():
        texts = wanted.get(path, [])
        if len(texts) != len(found):
            logger.warning(
                "%s: %s has %d strings, its translation %d", source, path, len(found), len(texts)
            )
            lost += len(found)
        for segment, text in zip(found, texts, strict=False):
            _say(held, segment, text, locale)
    translation.save_target(publish=publish)
    return translation.get_target_instance(), lost


def _say(held: dict[Any, StringTranslation], segment: Any, text: str, locale: Locale) -> None:
    """Keep a string in the other language: one query, none when it is there already."""
    key = (segment.string_id, segment.context_id)
    row = held.get(key)
    if row is not None and row.data == text:
        return
    if row is None:
        row = StringTranslation(
            translation_of=segment.string, context=segment.context, locale=locale
        )
        held[key] = row
    row.data = text
    row.save()


def _strings(page: Any) -> dict[str, list[str]]:
    """{path: strings in order} of a page's translatable text."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.string.data:
            found[segment.path].append((segment.order, segment.string.data))
    return {path: [text for _order, text in sorted(rows)] for path, rows in found.items()}
