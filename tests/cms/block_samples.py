"""Raw values for any block, made from its definition: full, empty, or hostile."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.images.blocks import ImageBlock

NOTE = str(uuid.UUID(int=7))
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@dataclass
class Sample:
    """text, rich and url fill the fields of these kinds; chosen: {model: primary key}."""

    text: str = "Un texte"
    rich: str = (
        f'<p>Une phrase<footnote id="{NOTE}">[000000]</footnote> et <a href="https://example.org/">un lien</a>.</p>'
        "<ul><li>un</li><li><b>deux</b></li></ul>"
    )
    url: str = "https://example.org/page"
    chosen: dict[type, Any] = field(default_factory=dict)

    def of(self, block: Any) -> Any:
        for kind, make in MAKERS:
            if isinstance(block, kind):
                return make(self, block)
        raise NotImplementedError(type(block))


def _table(sample: Sample, block: Any) -> Any:
    columns = [{"type": name, "heading": sample.text} for name in block.child_blocks]
    row = {"values": [sample.of(child) for child in block.child_blocks.values()]}
    return {"columns": columns, "rows": [row, row], "caption": ""}


def _image(sample: Sample, block: Any) -> Any:
    return {
        "image": sample.of(block.child_blocks["image"]),
        "decorative": False,
        "alt_text": sample.text,
    }


def _items(sample: Sample, block: Any) -> Any:
    return [sample.of(block.child_block), sample.of(block.child_block)]


def _stream(sample: Sample, block: Any) -> Any:
    return [{"type": name, "value": sample.of(child)} for name, child in block.child_blocks.items()]


def _struct(sample: Sample, block: Any) -> Any:
    return {name: sample.of(child) for name, child in block.child_blocks.items()}


def _choice(_sample: Sample, block: Any) -> Any:
    return next(value for value, _label in block.field.choices if value)


MAKERS: list[tuple[Any, Any]] = [
    (ImageBlock, _image),
    (BaseTypedTableBlock, _table),
    (blocks.BooleanBlock, lambda s, b: True),
    (blocks.IntegerBlock, lambda s, b: 3),
    (blocks.DateBlock, lambda s, b: "2016-11-23"),
    (blocks.TimeBlock, lambda s, b: "09:30:00"),
    (blocks.ChoiceBlock, _choice),
    (blocks.URLBlock, lambda s, b: s.url),
    (blocks.EmailBlock, lambda s, b: "accueil@example.org"),
    (blocks.CharBlock, lambda s, b: s.text[: b.field.max_length]),
    (blocks.TextBlock, lambda s, b: s.text),
    (blocks.RichTextBlock, lambda s, b: s.rich),
    (blocks.ChooserBlock, lambda s, b: s.chosen[b.model_class]),
    (blocks.ListBlock, _items),
    (blocks.BaseStructBlock, _struct),
    (blocks.BaseStreamBlock, _stream),
]


class Nothing(Sample):
    """Every field holds None, every list one such item: what drafts and old data may hold."""

    def of(self, block: Any) -> Any:
        if isinstance(block, blocks.BaseStructBlock):
            return {name: self.of(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.of(block.child_block)]
        if isinstance(block, BaseTypedTableBlock):
            return {"columns": [], "rows": [], "caption": ""}
        return None


class Blank(Sample):
    """What the editor saves when nothing was filled in."""

    def of(self, block: Any) -> Any:
        return block.get_prep_value(block.get_default())


def streams() -> list[tuple[type, str, str]]:
    """(page model, field, block type) of every block of every page type of ours."""
    from wagtail.fields import StreamField
    from wagtail.models import get_page_models

    return [
        (model, stream.name, name)
        for model in get_page_models()
        for stream in model._meta.get_fields()
        if isinstance(stream, StreamField)
        for name in stream.stream_block.child_blocks
    ]
