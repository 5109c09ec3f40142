"""A path written to one file: its pages as JSON, and the pictures, documents and recordings they show."""

import json
import tempfile
import zipfile
from typing import IO, Any

from django.utils import timezone
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtailmedia.blocks import AbstractMediaChooserBlock

from cms.models import SiteDocument, SiteImage, SiteMedia
from cms.models.files import safe_name

from ..models import LearningPathPage, UnitPage
from ..paths import drafts
from . import archive, parts, references, translations

PATH_FIELDS = (
    *("title", "summary", "module_theme", "level", "objectives", "audience"),
    *("opens_on", "closes_on", "is_fictitious", "source", "source_date"),
    *("listing_image_alt", "seo_title", "search_description"),
)
CHAPTER_FIELDS = ("title", "summary")
UNIT_FIELDS = (
    *("title", "summary", "act", "minutes", "required", "rule", "threshold", "opens_on"),
    *("listing_image_alt", "seo_title", "search_description"),
)
# What is said of a file besides its content.
FILE_FIELDS: dict[str, tuple[str, ...]] = {
    SiteImage.kind: ("title", "description", "alt_decision", "credit", "rights"),
    SiteDocument.kind: ("title",),
    SiteMedia.kind: ("title", "duration", "type", "transcript", "credit"),
}
BESIDE = ("thumbnail", "captions", "captions_en")
CHOOSERS: tuple[tuple[Any, Any], ...] = (
    (ImageChooserBlock, SiteImage),
    (DocumentChooserBlock, SiteDocument),
    (AbstractMediaChooserBlock, SiteMedia),
)


def model_of(block: Any) -> Any:
    """The model of the files that a block chooses; None for another block."""
    return next((model for kind, model in CHOOSERS if isinstance(block, kind)), None)


def export(page: LearningPathPage) -> IO[bytes]:
    """The file of a path, as it was last saved; the caller closes it."""
    writer = _Writer()
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        data = writer.path(page)
        data["files"] = [writer.pack(packed, name) for name in list(writer.files)]
        packed.writestr(archive.MAIN, json.dumps(data, ensure_ascii=False, indent=1))
    target.seek(0)
    return target


