"""The outline of a path for its authors: each unit with its rules, its state and what is wrong."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import ChapterPage, LearningPathPage, UnitPage
from ..paths import drafts, structure, wording
from ..paths.page_forms import circle_of_paths
from ..paths.unit_types import UnitType, find
from . import checks

PATHS_IN_A_CIRCLE = _("This path waits for a path that waits for it.")


@dataclass
class UnitLine:
    page: UnitPage
    outline: structure.UnitOutline
    kind: UnitType | None
    rules: list[str]
    findings: list[checks.Finding]


@dataclass
class ChapterLine:
    page: ChapterPage
    units: list[UnitLine]

    @property
    def minutes(self) -> int:
        return sum(unit.outline.minutes for unit in self.units)


@dataclass
class PathOutline:
    """A path as it would be if all its drafts were published now."""

    page: LearningPathPage
    outline: structure.Outline
    chapters: list[ChapterLine] = field(default_factory=list)
    findings: list[checks.Finding] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def of_the_path(self) -> list[checks.Finding]:
        return [each for each in self.findings if not each.unit]

    @property
    def errors(self) -> list[checks.Finding]:
        return [each for each in self.findings if each.level == checks.Level.ERROR]

    @property
    def units(self) -> int:
        return sum(len(chapter.units) for chapter in self.chapters)

    @property
    def required(self) -> int:
        return len(self.outline.required())

    @property
    def waiting(self) -> bool:
        """Whether something is not published as it is written."""
        pages = [self.page, *(chapter.page for chapter in self.chapters)]
        pages += [unit.page for chapter in self.chapters for unit in chapter.units]
        return any(not page.live or page.has_unpublished_changes for page in pages)


def read(page: LearningPathPage) -> PathOutline:
    """The outline of a path: a number of queries that does not grow with its units."""
    newest: Any = drafts.latest([page])[0]
    chapters, units = drafts.pages_of(page)
    outline = structure.outline_of(structure.put_together(newest, chapters, units))
    needed = list(newest.needs.all())
    found = PathOutline(newest, outline)
    found.findings = [
        *_of_paths(page, needed),
        *checks.findings(
            outline, [unit.uuid for unit in outline.units() if _foreign(unit, outline)]
        ),
    ]
    found.chapters = _lines(outline, chapters, units, found.findings)
    found.rules = wording.path_rules(
        [each.title for each in needed], newest.opens_on, newest.closes_on, found.required
    )
    return found


def _foreign(unit: structure.UnitOutline, outline: structure.Outline) -> bool:
    return any(outline.find(uuid) is None for uuid in unit.needs)


def _lines(
    outline: structure.Outline,
    chapters: list[ChapterPage],
    units: list[UnitPage],
    findings: list[checks.Finding],
) -> list[ChapterLine]:
    by_unit: dict[str, list[checks.Finding]] = defaultdict(list)
    for each in findings:
        by_unit[each.unit].append(each)
    titles = {unit.uuid: unit.title for unit in outline.units()}
    pages = {str(page.translation_key): page for page in units}
    return [
        ChapterLine(
            page,
            [
                UnitLine(
                    pages[unit.uuid],
                    unit,
                    find(unit.kind),
                    wording.unit_rules(unit, titles),
                    by_unit[unit.uuid],
                )
                for unit in chapter.units
            ],
        )
        for page, chapter in zip(chapters, outline.chapters, strict=True)
    ]


def _of_paths(page: LearningPathPage, needed: list[LearningPathPage]) -> list[checks.Finding]:
    if not circle_of_paths(page, needed):
        return []
    return [checks.Finding(checks.Level.ERROR, "", str(PATHS_IN_A_CIRCLE))]
