"""The pages of an imported path, made inside a transaction that keeps them or not."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from cms.models import Theme
from cms.slugs import free_slug

from ..models import CataloguePage, ChapterPage, LearningPathPage, TrainingModulePage, UnitPage
from . import parts, references, translations
from .data_forms import ChapterData, DataForm, PathData, UnitData
from .exporting import model_of

MOST_CHAPTERS = 60
# A unit costs some thirty milliseconds; nobody else writes meanwhile where the database is SQLite.
MOST_UNITS = 120
MOST_TEXT = 200_000
# What a malformed value makes the blocks raise.
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, OverflowError, RecursionError)


@dataclass
class Report:
    """What was found: errors keep everything out, warnings are losses to know of."""

    findings: list[dict[str, str]] = field(default_factory=list)

    def error(self, place: str, text: str) -> None:
        self.findings.append({"level": "error", "place": place, "text": text})

    def warning(self, place: str, text: str) -> None:
        said = {"level": "warning", "place": place, "text": text}
        if said not in self.findings:
            self.findings.append(said)

    @property
    def refused(self) -> bool:
        return any(each["level"] == "error" for each in self.findings)


@dataclass
class UnitDraft:
    """A unit of the file whose plain values are good."""

    place: str
    key: str
    values: dict[str, Any]
    said: dict[str, Any]
    page: Any = None


@dataclass
class ChapterDraft:
    place: str
    values: dict[str, Any]
    units: list[UnitDraft]
    key: str = ""


@dataclass
class PathDraft:
    """What the file says, its plain values checked; `Builder` makes pages of it."""

    values: dict[str, Any]
    said: dict[str, Any]
    chapters: list[ChapterDraft]
    # {language: {key of a page: what it says in it}}.
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)

    def units(self) -> list[UnitDraft]:
        return [unit for chapter in self.chapters for unit in chapter.units]


def read(data: dict[str, Any], report: Report) -> PathDraft | None:
    """Check the plain values of every page; None when the shape is wrong. No query."""
    said = data.get("path")
    chapters = data.get("chapters")
    if not isinstance(said, dict) or not isinstance(chapters, list):
        report.error("path.json", _("“path” and “chapters” were expected."))
        return None
    values = _values(PathData, said, _("Path"), report)
    drafts = [_chapter(n, each, report) for n, each in enumerate(chapters[:MOST_CHAPTERS], start=1)]
    held = [each for each in drafts if each is not None]
    draft = PathDraft(values, said, held, translations.read(data.get("translations")))
    units = draft.units()
    if len(chapters) > MOST_CHAPTERS or len(units) > MOST_UNITS:
        report.error(_("Path"), _("There are too many chapters or units."))
    if not units:
        report.error(_("Path"), _("There is no unit."))
    keys: set[str] = set()
    for unit in units:
        if unit.key in keys:
            report.error(unit.place, _("Another unit has the same key."))
        keys.add(unit.key)
    return draft


def _values(form: type[DataForm], said: Any, place: str, report: Report) -> dict[str, Any]:
    checked = form(said)
    for fault in checked.faults():
        report.error(place, fault)
    return getattr(checked, "cleaned_data", {})


def _chapter(number: int, said: Any, report: Report) -> ChapterDraft | None:
    place = _("Chapter %(n)d") % {"n": number}
    if not isinstance(said, dict) or not isinstance(said.get("units", []), list):
        report.error(place, _("An object with its units was expected."))
        return None
    values = _values(ChapterData, said, place, report)
    units = []
    for rank, each in enumerate(said.get("units", [])[: MOST_UNITS + 1], start=1):
        where = _("Chapter %(n)d, unit %(m)d") % {"n": number, "m": rank}
        if not isinstance(each, dict):
            report.error(where, _("An object was expected."))
            continue
        if isinstance(each.get("title"), str):
            where = f"{where} « {each['title'][:60]} »"
        held = _values(UnitData, each, where, report)
        key = each.get("key")
        units.append(UnitDraft(where, key if isinstance(key, str) else where, held, each))
    return ChapterDraft(place, values, units, str(said.get("key") or ""))


class Builder:
    """Makes the pages of a path from what its file says. What cannot be made is reported.

    files: {name in the archive: row that is saved}. Nothing is published, nobody is enrolled.
    """

    def __init__(
        self,
        draft: PathDraft,
        catalogue: CataloguePage,
        files: dict[str, Any],
        report: Report,
        by: Any,
    ) -> None:
        self.draft, self.catalogue, self.files = draft, catalogue, files
        self.report, self.by = report, by
        self.units: dict[str, UnitPage] = {}
        self.came = translations.Came()

    def build(self) -> LearningPathPage:
        """Call it in a transaction, and roll that back when the report refuses."""
        path = self._path()
        named = [(str(self.draft.said.get("key")), _("Path"), PathData, path)]
        for chapter in self.draft.chapters:
            above = self._added(path, ChapterPage(**chapter.values))
            named.append((chapter.key, chapter.place, ChapterData, above))
            for unit in chapter.units:
                page = UnitPage(**unit.values)
                page.listing_image = self._picture(unit.said, unit.place)
                unit.page = self.units[unit.key] = self._added(above, page)
        for unit in self.draft.units():
            self._fill(unit)
            named.append((unit.key, unit.place, UnitData, unit.page))
        self._translate(named)
        return path

    def _translate(self, named: list[tuple[str, str, type[DataForm], Any]]) -> None:
        """Every page that the file also says in a language of this site, as a draft."""
        source = self.catalogue.locale
        for code, pages in self.draft.translations.items():
            locale = self.came.locale(code, source)
            for key, place, form, page in named if locale is not None else ():
                if key in pages and not self.report.refused:
                    where = f"{place} ({translations.name_of(code)})"
                    self._translated(page, form, pages[key], where, locale)
        for text in self.came.left_out():
            self.report.warning(_("Languages"), text)

    def _translated(
        self, page: Any, form: type[DataForm], said: dict[str, Any], place: str, locale: Any
    ) -> None:
        checked = form(said).only(translations.FIELDS)
        words = type(page).objects.get(pk=page.pk)
        for fault in checked.faults():
            self.report.error(place, fault)
        for name, value in getattr(checked, "cleaned_data", {}).items():
            setattr(words, name, value)
        if isinstance(page, LearningPathPage):
            words.objectives = self._objectives(said, place)
        if isinstance(page, UnitPage):
            words.content = self._content(said.get("content"), place)
        if self.report.refused:
            return
        self.came.pages[locale.language_code] += 1
        if lost := translations.give(page, words, locale):
            text = ngettext(
                "%(n)d text does not match the French one, and stays in French.",
                "%(n)d texts do not match the French ones, and stay in French.",
                lost,
            )
            self.report.warning(place, text % {"n": lost})

    def _added(self, above: Page, page: Any) -> Any:
        page.slug = free_slug(above, page.title)
        page.live, page.locale, page.owner = False, above.locale, self.by
        page.has_unpublished_changes = True
        page.translation_key = uuid.uuid4()
        return above.add_child(instance=page)

    def _path(self) -> LearningPathPage:
        said, place = self.draft.said, _("Path")
        page: Any = LearningPathPage(**self.draft.values)
        page.objectives = self._objectives(said, place)
        page.listing_image = self._picture(said, place)
        page.module = self._module(said.get("module"))
        page = self._added(self.catalogue, page)
        page.needs.set(self._paths(said.get("needs")))
        themes = said.get("themes")
        codes = (
            [code for code in themes if isinstance(code, str)] if isinstance(themes, list) else []
        )
        page.themes.set(Theme.objects.filter(code__in=codes))
        page.save(clean=False)
        page.save_revision(user=self.by, changed=False, clean=False, log_action=False)
        return page

    def _objectives(self, said: dict[str, Any], place: str) -> str:
        field_: Any = LearningPathPage._meta.get_field("objectives")
        html = said.get("objectives") or ""
        return self._text(html, field_.features, place) if isinstance(html, str) else ""

    def _module(self, said: Any) -> Any:
        if said is None:
            return None
        found = self._page(said, TrainingModulePage.objects.all())
        if found is None:
            text = _("The module in person “%(title)s” is not on this site: the link is left out.")
            self.report.warning(_("Path"), text % {"title": _title(said)})
        return found

    def _paths(self, said: Any) -> list[Any]:
        found = []
        for each in said if isinstance(said, list) else []:
            page = self._page(each, LearningPathPage.objects.all())
            if page is None:
                text = _("The path to complete before, “%(title)s”, is not on this site.")
                self.report.warning(_("Path"), text % {"title": _title(each)})
            else:
                found.append(page)
        return found

    def _page(self, said: Any, pages: Any) -> Any:
        """A page of this site: the same one, else one of its type and language with this address."""
        if not isinstance(said, dict):
            return None
        pages = pages.filter(locale=self.catalogue.locale)
        key, slug = _uuid(said.get("key")), said.get("slug")
        found = pages.filter(translation_key=key).first() if key else None
        if found is None and isinstance(slug, str) and pages.model is not Page:
            found = pages.filter(slug=slug).first()
        return found

    def _picture(self, said: dict[str, Any], place: str) -> Any:
        name = said.get("listing_image")
        if name is None:
            return None
        row = self.files.get(name) if isinstance(name, str) else None
        if row is None or row.kind != "images":
            self.report.error(place, _("Its picture is not in the archive."))
            return None
        return row

    # -- The content of a unit --------------------------------------------------------------------

    def _fill(self, unit: UnitDraft) -> None:
        """Its content, its prerequisites, what rooms keep about it."""
        content = self._content(unit.said.get("content"), unit.place)
        if content is None:
            return
        unit.page.content = content
        needs = unit.said.get("needs")
        keys = needs if isinstance(needs, list) else []
        unknown = [key for key in keys if not isinstance(key, str) or key not in self.units]
        if unknown:
            self.report.warning(unit.place, _("It waits for a unit that is not in the file."))
        unit.page.needs.set([self.units[key] for key in keys if key not in unknown])
        unit.page.save(clean=False)
        unit.page.save_revision(user=self.by, changed=False, clean=False, log_action=False)
        self._parts(unit)

    def _content(self, said: Any, place: str) -> Any:
        """The content of a unit, fit to be saved; None when it is refused, which is reported."""
        stream: Any = UnitPage._meta.get_field("content")
        try:
            raw = references.mapped(stream.stream_block, said, self._value)
            value = stream.stream_block.clean(stream.to_python(raw))
            return stream.to_python(stream.stream_block.get_prep_value(value))
        except references.Malformed as error:
            where = " ".join(part for part in (place, error.place) if part)
            self.report.error(where, error.reason)
        except ValidationError as error:
            for text in sorted(set(_messages(error))):
                self.report.error(place, text)
        except MALFORMED:
            self.report.error(place, _("Its content is not that of a unit."))
        return None

    def _parts(self, unit: UnitDraft) -> None:
        held = unit.said.get("parts")
        for code, data in held.items() if isinstance(held, dict) else ():
            part = parts.find(code)
            if part is None:
                text = _("“%(code)s” is not known here and is left out.") % {"code": code[:40]}
                self.report.warning(unit.place, text)
            elif faults := part.check(data):
                for fault in faults:
                    self.report.error(unit.place, fault)
            else:
                part.write(unit.page, data, self.by)

    def _value(self, block: Any, value: Any, place: str) -> Any:
        reference = parts.reference_for(block)
        if reference is not None:
            return self._referred(reference, value, place)
        if (model := model_of(block)) is not None:
            return self._file(value, model, place)
        if isinstance(block, blocks.PageChooserBlock):
            return self._chosen(value, place)
        if isinstance(block, blocks.ChooserBlock):
            return None
        if not (value is None or isinstance(value, str | int | float | bool)):
            raise references.Malformed(place, _("A plain value was expected."))
        if isinstance(value, str) and (len(value) > MOST_TEXT or "\x00" in value):
            raise references.Malformed(
                place, _("This text is too long, or holds a forbidden sign.")
            )
        if isinstance(block, blocks.RichTextBlock):
            return self._text(str(value or ""), block.features, place)
        return value

    def _referred(self, reference: parts.Reference, value: Any, place: str) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict) or "$row" not in value:
            raise references.Malformed(place, _("A reference was expected."))
        data = references.texts_changed(
            value["$row"],
            lambda html: references.links_changed(
                html, lambda kind, said: self._link(kind, said, place)
            ),
        )
        if faults := reference.check(data):
            raise references.Malformed(place, " ".join(faults))
        for code in reference.languages(data):
            if self.came.locale(code, self.catalogue.locale) is not None:
                self.came.questions[code] += 1
        return reference.write(data, self.by)

    def _file(self, value: Any, model: Any, place: str) -> int | None:
        if value is None:
            return None
        name = value.get("$file") if isinstance(value, dict) else None
        row = self.files.get(name) if isinstance(name, str) else None
        if row is None or not isinstance(row, model):
            text = _("The file “%(name)s” is not in the archive.")
            raise references.Malformed(place, text % {"name": str(name)[:80]})
        return int(row.pk)

    def _chosen(self, value: Any, place: str) -> int | None:
        if value is None:
            return None
        said = value.get("$page") if isinstance(value, dict) else None
        if not isinstance(said, dict):
            raise references.Malformed(place, _("A reference was expected."))
        if said.get("key") in self.units:
            return self.units[said["key"]].pk
        found = self._page(said, TrainingModulePage.objects.all()) or self._page(
            said, Page.objects.all()
        )
        if found is None:
            text = _("The page “%(title)s” is not on this site.") % {"title": _title(said)}
            self.report.warning(place, text)
        return found.pk if found else None

    def _text(self, html: str, features: Any, place: str) -> str:
        """Formatted text with nothing but what its editor could have written."""
        led = references.links_changed(html, lambda kind, said: self._link(kind, said, place))
        return _converter(tuple(features or ()))(led)

    def _link(self, kind: str, said: dict[str, str], place: str) -> dict[str, str] | None:
        pk: int | None = None
        if kind == "page":
            key = said.pop("key", "")
            pk = self._chosen({"$page": {"key": key, "title": said.get("title", key)}}, place)
        else:
            row = self.files.get(said.pop("file", ""))
            pk = row.pk if row is not None else None
            if pk is None:
                self.report.warning(place, _("A link to a file that is not there is left out."))
        return {**said, "id": str(pk)} if pk else None


def _converter(features: tuple[str, ...]) -> Callable[[str], str]:
    """What Wagtail's editor keeps of a text with these features: the rest is dropped."""
    converter = ContentstateConverter(features=list(features))

    def clean(html: str) -> str:
        # The converter stops on tags that do not close: they are closed first.
        whole = str(BeautifulSoup(html, "html.parser"))
        try:
            return str(converter.to_database_format(converter.from_database_format(whole)))
        except (AssertionError, *MALFORMED):
            return str(converter.to_database_format(converter.from_database_format(_bare(html))))

    return clean


def _bare(html: str) -> str:
    return f"<p>{escape(strip_tags(html))}</p>"


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None


def _title(said: Any) -> str:
    return str(said.get("title") or said.get("slug") or "?")[:80] if isinstance(said, dict) else "?"


def _messages(error: ValidationError) -> list[str]:
    """Every sentence of an error of blocks, however deep."""
    found: list[str] = []
    for attribute in ("block_errors", "non_block_errors"):
        held = getattr(error, attribute, None)
        inner = held.values() if isinstance(held, dict) else (held or [])
        for each in inner:
            if isinstance(each, ValidationError):
                found += _messages(each)
            elif each:
                found.append(str(each))
    return found or [str(text) for text in error.messages]
