"""What the answers of a project are worth by a rule set. Pure: nothing is read, nothing is kept.

The arithmetic is exact (Decimal, euros to the cent).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Criterion, FundingPart, RuleOperator, RuleSet

CENT = Decimal("0.01")


class Status(Enum):
    """How an answer stands to a criterion."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    MET = "met"


# What a box in the place of a number says.
NONE = "none"


@dataclass(frozen=True)
class Result:
    """One criterion, how the project stands to it, and why in one sentence."""

    criterion: Criterion
    status: Status
    detail: str = ""


@dataclass(frozen=True)
class Share:
    label: str
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Funding:
    """What the rule gives for a budget: `total` is capped, and is the sum of its shares."""

    budget: Decimal
    total: Decimal
    shares: tuple[Share, ...]
    capped: bool


@dataclass(frozen=True)
class Assessment:
    """The whole answer. An archived set concludes nothing: `conclusive` is False."""

    rule_set: RuleSet
    results: tuple[Result, ...]
    funding: Funding | None
    conclusive: bool

    def having(self, status: Status) -> list[Result]:
        return [result for result in self.results if result.status is status]

    @property
    def missing(self) -> list[Result]:
        return self.having(Status.MISSING)

    @property
    def unknown(self) -> list[Result]:
        return self.having(Status.UNKNOWN)

    @property
    def met(self) -> list[Result]:
        return self.having(Status.MET)


def assess(rules: RuleSet, answers: Mapping[str, Any], budget: Decimal | None = None) -> Assessment:
    """Compare answers, by code of criterion, with a rule set.

    An answer is True or False (yes or no), a number or NONE (minimum), or the RuleOperator rows
    that agreed (operators); None or absent: not known.
    """
    results = tuple(judge(one, answers.get(one.code)) for one in rules.criteria.all())
    parts = list(rules.parts.all())
    aid = None
    if parts and budget is not None:
        aid = funding(parts, rules.funding_ceiling, budget)
    return Assessment(rules, results, aid, conclusive=not rules.is_archived())


def judge(criterion: Criterion, answer: Any) -> Result:
    if answer is None:
        return Result(criterion, Status.UNKNOWN)
    if criterion.kind == Criterion.Kind.YES:
        return Result(criterion, Status.MET if answer else Status.MISSING)
    if criterion.kind == Criterion.Kind.MINIMUM:
        return _minimum(criterion, answer)
    return _operators(criterion, answer)


def _minimum(criterion: Criterion, answer: Any) -> Result:
    if answer == NONE:
        return Result(criterion, Status.MET, criterion.none_label)
    words = {
        "value": _number(answer),
        "threshold": _number(criterion.threshold),
        "unit": criterion.unit,
    }
    if answer >= criterion.threshold:
        return Result(criterion, Status.MET, _("You answered %(value)s %(unit)s.") % words)
    detail = _("You answered %(value)s %(unit)s; the rule asks for %(threshold)s at least.") % words
    if criterion.approximate:
        detail += " " + _("It says “about”: the prefect judges.")
    return Result(criterion, Status.MISSING, detail)


def _operators(criterion: Criterion, agreed: Iterable[RuleOperator]) -> Result:
    """At least the threshold among the fields that count, and one of each field."""
    counted = [one for one in agreed if one.field in RuleOperator.COUNTED]
    absent = [
        str(RuleOperator.Field(field).label)
        for field in RuleOperator.COUNTED
        if all(one.field != field for one in counted)
    ]
    short = int(criterion.threshold or 0) - len(counted)
    if not absent and short <= 0:
        names = ", ".join(one.label for one in counted)
        return Result(criterion, Status.MET, _("Agreed: %(names)s.") % {"names": names})
    said = []
    if absent:
        said.append(_("No operator of this field: %(fields)s.") % {"fields": ", ".join(absent)})
    if short > 0:
        line = ngettext("%(count)s operator is missing.", "%(count)s operators are missing.", short)
        said.append(line % {"count": short})
    return Result(criterion, Status.MISSING, " ".join(said))


def funding(parts: Sequence[FundingPart], ceiling: Decimal | None, budget: Decimal) -> Funding:
    """The aid that the funds give at most for a forecast running budget, each in proportion.

    Under the ceiling each fund gives its per cent of the budget; at the ceiling, the same part of
    the ceiling. A fraction of a cent is dropped, since the rule says "at most"; the last fund takes
    the cent that sharing leaves.
    """
    share = sum((part.percent for part in parts), Decimal(0))
    full = _cents(budget * share / 100)
    total = full if ceiling is None else min(full, ceiling)
    shares: list[Share] = []
    left = total
    for number, part in enumerate(parts, start=1):
        amount = left if number == len(parts) else _cents(total * part.percent / share)
        left -= amount
        shares.append(Share(part.label, part.percent, amount))
    return Funding(budget, total, tuple(shares), capped=full > total)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_DOWN)


def _number(value: Any) -> str:
    """A number as French writes it: 23,5 rather than 23.50."""
    text = f"{Decimal(value).normalize():f}"
    return text.replace(".", ",")
