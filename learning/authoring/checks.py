"""What is wrong with a path before anybody follows it. Pure, but for the types of units."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..paths.cycles import circle, never_open
from ..paths.kinds import CompletionRule as Rule
from ..paths.structure import Outline, UnitOutline
from ..paths.unit_types import find


class Level(StrEnum):
    """An error keeps the path from being published; a warning is for the author to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """unit: the identity of the unit it is about, "" for the path as a whole."""

    level: Level
    unit: str
    text: str


def _error(unit: str, text: str) -> Finding:
    return Finding(Level.ERROR, unit, text)


def _warning(unit: str, text: str) -> Finding:
    return Finding(Level.WARNING, unit, text)


def findings(outline: Outline, foreign: Sequence[str] = ()) -> list[Finding]:
    """Everything found, in the order of the units.

    foreign: identities of units that need a unit which this path does not show (another path, a draft).
    """
    found = [each for check in CHECKS for each in check(outline)]
    found += [
        _warning(
            uuid,
            _("It waits for a unit that this path does not show: that rule is not applied."),
        )
        for uuid in foreign
    ]
    order = {unit.uuid: place for place, unit in enumerate(outline.units())}
    return sorted(found, key=lambda each: order.get(each.unit, -1))


def _of_the_path(outline: Outline) -> Iterator[Finding]:
    if not outline.required():
        yield _error("", _("No unit is required: the path can never be completed."))
    for chapter in outline.chapters:
        if not chapter.units:
            text = _("The chapter “%(title)s” has no unit.") % {"title": chapter.title}
            yield _warning("", text)


def _needs(outline: Outline) -> dict[str, list[str]]:
    held = {unit.uuid for unit in outline.units()}
    return {unit.uuid: [n for n in unit.needs if n in held] for unit in outline.units()}


def _circles(outline: Outline) -> Iterator[Finding]:
    needs = _needs(outline)
    titles = {unit.uuid: unit.title for unit in outline.units()}
    told: set[frozenset[str]] = set()
    for uuid in needs:
        way = circle(needs, uuid)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            names = " → ".join(titles[each] for each in [*way, uuid])
            yield _error(uuid, _("These units wait for each other: %(units)s.") % {"units": names})
    for uuid in never_open(needs):
        if not any(uuid in way for way in told):
            yield _error(uuid, _("It waits for units that never open."))


def _optional_before_required(outline: Outline) -> Iterator[Finding]:
    held = {unit.uuid: unit for unit in outline.units()}
    for unit in outline.units():
        if not unit.required:
            continue
        for uuid in unit.needs:
            if uuid in held and not held[uuid].required:
                text = _("It is required and waits for “%(title)s”, which is optional.")
                yield _warning(unit.uuid, text % {"title": held[uuid].title})


def _dates(outline: Outline) -> Iterator[Finding]:
    held = {unit.uuid: unit for unit in outline.units()}
    for unit in outline.units():
        for needed in (held[uuid] for uuid in unit.needs if uuid in held):
            late = needed.opens_on
            if late and (unit.opens_on is None or unit.opens_on < late):
                text = _("It waits for “%(title)s”, which opens later, on %(date)s.")
                yield _warning(unit.uuid, text % {"title": needed.title, "date": day(late)})


def _terms(outline: Outline) -> Iterator[Finding]:
    for unit in outline.units():
        kind = find(unit.kind)
        if kind is None:
            yield _error(unit.uuid, _("Its type is not known here: nobody can open it."))
        elif unit.rule not in kind.rules:
            allowed = ", ".join(str(Rule(code).label) for code in kind.rules)
            text = _("Such a unit is done when: %(allowed)s.") % {"allowed": allowed}
            yield _error(unit.uuid, text)
        else:
            yield from _threshold(unit)


def _threshold(unit: UnitOutline) -> Iterator[Finding]:
    if unit.rule in Rule.shares() and not 1 <= unit.threshold <= 100:
        yield _error(unit.uuid, _("A share is between 1 and 100: nobody can reach this one."))
    if unit.rule == Rule.PLAYED and unit.length <= 0:
        text = _("The recording has no duration: nobody can have watched a share of it.")
        yield _error(unit.uuid, text)
    if unit.rule == Rule.TIME and unit.threshold < 1:
        yield _error(unit.uuid, _("Give a number of minutes."))
    if unit.rule == Rule.TIME and unit.threshold > unit.minutes:
        text = _("It asks for %(asked)d min, more than the %(said)d min announced.")
        yield _warning(unit.uuid, text % {"asked": unit.threshold, "said": unit.minutes})


CHECKS: tuple[Callable[[Outline], Iterator[Finding]], ...] = (
    _of_the_path,
    _circles,
    _optional_before_required,
    _dates,
    _terms,
)
