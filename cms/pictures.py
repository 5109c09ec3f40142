"""What an uploaded picture must be, and what is dropped from it."""

import struct
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

# Keys under which Pillow finds what cameras and editors write into a picture.
TRACES = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif"}
# What Pillow raises on content that is not, or no longer, a picture.
UNREADABLE = (OSError, SyntaxError, ValueError, struct.error)
# As each format keeps most of the picture when written again.
WRITING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "comment": b"", "exif": b"", "progressive": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92, "exif": b"", "xmp": b""},
    "AVIF": {"quality": 90, "exif": b"", "xmp": b""},
}


def check_content(file: Any) -> None:
    """Raise ValidationError when the picture cannot be read to its end."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            picture.load()
    except UNREADABLE:
        raise damaged() from None
    finally:
        file.seek(0)


def damaged() -> ValidationError:
    return ValidationError(
        _("This picture is damaged or incomplete: it cannot be read to its end."),
        code="damaged_image",
    )


def without_metadata(file: Any) -> ContentFile | None:
    """The same picture, upright, without position, camera or comments; None when it has none."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if not _has_traces(picture):
                return None
            return _rewritten(picture)
    except UNREADABLE:
        return None  # not a picture that we know: validation says so
    finally:
        file.seek(0)


def _has_traces(picture: Image.Image) -> bool:
    if picture.format not in WRITING:
        return False
    return bool(picture.getexif()) or bool(TRACES & set(picture.info)) or bool(_texts(picture))


def _texts(picture: Image.Image) -> Any:
    picture.load()  # PNG texts may follow the pixels
    return getattr(picture, "text", None)


def _rewritten(picture: Image.Image) -> ContentFile:
    icc = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    upright.info = {}
    out = BytesIO()
    options = dict(WRITING[picture.format or "PNG"])
    if icc:
        options["icc_profile"] = icc
    if getattr(picture, "is_animated", False):
        options["save_all"] = True
    upright.save(out, picture.format, **options)
    return ContentFile(out.getvalue())
