"""A path and its units as one person sees them: nothing here asks the database."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.languages import SOURCE, is_source
from cms.templatetags.theme_tags import day

from ..models import Enrolment
from . import completion, structure, wording
from .addresses import of_units
from .kinds import CompletionRule
from .unit_types import UnitType, find


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of somebody in one unit.

    active: seconds at work. place: where to resume, None where it was not read.
    """

    completed_at: dt.datetime | None
    active: int
    place: Any = None


@dataclass
class UnitView:
    """A unit as a line of its path: what it is, whether it is done, what it waits for."""

    outline: structure.UnitOutline
    title: str
    kind: UnitType | None
    progress: Held | None = None
    waits_for: list[str] = field(default_factory=list)
    opens_on: dt.date | None = None
    archived: bool = False
    # {identity: title} of the units of its path, to say its rules.
    named: dict[str, str] = field(default_factory=dict)
    url: str = ""
    # The row of its identity; none while nothing that holds it was published.
    pk: int | None = None
    # The language of its title, where it is not the one that is read.
    lang: str = ""

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

    @property
    def icon(self) -> str:
        """That of its type while it is to be done."""
        if self.done:
            return "check"
        return self.kind.icon if self.kind and self.is_open else "clock"

    @property
    def facts(self) -> str:
        """How it stands, how long it lasts, whether it counts, what finishes it: the line under its title."""
        said = [self._standing(), wording.minutes(self.outline.minutes)]
        if not self.outline.required:
            said.append(_("optional"))
        if not self.done and self.how:
            said.append(self.how)
        return " · ".join(said)

    def _standing(self) -> str:
        if self.done:
            return _("Done")
        if self.archived:
            return _("Withdrawn")
        if self.opens_on:
            return _("Opens on %(date)s") % {"date": day(self.opens_on)}
        if self.waits_for:
            return _("After:") + " " + ", ".join(self.waits_for)
        if self.started:
            return _("Started")
        return str(self.kind.label) if self.kind else ""


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
    # What the version in force changes, and of the units done otherwise: (title, sentences).
    change: structure.Change | None = None
    altered: list[tuple[str, list[str]]] = field(default_factory=list)
    # The language of its title, where it is not the one that is read.
    lang: str = ""

    def units(self) -> list[UnitView]:
        return [unit for chapter in self.chapters for unit in chapter.units]

    def find(self, uuid: str) -> UnitView | None:
        return next((unit for unit in self.units() if unit.uuid == uuid), None)

    @cached_property
    def next(self) -> UnitView | None:
        """Where to go on: the last unit if it is not done, else the first open one."""
        open_units = [unit for unit in self.units() if unit.is_open and not unit.done]
        last = self.enrolment.last_unit_id if self.enrolment else None
        for unit in open_units:
            if last and unit.progress is not None and unit.pk == last:
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


def titled(path: Any, outline: structure.Outline) -> Iterator[str]:
    """The identities of a path, its chapters and its units: what has a title of its own."""
    yield str(path)
    for chapter in outline.chapters:
        yield chapter.uuid
        yield from (unit.uuid for unit in chapter.units)


@dataclass(frozen=True)
class Known:
    """What was read of a path for one person. units: their rows; archived: some of them; progress: by unit;
    titles: of what is translated. All by identity."""

    units: dict[str, int] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    progress: dict[str, Held] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def put_together(
    path: Any, outline: structure.Outline, known: Known, enrolment: Enrolment | None = None
) -> PathView:
    """path: its identity."""
    today, address = timezone.localdate(), of_units(path)
    reads_french = is_source()

    def language_of(uuid: Any) -> str:
        return "" if reads_french or str(uuid) in known.titles else SOURCE

    titles = {unit.uuid: known.titles.get(unit.uuid, unit.title) for unit in outline.units()}
    done = {uuid: row.completed_at is not None for uuid, row in known.progress.items()}

    def shown(unit: structure.UnitOutline) -> UnitView:
        return UnitView(
            outline=unit,
            title=titles[unit.uuid],
            kind=find(unit.kind),
            progress=known.progress.get(unit.uuid),
            waits_for=[titles[uuid] for uuid in completion.missing_before(outline, unit, done)],
            opens_on=None if unit.is_open(today) else unit.opens_on,
            archived=unit.uuid in known.archived,
            named=titles,
            url=address(unit.uuid),
            pk=known.units.get(unit.uuid),
            lang=language_of(unit.uuid),
        )

    chapters = [
        ChapterView(
            title=known.titles.get(chapter.uuid, chapter.title),
            units=[shown(unit) for unit in chapter.units],
        )
        for chapter in outline.chapters
    ]
    title = known.titles.get(str(path), outline.title)
    return PathView(title, chapters, outline, enrolment, lang=language_of(path))
