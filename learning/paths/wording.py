"""The rules of units and paths in words: the one place that says them, wherever they are read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.templatetags.theme_tags import day

from .kinds import CompletionRule as Rule
from .structure import UnitOutline
from .unit_types import find

# What one does to finish a unit; %(n)s is its threshold. A type may say it otherwise (`UnitType.acts`).
ACTS: dict[str, Any] = {
    Rule.SEEN: gettext_lazy("open it"),
    Rule.TIME: gettext_lazy("spend %(n)s min on it"),
    Rule.SCORE: gettext_lazy("reach %(n)s%% of the points"),
    Rule.PLAYED: gettext_lazy("watch %(n)s%% of the recording"),
    Rule.MARKED: gettext_lazy("say that it is done"),
    Rule.DECIDED: gettext_lazy("the trainer says that it is done"),
}


def act(kind: str, rule: str, threshold: int) -> str:
    """What finishes such a unit: "watch 80 % of the recording"."""
    found = find(kind)
    own: Mapping[str, Any] = found.acts if found else {}
    words = own.get(rule) or ACTS.get(rule) or rule
    return str(words) % {"n": threshold}


def minutes(number: int) -> str:
    """ "10 minutes"."""
    return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}


def to_finish(unit: UnitOutline) -> str:
    """ "To finish this unit: watch 80 % of the recording."."""
    return _("To finish this unit: %(act)s.") % {"act": act(unit.kind, unit.rule, unit.threshold)}


def unit_rules(unit: UnitOutline, titles: Mapping[str, str]) -> list[str]:
    """Every rule of a unit, a sentence each: what finishes it, when it opens, whether it counts.

    titles: {identity: title} of the units of its path, in the reader's language.
    """
    said = [to_finish(unit)]
    if needed := [titles[uuid] for uuid in unit.needs if uuid in titles]:
        said.append(opens_after(needed))
    if unit.opens_on is not None:
        said.append(opens_from(unit.opens_on))
    if not unit.required:
        said.append(_("Optional: the path is completed without it."))
    return said


def altered(before: UnitOutline, after: UnitOutline, titles: Mapping[str, str]) -> list[str]:
    """What a newer version changes in the rules of a unit, a sentence each. titles: as in `unit_rules`."""
    said = []
    if before.required != after.required:
        said.append(_("It is required now.") if after.required else _("It is optional now."))
    if (before.rule, before.threshold) != (after.rule, after.threshold):
        said.append(to_finish(after))
    if before.needs != after.needs:
        needed = [titles[uuid] for uuid in after.needs if uuid in titles]
        said.append(opens_after(needed) if needed else _("It waits for no other unit any more."))
    if before.opens_on != after.opens_on:
        date = after.opens_on
        said.append(opens_from(date) if date else _("It has no opening date any more."))
    if before.terms != after.terms:
        said.append(_("Its terms (dates, attempts, time or pool of questions) are others."))
    return said


def path_rules(
    needed: Iterable[str],
    opens_on: dt.date | None,
    closes_on: dt.date | None,
    required: int,
) -> list[str]:
    """Every rule of a path: what comes before, when one may enrol, what completes it."""
    said = []
    if needed := list(needed):
        said.append(before_path(needed))
    if opens_on is not None:
        said.append(opens_from(opens_on))
    if closes_on is not None:
        said.append(_("Enrolment until %(date)s.") % {"date": day(closes_on)})
    if required:
        words = ngettext(
            "Completed once its required unit is done.",
            "Completed once its %(n)d required units are done.",
            required,
        )
        said.append(words % {"n": required})
    return said


def opens_after(titles: Iterable[str]) -> str:
    return _("Opens after: %(titles)s.") % {"titles": _quoted(titles)}


def before_path(titles: Iterable[str]) -> str:
    """What must come before a path: another path that is past its validity no longer counts."""
    return _("Opens after: %(titles)s, completed and still valid.") % {"titles": _quoted(titles)}


def to_complete_first(titles: Iterable[str]) -> str:
    """Why somebody may not enrol yet."""
    return _("To be completed first, and still valid: %(titles)s.") % {"titles": _quoted(titles)}


def _quoted(titles: Iterable[str]) -> str:
    quoted = [_("“%(title)s”") % {"title": title} for title in titles]
    return str(get_text_list(quoted, _("and")))


def opens_from(date: dt.date) -> str:
    return _("Opens on %(date)s.") % {"date": day(date)}
