"""The raw content of units, walked value by value: what it refers to can be named, then found again.

`mapped(block, raw, change)` gives the same data with each plain value passed through
`change(block, value, place)`. Data of any shape may come in: what does not fit raises Malformed.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.images.blocks import ImageBlock

from cms.blocks.raw import is_wrapped

Change = Callable[[Any, Any, str], Any]
# The references of formatted text: <a linktype="page" id="3">, <embed embedtype="image" id="8"/>.
TAG = re.compile(r"<(a|embed)\b([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
MOST_DEPTH = 20


class Malformed(ValueError):
    """Data that no block would have written. `place` says where."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason = place, reason


def mapped(block: Any, raw: Any, change: Change, place: str = "", depth: int = 0) -> Any:
    """`raw` with each of its plain values changed. Raises Malformed."""
    if depth > MOST_DEPTH:
        raise Malformed(place, _("Blocks are nested too deep."))
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {**_kept(item), "value": mapped(child, item["value"], change, where, depth + 1)}
            for child, item, where in _items(block, raw, place)
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            _listed(
                item,
                lambda value, n=number: mapped(
                    block.child_block, value, change, f"{place} {n}", depth + 1
                ),
            )
            for number, item in enumerate(_list(raw, place), start=1)
        ]
    if isinstance(block, BaseTypedTableBlock):
        return _table(block, raw, change, place, depth)
    if isinstance(block, blocks.BaseStructBlock) and not (
        isinstance(block, ImageBlock) and not isinstance(raw, dict)
    ):
        if not isinstance(raw, dict):
            raise Malformed(place, _("An object was expected."))
        return {
            name: mapped(child, raw[name], change, f"{place} › {child.label or name}", depth + 1)
            for name, child in block.child_blocks.items()
            if name in raw
        }
    if isinstance(block, ImageBlock):
        block = block.child_blocks["image"]
    return change(block, raw, place)


def _listed(item: Any, inside: Callable[[Any], Any]) -> Any:
    """An item of a list with its identifier, by which translations find it; else the bare value."""
    return {**_kept(item), "value": inside(item["value"])} if is_wrapped(item) else inside(item)


def _kept(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": item["type"], **({"id": item["id"]} if isinstance(item.get("id"), str) else {})}


def _items(block: Any, raw: Any, place: str) -> Iterator[tuple[Any, dict[str, Any], str]]:
    for number, item in enumerate(_list(raw, place), start=1):
        if (
            not isinstance(item, dict)
            or not isinstance(item.get("type"), str)
            or "value" not in item
        ):
            raise Malformed(place, _("Block %(n)d has no type or no value.") % {"n": number})
        child = block.child_blocks.get(item["type"])
        if child is None:
            text = _("Blocks of the type “%(type)s” are not known here.")
            raise Malformed(place, text % {"type": item["type"][:40]})
        yield child, item, f"{place} › {child.label} {number}"


def _list(raw: Any, place: str) -> list[Any]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise Malformed(place, _("A list was expected."))
    return raw


def _table(block: Any, raw: Any, change: Change, place: str, depth: int) -> Any:
    """{"columns": [{"type", "heading"}], "rows": [{"values": […]}], "caption"}."""
    if raw is None:
        return None
    try:
        columns = [{"type": c["type"], "heading": str(c["heading"])} for c in raw["columns"]]
        children = [block.child_blocks[column["type"]] for column in columns]
        rows = [list(row["values"]) for row in raw["rows"]]
        caption = str(raw.get("caption") or "")
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed(place, _("This is not a table.")) from error
    if any(len(row) != len(children) for row in rows):
        raise Malformed(place, _("A row of the table has not as many cells as there are columns."))
    return {
        "columns": columns,
        "caption": caption,
        "rows": [
            {
                "values": [
                    mapped(child, value, change, f"{place} › {number}", depth + 1)
                    for child, value in zip(children, row, strict=True)
                ]
            }
            for number, row in enumerate(rows, start=1)
        ],
    }


def texts_changed(data: Any, change: Callable[[str], str]) -> Any:
    """JSON whose texts that hold a picture are passed through `change`."""
    if isinstance(data, dict):
        return {key: texts_changed(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [texts_changed(value, change) for value in data]
    return change(data) if isinstance(data, str) and "<embed" in data else data


def links_changed(html: str, change: Callable[[str, dict[str, str]], dict[str, str] | None]) -> str:
    """Formatted text with the attributes of its references changed; None takes the tag's away.

    change(kind, attributes): kind is "page", "document" or "image".
    """

    def one(found: re.Match[str]) -> str:
        attributes = dict(ATTRIBUTE.findall(found[2]))
        kind = attributes.get("linktype") or attributes.get("embedtype")
        if not kind:
            return found[0]
        new = change(kind, attributes)
        if new is None:
            return f"<{found[1]}>" if found[1].lower() == "a" else ""
        said = "".join(f' {name}="{value}"' for name, value in new.items())
        return f"<{found[1]}{said}{'/' if found[0].endswith('/>') else ''}>"

    return TAG.sub(one, html)
