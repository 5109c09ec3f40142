"""The pictures, documents and recordings of an imported path: checked as any upload, stored, then rows."""

import mimetypes
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.utils.file import hash_filelike

from cms.forms import PictureField
from cms.models import SiteDocument, SiteImage, SiteMedia
from cms.models.files import upload_to
from cms.pictures import check_content, without_metadata
from cms.storages import private_storage
from cms.uploads import check_document, check_recording
from cms.webvtt import check_captions

from .archive import Archive, digest
from .data_forms import FileData
from .exporting import BESIDE, FILE_FIELDS

MODELS: dict[str, Any] = {model.kind: model for model in (SiteImage, SiteDocument, SiteMedia)}
BESIDE_CHECKS = {
    "thumbnail": check_content,
    "captions": check_captions,
    "captions_en": check_captions,
}


@dataclass
class Incoming:
    """A file of the archive, checked: a row that is not saved, and what is to be stored for it."""

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


def incoming(said: Any, archive: Archive, by: Any) -> Incoming:
    """Check one entry of "files". Raises ValidationError."""
    name, kind = said.get("name"), said.get("kind")
    if not isinstance(name, str) or name not in archive.files:
        raise ValidationError(_("This file is not in the archive."))
    if kind not in MODELS:
        raise ValidationError(_("Such files are not accepted."))
    form = FileData(said)
    if faults := form.faults():
        raise ValidationError(faults)
    limit = settings.RECORDING_MAX_SIZE if kind == SiteMedia.kind else settings.DOCUMENT_MAX_SIZE
    content = archive.unpacked(name, limit)
    if digest(content) != said.get("sha256"):
        raise ValidationError(_("Its content is not the one that was exported."))
    values = {n: form.cleaned_data[n] for n in FILE_FIELDS[kind] if form.cleaned_data[n]}
    row = MODELS[kind](uuid=uuid.uuid4(), uploaded_by_user=by, **values)
    found = Incoming(name, row, {"file": CHECKS[kind](content, row)})
    if kind == SiteMedia.kind:
        _beside(found, said, archive)
    return found


def _picture(content: UploadedFile, row: Any) -> UploadedFile:
    PictureField().clean(content)
    content.seek(0)
    check_content(content)
    if (clean := without_metadata(content)) is not None:
        content = UploadedFile(clean.file, content.name, size=clean.size)
    content.seek(0)
    with Image.open(content) as picture:
        row.width, row.height = picture.size
    return _measured(content, row)


def _document(content: UploadedFile, row: Any) -> UploadedFile:
    check_document(content)
    return _measured(content, row)


def _measured(content: UploadedFile, row: Any) -> UploadedFile:
    content.seek(0)
    row.file_size, row.file_hash = content.size, hash_filelike(content)
    content.seek(0)
    return content


def _recording(content: UploadedFile, row: Any) -> UploadedFile:
    check_recording(content)
    guessed = mimetypes.guess_type(content.name or "")[0] or ""
    row.type = row.type or ("audio" if guessed.startswith("audio") else "video")
    return content


CHECKS: dict[str, Any] = {
    SiteImage.kind: _picture,
    SiteDocument.kind: _document,
    SiteMedia.kind: _recording,
}


def _beside(found: Incoming, said: Any, archive: Archive) -> None:
    """The picture and the captions of a recording."""
    for attribute in BESIDE:
        name = said.get(attribute)
        if name is None:
            continue
        if not isinstance(name, str) or name not in archive.files:
            raise ValidationError(_("%(name)s is not in the archive.") % {"name": str(name)[:80]})
        content = archive.unpacked(name, settings.DOCUMENT_MAX_SIZE)
        BESIDE_CHECKS[attribute](content)
        content.seek(0)
        found.contents[attribute] = content
