"""What of a block is translated, and how translations come back into it.

wagtail-localize 1.14.5 walks blocks itself, and stops with an error on some values that ours may
hold (docs/languages.md says which, with the numbers of its issues). It asks a block first, though:
`StructBlock` and `RichTextBlock` of this package answer with the two functions below, which know
every kind of block that we nest and take `None` for nothing.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.rich_text import RichText
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import quote_path_component
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import extract_strings, restore_strings

# Values of these are the same in every language unless a translator replaces them.
REPLACEABLE = (blocks.PageChooserBlock, DocumentChooserBlock, ImageChooserBlock)
# A call of a note travels as a link, which translators can move within the sentence.
NOTE_ATTRIBUTE = "data-note"


def segments_of(block: Any, value: Any) -> list[Any]:
    """The segments of a block's value, with paths relative to it. None and "" give none."""
    if value is None:
        return []
    for kind, (extract, _restore) in HANDLERS:
        if isinstance(block, kind):
            return extract(block, value)
    return []


def restored(block: Any, value: Any, segments: list[Any]) -> Any:
    """The value of a block with translated segments put in, wherever they still fit."""
    for kind, (_extract, restore) in HANDLERS:
        if isinstance(block, kind):
            return restore(block, value, segments)
    return value


def _wrapped(name: str, segments: list[Any]) -> list[Any]:
    return [segment.wrap(name) for segment in segments]


