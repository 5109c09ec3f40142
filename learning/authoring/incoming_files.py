"""The pictures, documents and recordings of an imported path: checked as any upload, stored, then rows."""

import mimetypes
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cms.incoming import Incoming, measured, picture
from cms.models import SiteDocument, SiteImage, SiteMedia
from cms.pictures import check_content
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


def _document(content: UploadedFile, row: Any) -> UploadedFile:
    check_document(content)
    return measured(content, row)


def _recording(content: UploadedFile, row: Any) -> UploadedFile:
    check_recording(content)
    guessed = mimetypes.guess_type(content.name or "")[0] or ""
    row.type = row.type or ("audio" if guessed.startswith("audio") else "video")
    return content


CHECKS: dict[str, Any] = {
    SiteImage.kind: picture,
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
