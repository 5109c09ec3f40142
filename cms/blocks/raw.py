"""The raw (JSON) data of blocks, walked without making their values: no query."""

import uuid
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock


def children(block: Any, raw: Any) -> Iterator[tuple[Any, Any]]:
    """(block, raw value) of what a block directly holds, in order. Nothing for a plain field."""
    if isinstance(block, blocks.BaseStreamBlock):
        for item in raw or []:
            child = block.child_blocks.get(item["type"])
            if child is not None:
                yield child, item["value"]
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            yield block.child_block, item["value"] if is_wrapped(item) else item
    elif isinstance(block, BaseTypedTableBlock):
        columns = [
            block.child_blocks.get(column["type"]) for column in (raw or {"columns": []})["columns"]
        ]
        for row in raw["rows"] if raw else []:
            yield from zip(columns, row["values"], strict=False)
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            if name in raw:
                yield child, raw[name]
    elif isinstance(block, blocks.BaseStructBlock) and "image" in block.child_blocks:
        # An ImageBlock that was once an image chooser holds a bare identifier.
        yield block.child_blocks["image"], raw


def is_wrapped(item: Any) -> bool:
    """Whether an item of a list is {"type", "value", "id"}, and not the bare value."""
    return isinstance(item, dict) and {"type", "value"} <= item.keys() and item["type"] == "item"


def give_identifiers(block: Any, raw: Any) -> Any:
    """Wrap bare items of lists and give each an identifier that lasts, in place.

    Wagtail makes one up at each reading until an editor saves the block; translations hang on it.
    """
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        for number, item in enumerate(raw):
            if not is_wrapped(item):
                raw[number] = {"type": "item", "value": item, "id": str(uuid.uuid4())}
            elif not item.get("id"):
                item["id"] = str(uuid.uuid4())
    for child, value in children(block, raw):
        give_identifiers(child, value)
    return raw
