"""Uploaded files are what their name says. Messages name what is wrong and what would do."""

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# What the archive of an office document holds, by extension.
OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
TEXT = {"csv", "ics", "txt"}
# What filetype calls the content of each recording.
RECORDINGS = {
    "m4a": {"m4a", "mp4"},
    "mp3": {"mp3"},
    "mp4": {"mp4", "m4v"},
    "ogg": {"ogg"},
    "opus": {"ogg", "opus"},
    "webm": {"webm", "mkv"},
}


def check_document(file: Any) -> None:
    """Raise ValidationError unless a document is small enough and of the format it claims."""
    check_size(file, settings.DOCUMENT_MAX_SIZE)
    extension = extension_of(file)
    check = _document_check(extension)
    if check is None:
        raise ValidationError(
            _("“%(name)s”: files of this format (.%(extension)s) are not accepted.")
            % {"name": file.name, "extension": extension},
            code="extension",
        )
    file.seek(0)
    fits = check(file)
    file.seek(0)
    if not fits:
        raise _mismatch(file, extension)


def check_recording(file: Any) -> None:
    """The same for a recording."""
    check_size(file, settings.RECORDING_MAX_SIZE)
    extension = extension_of(file)
    guessed = _guess(file)
    if guessed not in RECORDINGS.get(extension, set()):
        raise _mismatch(file, extension)


def check_size(file: Any, limit: int) -> None:
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": file.name}, code="empty")
    if file.size > limit:
        raise ValidationError(
            _("“%(name)s” is too big (%(size)s): the limit is %(limit)s.")
            % {
                "name": file.name,
                "size": filesizeformat(file.size),
                "limit": filesizeformat(limit),
            },
            code="too_big",
        )


def extension_of(file: Any) -> str:
    return PurePosixPath(file.name).suffix[1:].lower()


def _document_check(extension: str) -> Callable[[Any], bool] | None:
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        return None
    if extension in OFFICE_PARTS:
        return lambda file: _is_office(file, OFFICE_PARTS[extension])
    if extension in OPEN_DOCUMENT:
        return lambda file: _is_open_document(file, OPEN_DOCUMENT[extension])
    if extension == "zip":
        return zipfile.is_zipfile
    if extension in TEXT:
        return _is_text
    return lambda file: _guess(file) == extension


def _guess(file: Any) -> str:
    """The extension that the content deserves, "" when it is not known."""
    file.seek(0)
    found = filetype.guess(file.read(8192))
    file.seek(0)
    return found.extension if found else ""


def _is_office(file: Any, folder: str) -> bool:
    """An Office document without macros."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return (
        "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
        and not any(name.endswith("vbaProject.bin") for name in names)
    )


def _is_open_document(file: Any, mimetype: bytes) -> bool:
    # The format asks for this entry first and stored as it is (ODF 1.3, part 2, 3.3).
    head = file.read(200)
    return head.startswith(b"PK") and b"mimetype" + mimetype in head


def _is_text(file: Any) -> bool:
    return b"\x00" not in file.read(64 * 1024) and not _guess(file)


def _mismatch(file: Any, extension: str) -> ValidationError:
    guessed = _guess(file)
    if guessed and guessed != extension:
        text = _("“%(name)s” is not a .%(extension)s file: its content is that of a .%(guessed)s.")
    else:
        text = _("“%(name)s” is not a valid .%(extension)s file: export it again, without macros.")
    values = {"name": file.name, "extension": extension, "guessed": guessed}
    return ValidationError(text % values, code="content")
