"""The structure of a path: what its pages say at a moment, written down as a version.

    {"title": …, "chapters": [{"uuid": …, "title": …, "units": [
        {"uuid": …, "title": …, "kind": "text", "minutes": 10, "required": true,
         "rule": "marked", "threshold": 0, "length": 0.0, "needs": [uuid, …],
         "opens_on": "2026-12-01" | null, "terms": {…}}]}]}

`length` is that of the recording, in seconds, 0 where there is none; `terms` are those of the type of
the unit, absent where it has none. Identities are translation keys; the French pages are the reference, whatever the language read.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .. import signals
from ..models import ChapterPage, LearningPath, LearningPathPage, PathVersion, Unit, UnitPage
from . import counters
from .unit_types import find


@dataclass(frozen=True)
class UnitOutline:
    """A unit as a version holds it."""

    uuid: str
    title: str
    kind: str
    minutes: int
    required: bool
    rule: str
    threshold: int
    length: float
    needs: tuple[str, ...]
    opens_on: dt.date | None
    terms: Mapping[str, Any] = field(default_factory=dict)

    def is_open(self, today: dt.date) -> bool:
        return self.opens_on is None or self.opens_on <= today

    @property
    def is_dated(self) -> bool:
        """Whether its type gives it a date of its own (`learning.paths.dues`)."""
        return bool(self.terms.get("due_on") or self.terms.get("days"))


@dataclass(frozen=True)
class ChapterOutline:
    uuid: str
    title: str
    units: tuple[UnitOutline, ...]


@dataclass(frozen=True)
class Outline:
    """A version, read."""

    title: str
    chapters: tuple[ChapterOutline, ...]

    def units(self) -> Iterator[UnitOutline]:
        for chapter in self.chapters:
            yield from chapter.units

    def required(self) -> list[str]:
        return [unit.uuid for unit in self.units() if unit.required]

    def find(self, uuid: str) -> UnitOutline | None:
        return next((unit for unit in self.units() if unit.uuid == uuid), None)

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units())


# A version is never changed: each process reads one once. The oldest go first.
MOST_KEPT = 64
_kept: dict[tuple[Any, ...], Outline] = {}


def read(version: PathVersion) -> Outline:
    """The outline of a version, kept; its `structure` may be deferred."""
    key = (version.pk, version.path_id, version.number, version.created_at)
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        found = _kept[key] = outline_of(version.structure)
    return found


def forget() -> None:
    """Read versions anew: for tests, which change one or use its number again."""
    _kept.clear()


def outline_of(structure: dict[str, Any]) -> Outline:
    """The outline that a structure says."""
    chapters = tuple(
        ChapterOutline(
            uuid=chapter["uuid"],
            title=chapter["title"],
            units=tuple(_unit(unit) for unit in chapter["units"]),
        )
        for chapter in structure["chapters"]
    )
    return Outline(title=structure["title"], chapters=chapters)


def _unit(held: dict[str, Any]) -> UnitOutline:
    opens = held.get("opens_on")
    return UnitOutline(
        uuid=held["uuid"],
        title=held["title"],
        kind=held["kind"],
        minutes=held["minutes"],
        required=held["required"],
        rule=held["rule"],
        threshold=held["threshold"],
        length=held["length"],
        needs=tuple(held["needs"]),
        opens_on=dt.date.fromisoformat(opens) if opens else None,
        terms=held.get("terms", {}),
    )


def describe(page: LearningPathPage) -> dict[str, Any]:
    """What the live pages under a path say now: four queries, whatever their number."""
    chapters = list(ChapterPage.objects.child_of(page).live().order_by("path"))
    units = list(
        UnitPage.objects.descendant_of(page).live().prefetch_related("needs").order_by("path")
    )
    return put_together(page, chapters, units)


def put_together(
    page: LearningPathPage, chapters: list[ChapterPage], units: list[UnitPage]
) -> dict[str, Any]:
    """The structure that these pages say, whether they are live or drafts."""
    steplen = ChapterPage.steplen
    by_chapter: dict[str, list[dict[str, Any]]] = {}
    for unit in units:
        by_chapter.setdefault(unit.path[:-steplen], []).append(_described(unit))
    return {
        "title": page.title,
        "chapters": [
            {
                "uuid": str(chapter.translation_key),
                "title": chapter.title,
                "units": by_chapter.get(chapter.path, []),
            }
            for chapter in chapters
        ],
    }


def _described(page: UnitPage) -> dict[str, Any]:
    kind = find(page.kind)
    terms = kind.terms(page.content[0].value) if kind else {}
    return {
        "uuid": str(page.translation_key),
        "title": page.title,
        "kind": page.kind,
        "minutes": page.minutes,
        "required": page.required,
        "rule": page.rule,
        "threshold": page.threshold,
        "length": page.recording_length,
        "needs": sorted(str(needed.translation_key) for needed in page.needs.all()),
        "opens_on": page.opens_on.isoformat() if page.opens_on else None,
        **({"terms": terms} if terms else {}),
    }


# Paths whose version waits for the end of a change of several pages.
_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def one_version() -> Iterator[None]:
    """Write one version down for all the pages that the block publishes, at its end."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        with transaction.atomic():
            yield
            _waiting.reset(token)
            token = None
            for page in LearningPathPage.objects.filter(pk__in=waiting):
                publish_version(page)
    finally:
        if token is not None:
            _waiting.reset(token)


