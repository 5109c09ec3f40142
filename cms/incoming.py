"""Files that come within another file (an archive, an export): checked as any upload, stored, then rows.

found = Incoming(name, row, {"file": picture(content, row)})   # raises ValidationError
stored = found.store()      # outside a transaction; names to give to `forget` if it fails
found.row.save()            # inside
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from PIL import Image
from wagtail.utils.file import hash_filelike

from .forms import PictureField
from .models.files import upload_to
from .pictures import check_content, without_metadata
from .storages import private_storage


@dataclass
class Incoming:
    """A file, checked: a row that is not saved, and what is to be stored for it."""

    name: str
    row: Any
    contents: dict[str, UploadedFile] = field(default_factory=dict)

    def store(self) -> list[str]:
        """Put the contents in the storage; the names to delete if the import fails."""
        stored = []
        for attribute, content in self.contents.items():
            name = private_storage().save(upload_to(self.row, content.name or ""), content)
            self._name(attribute, name)
            stored.append(name)
        return stored

    def pretend(self) -> None:
        """Names for a trial that is rolled back."""
        for attribute, content in self.contents.items():
            self._name(attribute, upload_to(self.row, content.name or ""))

    def _name(self, attribute: str, name: str) -> None:
        # Past the descriptor, which would open a picture to measure it.
        self.row.__dict__[attribute] = name


def picture(content: UploadedFile, row: Any) -> UploadedFile:
    """A picture fit to be stored, and measured on its row. Raises ValidationError."""
    PictureField().clean(content)
    content.seek(0)
    check_content(content)
    if (clean := without_metadata(content)) is not None:
        content = UploadedFile(clean.file, content.name, size=clean.size)
    content.seek(0)
    with Image.open(content) as opened:
        row.width, row.height = opened.size
    return measured(content, row)


def measured(content: UploadedFile, row: Any) -> UploadedFile:
    content.seek(0)
    row.file_size, row.file_hash = content.size, hash_filelike(content)
    content.seek(0)
    return content


def forget(stored: Iterable[str]) -> None:
    """Delete what was stored for an import that failed."""
    for name in stored:
        with suppress(OSError):
            private_storage().delete(name)


def delete_with_files(rows: Iterable[Any]) -> int:
    """Delete rows that keep what was sent, in `file`, and those files. Returns how many."""
    count = 0
    for row in rows:
        if row.file:
            row.file.delete(save=False)
        row.delete()
        count += 1
    return count
