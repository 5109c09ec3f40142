"""The kinds of blocks from which all ours are made: they can be translated whatever they hold."""

from typing import Any

from wagtail import blocks

from .translation import restored, segments_of


class TranslatedBlock:
    """Answers wagtail-localize in the place of its own walk (see `.translation`)."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return segments_of(self, value)

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return restored(self, value, segments)


class InnerStreamBlock(blocks.StreamBlock):
    """A stream that stands within another block, where it may be missing altogether: a draft, or a block
    that grew."""

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([value or [] for value in values])


class StructBlock(TranslatedBlock, blocks.StructBlock):
    """The struct block that all ours extend, wherever they stand."""