def _by_child(segments: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for segment in segments:
        name, inner = segment.unwrap()
        found[name].append(inner)
    return found


# -- Text ---------------------------------------------------------------------------------------


def _text_segments(_block: Any, value: Any) -> list[Any]:
    text = str(value)
    # Numbers, telephone numbers, codes: nothing to translate, though a language may write 1,000.
    if not any(character.isalpha() for character in text):
        return _same_segments(_block, text)
    return [StringSegmentValue("", text)]


def _same_segments(_block: Any, value: Any) -> list[Any]:
    return [OverridableSegmentValue("", value)] if value else []


def _restore_text(_block: Any, _value: Any, segments: list[Any]) -> Any:
    segment = segments[0]
    return segment.data if isinstance(segment, OverridableSegmentValue) else segment.render_text()


def _rich_text_segments(_block: Any, value: Any) -> list[Any]:
    source = value.source if isinstance(value, RichText) else str(value)
    if not source.strip():
        return []
    template, strings = extract_strings(_notes_as_links(source))
    links = {attr["href"] for _s, attrs in strings for attr in attrs.values() if "href" in attr}
    return [
        TemplateSegmentValue("", "html", template, len(strings)),
        *[StringSegmentValue("", string, attrs=attrs) for string, attrs in strings],
        *[OverridableSegmentValue(quote_path_component(link), link) for link in sorted(links)],
    ]


def _restore_rich_text(_block: Any, value: Any, segments: list[Any]) -> Any:
    if not any(isinstance(segment, TemplateSegmentValue) for segment in segments):
        return value
    _format, template, strings = organise_template_segments(segments)
    return RichText(_links_as_notes(restore_strings(template, strings)))


def _notes_as_links(source: str) -> str:
    """`<footnote id="…">[123abc]</footnote>` in the middle of a sentence would cut it in two."""
    if "<footnote" not in source:
        return source
    soup = BeautifulSoup(source, "html.parser")
    for note in soup.find_all("footnote"):
        note.name = "a"
        note.attrs = {NOTE_ATTRIBUTE: note.get("id", "")}
    return str(soup)


def _links_as_notes(source: str) -> str:
    if NOTE_ATTRIBUTE not in source:
        return source
    soup = BeautifulSoup(source, "html.parser")
    for note in soup.find_all("a", attrs={NOTE_ATTRIBUTE: True}):
        uuid = note[NOTE_ATTRIBUTE]
        note.name = "footnote"
        note.attrs = {"id": uuid}
        note.string = f"[{uuid[:6]}]"
    return str(soup)


# -- Choices of something else ------------------------------------------------------------------


def _chosen_segments(block: Any, value: Any) -> list[Any]:
    return [OverridableSegmentValue("", value.pk)] if isinstance(block, REPLACEABLE) else []


def _restore_chosen(block: Any, value: Any, segments: list[Any]) -> Any:
    # What was chosen for the translation may be gone: the original stays then.
    return block.model_class.objects.filter(pk=segments[0].data).first() or value


def _image_segments(block: Any, image: Any) -> list[Any]:
    found = _wrapped("image", _chosen_segments(block.child_blocks["image"], image))
    if image.contextual_alt_text:
        found += _wrapped("alt_text", _text_segments(None, image.contextual_alt_text))
    return found


def _restore_image(block: Any, image: Any, segments: list[Any]) -> Any:
    parts = _by_child(segments)
    if image is None:
        return None
    alt, decorative = image.contextual_alt_text, image.decorative
    if parts.get("image"):
        image = _restore_chosen(block.child_blocks["image"], image, parts["image"])
    image.contextual_alt_text, image.decorative = alt, decorative
    if parts.get("alt_text"):
        image.contextual_alt_text = _restore_text(None, alt, parts["alt_text"])
    return image


# -- Blocks that hold others --------------------------------------------------------------------


def _struct_segments(block: Any, value: Any) -> list[Any]:
    found = []
    for name, child in block.child_blocks.items():
        found += _wrapped(name, segments_of(child, value.get(name)))
    return found


def _restore_struct(block: Any, value: Any, segments: list[Any]) -> Any:
    for name, inner in _by_child(segments).items():
        if name in block.child_blocks:
            value[name] = restored(block.child_blocks[name], value.get(name), inner)
    return value


def _items_segments(_block: Any, value: Any) -> list[Any]:
    """Lists and streams: both give bound children with an identifier."""
    found = []
    for child in _bound(value):
        found += _wrapped(str(child.id), segments_of(child.block, child.value))
    return found


def _restore_items(_block: Any, value: Any, segments: list[Any]) -> Any:
    children = {str(child.id): child for child in _bound(value)}
    for name, inner in _by_child(segments).items():
        child = children.get(name)
        if child is not None:
            child.value = restored(child.block, child.value, inner)
    return value


def _bound(value: Any) -> Any:
    return getattr(value, "bound_blocks", value)


def _table_segments(_block: Any, table: Any) -> list[Any]:
    """Headings are `h0`, `h1`…; cells are `r0c0`, `r0c1`… (the path may hold no further dot)."""
    found = []
    for number, column in enumerate(table.columns):
        found += _wrapped(f"h{number}", _text_segments(None, column["heading"] or ""))
    for row_number, row in enumerate(table.row_data):
        for number, value in enumerate(row["values"]):
            child = table.columns[number]["block"]
            found += _wrapped(f"r{row_number}c{number}", segments_of(child, value))
    return found


def _restore_table(_block: Any, table: Any, segments: list[Any]) -> Any:
    parts = _by_child(segments)
    for number, column in enumerate(table.columns):
        if parts.get(f"h{number}"):
            column["heading"] = _restore_text(None, column["heading"], parts[f"h{number}"])
    for row_number, row in enumerate(table.row_data):
        for number, value in enumerate(row["values"]):
            if inner := parts.get(f"r{row_number}c{number}"):
                row["values"][number] = restored(table.columns[number]["block"], value, inner)
    return table


Handler = tuple[Callable[[Any, Any], list[Any]], Callable[[Any, Any, list[Any]], Any]]
# In this order: an ImageBlock is a StructBlock, an address is a field of text.
HANDLERS: list[tuple[Any, Handler]] = [
    (ImageBlock, (_image_segments, _restore_image)),
    (BaseTypedTableBlock, (_table_segments, _restore_table)),
    ((blocks.URLBlock, blocks.EmailBlock), (_same_segments, _restore_text)),
    ((blocks.CharBlock, blocks.TextBlock), (_text_segments, _restore_text)),
    (blocks.RichTextBlock, (_rich_text_segments, _restore_rich_text)),
    (blocks.ChooserBlock, (_chosen_segments, _restore_chosen)),
    (blocks.BaseStructBlock, (_struct_segments, _restore_struct)),
    ((blocks.ListBlock, blocks.BaseStreamBlock), (_items_segments, _restore_items)),
]