class _Writer:
    """Collects the files that the content shows while it is written."""

    def __init__(self) -> None:
        self.files: dict[str, Any] = {}
        self._names: dict[tuple[str, int], str] = {}

    def path(self, page: LearningPathPage) -> dict[str, Any]:
        newest: Any = drafts.latest([page])[0]
        chapters, units = drafts.pages_of(page)
        said = self._fields(newest, PATH_FIELDS)
        said["objectives"] = self._text(newest.objectives)
        said["module"] = _named(newest.module)
        said["needs"] = [_named(each) for each in newest.needs.all()]
        said["themes"] = sorted(newest.themes.values_list("code", flat=True))
        return {
            "format": archive.FORMAT,
            "version": archive.VERSION,
            "exported_on": timezone.localdate().isoformat(),
            "path": {"key": str(page.translation_key), **said},
            "translations": self._translations([newest, *chapters, *units]),
            "chapters": [
                {
                    "key": str(chapter.translation_key),
                    **self._fields(chapter, CHAPTER_FIELDS),
                    "units": [
                        self._unit(unit) for unit in units if unit.path.startswith(chapter.path)
                    ],
                }
                for chapter in chapters
            ],
        }

    def _fields(self, page: Any, names: tuple[str, ...]) -> dict[str, Any]:
        said = {name: _plain(getattr(page, name)) for name in names}
        if page.listing_image_id:
            said["listing_image"] = self._file(SiteImage, page.listing_image_id)
        return said

    def _translations(self, pages: list[Any]) -> dict[str, dict[str, Any]]:
        """{language: {key of a page: what it says}}."""
        found: dict[str, dict[str, Any]] = {}
        for page in translations.of_pages(pages):
            said = {
                name: getattr(page, name) for name in translations.FIELDS if hasattr(page, name)
            }
            if isinstance(page, LearningPathPage):
                said["objectives"] = self._text(page.objectives)
            if isinstance(page, UnitPage):
                said["content"] = self._content(page)
            found.setdefault(page.locale.language_code, {})[str(page.translation_key)] = said
        return found

    def _content(self, unit: UnitPage) -> Any:
        block = UnitPage._meta.get_field("content").stream_block  # type: ignore[attr-defined]
        return references.mapped(block, list(unit.content.raw_data), self._value)

    def _unit(self, unit: UnitPage) -> dict[str, Any]:
        held = {part.code: part.export(unit) for part in parts.every()}
        return {
            "key": str(unit.translation_key),
            **self._fields(unit, UNIT_FIELDS),
            "needs": [str(each.translation_key) for each in unit.needs.all()],
            "content": self._content(unit),
            "parts": {code: data for code, data in held.items() if data is not None},
        }

    def _value(self, block: Any, value: Any, place: str) -> Any:
        reference = parts.reference_for(block)
        if reference is not None:
            if value in (None, ""):
                return None
            return {"$row": references.texts_changed(reference.export(value), self._text)}
        if (model := model_of(block)) is not None:
            name = self._file(model, value) if value else None
            return {"$file": name} if name else None
        if isinstance(block, blocks.PageChooserBlock):
            page = Page.objects.filter(pk=value).first() if value else None
            return {"$page": _named(page)} if page else None
        if isinstance(block, blocks.ChooserBlock):
            return None
        return self._text(value) if isinstance(block, blocks.RichTextBlock) else value

    def _text(self, html: Any) -> str:
        return references.links_changed(str(html or ""), self._link)

    def _link(self, kind: str, said: dict[str, str]) -> dict[str, str] | None:
        number = said.pop("id", "")
        if not number.isdigit():
            return None
        if kind == "page":
            page = Page.objects.filter(pk=int(number)).first()
            return {**said, "key": str(page.translation_key)} if page else None
        models = {"document": SiteDocument, "image": SiteImage}
        name = self._file(models[kind], int(number)) if kind in models else None
        return {**said, "file": name} if name else None

    def _file(self, model: Any, pk: int) -> str | None:
        """The name of a file in the archive; None for one that is gone."""
        if (model.kind, pk) not in self._names:
            row = model.objects.filter(pk=pk).first()
            if row is None or not row.file.storage.exists(row.file.name):
                return None
            self._names[model.kind, pk] = self._add(row)
        return self._names[model.kind, pk]

    def _add(self, row: Any) -> str:
        name = f"files/{len(self.files) + 1}-{safe_name(row.file.name.rpartition('/')[2])}"
        self.files[name] = row
        return name

    def pack(self, packed: zipfile.ZipFile, name: str) -> dict[str, Any]:
        """Write a file, and those beside it, into the archive; what is said of it."""
        row = self.files[name]
        said = {field: _plain(getattr(row, field)) for field in FILE_FIELDS[row.kind]}
        entry = {"name": name, "kind": row.kind, **said, "sha256": _packed(packed, name, row.file)}
        for field in BESIDE:
            if beside := getattr(row, field, None):
                extension = safe_name(beside.name).rpartition(".")[2]
                entry[field] = f"{name.rpartition('.')[0]}-{field}.{extension}"
                _packed(packed, entry[field], beside)
        return entry


def _packed(packed: zipfile.ZipFile, name: str, file: Any) -> str:
    with file.storage.open(file.name) as source:
        found = archive.digest(source)
        with packed.open(zipfile.ZipInfo(name, timezone.now().timetuple()[:6]), "w") as target:
            while chunk := source.read(archive.CHUNK):
                target.write(chunk)
    return found


def _named(page: Any) -> dict[str, Any] | None:
    """What names a page on another site, as far as one can."""
    if page is None:
        return None
    return {"key": str(page.translation_key), "slug": page.slug, "title": page.title}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