@transaction.atomic
def publish_version(page: LearningPathPage) -> PathVersion | None:
    """Write a version down when the pages say something new; the version in force otherwise.

    Call it in the transaction that changed a page. None for a page that is not the reference (a
    translation), or whose path has no unit yet.
    """
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return None
    if (waiting := _waiting.get()) is not None:
        waiting.add(page.pk)
        return None
    path, _made = LearningPath.objects.get_or_create(uuid=page.translation_key)
    path = hold(path.pk)
    structure = describe(page)
    _keep_units(path, structure)
    held = path.version
    if held is not None and held.structure == structure:
        return held
    if held is None and not any(chapter["units"] for chapter in structure["chapters"]):
        return None
    number = held.number + 1 if held else 1
    version = PathVersion.objects.create(path=path, number=number, structure=structure)
    path.version, path.archived_at = version, None
    path.save(update_fields=["version", "archived_at"])
    return version


def hold(pk: int) -> LearningPath:
    """The path, which nobody publishes and in which nobody is enrolled until the transaction ends.

    Whoever holds a path may then wait for its enrolments, never the other way round.
    """
    rows = LearningPath.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version").get(pk=pk)


def _keep_units(path: LearningPath, structure: dict[str, Any]) -> None:
    """An identity for each unit; those that no page shows any more are archived, never deleted."""
    shown = {unit["uuid"] for chapter in structure["chapters"] for unit in chapter["units"]}
    known = {str(unit.uuid): unit for unit in path.units.all()}
    Unit.objects.bulk_create(
        [Unit(uuid=uuid, path=path) for uuid in sorted(shown - set(known))], ignore_conflicts=True
    )
    now = timezone.now()
    gone = [unit.pk for uuid, unit in known.items() if uuid not in shown and not unit.archived_at]
    back = [unit.pk for uuid, unit in known.items() if uuid in shown and unit.archived_at]
    if gone:
        Unit.objects.filter(pk__in=gone).update(archived_at=now)
    if back:
        Unit.objects.filter(pk__in=back).update(archived_at=None)
    counters.units_left(path, gone)
    counters.units_back(path, back)
    if gone or back:
        signals.units_archived.send(LearningPath, path=path)


@dataclass(frozen=True)
class Change:
    """What a newer version changes for somebody who follows an older one: titles of units."""

    added: list[str]
    removed: list[str]
    altered: list[str]
    moved: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered or self.moved)


def compare(held: Outline, newer: Outline, titles: Mapping[str, str] | None = None) -> Change:
    """Titles of units added, removed, done otherwise (`altered`), moved.

    titles: {identity: title}, where the reader's are not those of the outlines.
    """
    before = {unit.uuid: unit for unit in held.units()}
    after = {unit.uuid: unit for unit in newer.units()}

    def named(units: Iterable[UnitOutline]) -> list[str]:
        return [(titles or {}).get(unit.uuid, unit.title) for unit in units]

    return Change(
        added=named(unit for uuid, unit in after.items() if uuid not in before),
        removed=named(unit for uuid, unit in before.items() if uuid not in after),
        altered=named(unit for _before, unit in altered(held, newer)),
        moved=named(after[uuid] for uuid in _moved(list(before), list(after))),
    )


def altered(held: Outline, newer: Outline) -> list[tuple[UnitOutline, UnitOutline]]:
    """Units that both hold, as they were and as they are, where a rule of them differs."""
    before = {unit.uuid: unit for unit in held.units()}
    return [
        (before[unit.uuid], unit)
        for unit in newer.units()
        if unit.uuid in before and _rules(unit) != _rules(before[unit.uuid])
    ]


def _rules(unit: UnitOutline) -> tuple[Any, ...]:
    asked = (unit.required, unit.rule, unit.threshold, unit.needs, unit.opens_on)
    return (*asked, dict(unit.terms))


def _moved(before: list[str], after: list[str]) -> list[str]:
    """What is no longer in its place among those that both hold: as few as can be."""
    held = [uuid for uuid in before if uuid in after]
    now = [uuid for uuid in after if uuid in before]
    matcher = SequenceMatcher(a=held, b=now, autojunk=False)
    return [
        now[n]
        for tag, _i, _j, start, end in matcher.get_opcodes()
        if tag in ("insert", "replace")
        for n in range(start, end)
    ]
