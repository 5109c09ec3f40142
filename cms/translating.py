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


@transaction.atomic
def translate_page(source: Page, translated: Any, locale: Locale, publish: bool = False) -> Any:
    """Translate `source` with the strings of `translated`, which is never saved.

    `translated` is an instance of the same page with the same blocks (and their identifiers) in the
    other language. A string without its match stays in the source language and is logged.
    """
    record, _created = TranslationSource.update_or_create_from_instance(source)
    translation, _created = Translation.objects.get_or_create(source=record, target_locale=locale)
    wanted = _strings(translated)
    segments = record.stringsegment_set.select_related("context", "string").order_by("order")
    by_path = defaultdict(list)
    for segment in segments:
        by_path[segment.context.path].append(segment)
    for path, found in by_path.items():
        texts = wanted.get(path, [])
        if len(texts) != len(found):
            logger.warning(
                "%s: %s has %d strings, its translation %d", source, path, len(found), len(texts)
            )
        for segment, text in zip(found, texts, strict=False):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": text},
            )
    translation.save_target(publish=publish)
    return translation.get_target_instance()


def unmatched(source: Page, translated: Any) -> int:
    """How many strings of `source` have no match in `translated`, and would stay as they are."""
    wanted = _strings(translated)
    return sum(
        len(texts)
        for path, texts in _strings(source).items()
        if len(wanted.get(path, [])) != len(texts)
    )


def _strings(page: Any) -> dict[str, list[str]]:
    """{path: strings in order} of a page's translatable text."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and segment.string.data:
            found[segment.path].append((segment.order, segment.string.data))
    return {path: [text for _order, text in sorted(rows)] for path, rows in found.items()}
