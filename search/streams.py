"""The text of a stream of blocks as readers see it, without the choices that editors make in it.

Wagtail's own `get_searchable_content` also gives the labels of choices ("Section", "None") and the marks of
footnotes, which would then be words of every article.
"""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import get_text_for_indexing

from cms.streams import NOTE


def texts(block: Any, value: Any) -> Iterator[str]:
    """The texts of a block's value, in their order."""
    if value is None or value == "":
        return
    if isinstance(block, blocks.RichTextBlock):
        yield get_text_for_indexing(NOTE.sub("", str(getattr(value, "source", value))))
    elif isinstance(block, ImageBlock):
        yield str(getattr(value, "contextual_alt_text", "") or "")
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from texts(child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from texts(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for one in value:
            yield from texts(block.child_block, one)
    elif isinstance(block, TypedTableBlock):
        yield from _table(value)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield str(value)
    elif not isinstance(block, _SAID_BY_NOTHING):
        yield from block.get_searchable_content(value)


# A choice, a number, an address: nothing that is searched.
_SAID_BY_NOTHING = (
    BaseChoiceBlock,
    blocks.BooleanBlock,
    blocks.ChooserBlock,
    blocks.RawHTMLBlock,
    blocks.URLBlock,
)


def _table(value: Any) -> Iterator[str]:
    yield str(getattr(value, "caption", "") or "")
    yield from (str(column["heading"]) for column in value.columns)
    for row in value.row_data:
        for column, cell in zip(value.columns, row["values"], strict=False):
            yield from texts(column["block"], cell)
