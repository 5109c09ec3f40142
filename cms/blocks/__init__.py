"""The block library. Each block has a description and a preview, so that editors see it first."""

from . import samples
from .base import InnerStreamBlock, StructBlock
from .body import BodyStreamBlock
from .links import LinkBlock, LinkStreamBlock

__all__ = [
    "BodyStreamBlock",
    "InnerStreamBlock",
    "LinkBlock",
    "LinkStreamBlock",
    "StructBlock",
    "samples",
]
