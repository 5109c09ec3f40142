"""What the screens of paths read: a path as one person sees it, in their language."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.models import Page

from ..models import Enrolment, LearningPath, LearningPathPage, Unit, UnitPage, UnitProgress
from . import completion, dues, structure, wording
from .kinds import CompletionRule, EnrolmentState
from .preview import is_preview
from .services import page_of, paths_missing, takes
from .unit_types import UnitType, find

# Of one person's paths, how many "Mes formations" shows.
MOST_SHOWN = 10
OF_UNIT = ("pk", "uuid", "archived_at")


@dataclass
class UnitView:
    """A unit as a line of its path: what it is, whether it is done, what it waits for."""

    outline: structure.UnitOutline
    title: str
    kind: UnitType | None
    progress: UnitProgress | None = None
    waits_for: list[str] = field(default_factory=list)
    opens_on: dt.date | None = None
    archived: bool = False
    # {identity: title} of the units of its path, to say its rules.
    named: dict[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> list[str]:
        """What finishes it, when it opens, whether it counts: a sentence each."""
        return wording.unit_rules(self.outline, self.named)

    @property
    def how(self) -> str:
        """What finishes it, where that is more than saying so."""
        unit = self.outline
        if unit.rule == CompletionRule.MARKED:
            return ""
        return wording.act(unit.kind, unit.rule, unit.threshold)

    @property
    def uuid(self) -> str:
        return self.outline.uuid

    @property
    def done(self) -> bool:
        return self.progress is not None and self.progress.completed_at is not None

    @property
    def started(self) -> bool:
        return self.progress is not None and not self.done

    @property
    def is_open(self) -> bool:
        return not self.archived and not self.waits_for and self.opens_on is None


@dataclass
class ChapterView:
    title: str
    units: list[UnitView]

    @property
    def done(self) -> int:
        return sum(unit.done for unit in self.units)

    @property
    def minutes(self) -> int:
        return sum(unit.outline.minutes for unit in self.units)


@dataclass
class PathView:
    """A path for one person; without enrolment, as a visitor or a preview sees it."""

    title: str
    chapters: list[ChapterView]
    outline: structure.Outline
    enrolment: Enrolment | None = None
    change: structure.Change | None = None

    def units(self) -> list[UnitView]:
        return [unit for chapter in self.chapters for unit in chapter.units]

    def find(self, uuid: str) -> UnitView | None:
        return next((unit for unit in self.units() if unit.uuid == uuid), None)

    @property
    def next(self) -> UnitView | None:
        """Where to go on: the last unit if it is not done, else the first open one."""
        open_units = [unit for unit in self.units() if unit.is_open and not unit.done]
        last = self.enrolment.last_unit_id if self.enrolment else None
        for unit in open_units:
            if last and unit.progress is not None and unit.progress.unit_id == last:
                return unit
        required = [unit for unit in open_units if unit.outline.required]
        return next(iter(required or open_units), None)

    @property
    def minutes_left(self) -> int:
        left = (unit for unit in self.units() if unit.outline.required and not unit.done)
        return sum(unit.outline.minutes for unit in left)

    def within(self, minutes: int) -> list[UnitView]:
        """Open units, not done, that fit in so many minutes; the longest that fit come first."""
        fit = [u for u in self.units() if u.is_open and not u.done and u.outline.minutes <= minutes]
        return sorted(fit, key=lambda unit: (not unit.outline.required, -unit.outline.minutes))

    def around(self, uuid: str) -> tuple[UnitView | None, UnitView | None]:
        """The units before and after one."""
        units = self.units()
        place = next((n for n, unit in enumerate(units) if unit.uuid == uuid), None)
        if place is None:
            return None, None
        before = units[place - 1] if place else None
        return before, units[place + 1] if place + 1 < len(units) else None


def titles(uuids: Iterable[str]) -> dict[str, str]:
    """{identity: title in the reader's language} of units, chapters or paths, for what is translated: one query."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return {}
    pages = Page.objects.filter(
        translation_key__in=list(uuids), locale__language_code=language, live=True
    )
    return {str(key): title for key, title in pages.values_list("translation_key", "title")}


def names_of(uuids: Iterable[Any]) -> dict[str, str]:
    """{identity: title} of units, paths or chapters, shown or not, in the reader's language, else in French.

    One query.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    wanted = (settings.LANGUAGE_CODE, language)
    pages = Page.objects.filter(
        translation_key__in=list(uuids), locale__language_code__in=wanted
    ).values_list("translation_key", "title", "locale__language_code")
    # The reader's language last, so that it stays.
    ordered = sorted(pages, key=lambda row: row[2] == language)
    return {str(key): title for key, title, _code in ordered}


def path_view(path: LearningPath, enrolment: Enrolment | None = None) -> PathView | None:
    """The path in the version that the person follows; None while it has none."""
    version = enrolment.version if enrolment else path.version
    if version is None:
        return None
    progress: dict[str, UnitProgress] = {}
    if enrolment is not None:
        rows = UnitProgress.objects.filter(enrolment=enrolment).select_related("unit")
        progress = {str(row.unit.uuid): row for row in rows}
    gone = path.units.filter(archived_at__isnull=False).values_list("uuid", flat=True)
    outline = structure.read(version)
    translated = titles(_titled(path, outline))
    archived = {str(uuid) for uuid in gone}
    view = _view(enrolment, outline, progress, archived, translated, str(path.uuid))
    if enrolment is not None and _may_change(enrolment, path):
        view.change = structure.compare(outline, structure.read(path.version))
    return view


def _titled(path: LearningPath, outline: structure.Outline) -> Iterator[str]:
    """The identities of a path, its chapters and its units: what has a title of its own."""
    yield str(path.uuid)
    for chapter in outline.chapters:
        yield chapter.uuid
        yield from (unit.uuid for unit in chapter.units)


def _view(
    enrolment: Enrolment | None,
    outline: structure.Outline,
    progress: dict[str, UnitProgress],
    archived: set[str],
    translated: dict[str, str],
    path: str = "",
) -> PathView:
    """Put together what was read: no query."""
    done = {uuid: row.completed_at is not None for uuid, row in progress.items()}
    today = timezone.localdate()
    named = {unit.uuid: translated.get(unit.uuid, unit.title) for unit in outline.units()}
    chapters = [
        ChapterView(
            title=translated.get(chapter.uuid, chapter.title),
            units=[
                _unit(unit, outline, progress.get(unit.uuid), done, archived, named, today)
                for unit in chapter.units
            ],
        )
        for chapter in outline.chapters
    ]
    return PathView(translated.get(path, outline.title), chapters, outline, enrolment)


def view_of(outline: structure.Outline) -> PathView:
    """An outline that no version holds yet, as somebody who begins it would see it: no query."""
    return _view(None, outline, {}, set(), {})


def _may_change(enrolment: Enrolment, path: LearningPath) -> bool:
    return enrolment.state == EnrolmentState.ACTIVE and enrolment.version_id != path.version_id


def _unit(
    unit: structure.UnitOutline,
    outline: structure.Outline,
    progress: UnitProgress | None,
    done: dict[str, bool],
    archived: set[str],
    named: dict[str, str],
    today: dt.date,
) -> UnitView:
    return UnitView(
        outline=unit,
        title=named[unit.uuid],
        kind=find(unit.kind),
        progress=progress,
        waits_for=completion.missing_before(outline, unit, done),
        opens_on=None if unit.is_open(today) else unit.opens_on,
        archived=unit.uuid in archived,
        named=named,
    )


def enrolment_of(path: LearningPath, user: Any) -> Enrolment | None:
    """The person's enrolment in force; none while a preview lasts."""
    if is_preview() or not getattr(user, "is_authenticated", False):
        return None
    rows = Enrolment.objects.filter(path=path, user=user).in_force()
    return rows.select_related("version", "last_unit", "path__version").first()


def unit_page(uuid: str) -> UnitPage | None:
    """The page of a unit in the reader's language, else in French; draft pages are shown to nobody."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    pages = UnitPage.objects.filter(translation_key=uuid, live=True).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)


def path_context(page: LearningPathPage, request: HttpRequest) -> dict[str, Any]:
    """What the public page of a path shows."""
    path = LearningPath.objects.select_related("version").filter(uuid=page.translation_key).first()
    if path is None:
        return {"path": None, "view": None}
    enrolment = enrolment_of(path, request.user)
    french = page_of(path)
    missing: list[str] = []
    if french is not None and request.user.is_authenticated:
        missing = paths_missing(french, request.user)
    return {
        "path": path,
        "view": path_view(path, enrolment),
        "enrolment": enrolment,
        "why_not": takes(french, timezone.localdate()),
        "missing_words": wording.to_complete_first(missing) if missing else "",
        "may_follow": request.user.has_perm("learning.follow_path"),
        "may_preview": request.user.has_perm("learning.preview_path"),
        "needs": list(page.needs.all()),
    }


@dataclass
class MyPath:
    enrolment: Enrolment
    view: PathView


def my_paths(user: Any, *, active: bool = False, most: int = MOST_SHOWN) -> list[MyPath]:
    """The paths that somebody follows or completed, the last active first: three queries in all.

    active: without those that are completed. Each enrolment says whether a unit of it has a date granted
    to the person (`has_own_dates`). Progress comes without where to resume within a unit.
    """
    rows = (
        Enrolment.objects.filter(user=user)
        .in_force()
        .select_related("path", "version")
        .defer("version__structure")
        .annotate(has_own_dates=Exists(dues.granted().filter(enrolment=OuterRef("pk"))))
        .order_by(F("last_at").desc(nulls_last=True), "-created_at", "pk")
    )
    if active:
        rows = rows.filter(state=EnrolmentState.ACTIVE)
    shown = list(rows[:most])
    units = Unit.objects.filter(path__in=[row.path_id for row in shown])
    known = {pk: (str(uuid), gone) for pk, uuid, gone in units.values_list(*OF_UNIT)}
    archived = {uuid for uuid, gone in known.values() if gone}
    progress: dict[int, dict[str, UnitProgress]] = {row.pk: {} for row in shown}
    for held in UnitProgress.objects.filter(enrolment__in=progress).defer("place", "played"):
        progress[held.enrolment_id][known[held.unit_id][0]] = held
    outlines = {row.pk: structure.read(row.version) for row in shown}
    translated = titles(uuid for row in shown for uuid in _titled(row.path, outlines[row.pk]))
    return [
        MyPath(
            row,
            _view(
                row, outlines[row.pk], progress[row.pk], archived, translated, str(row.path.uuid)
            ),
        )
        for row in shown
    ]
