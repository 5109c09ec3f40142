"""What people think of units, as figures. Under five answers nothing is said of a unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..models import UnitRating, UnitRatingReason
from .kinds import Reason

# Fewer answers say who said what.
FEWEST = 5


@dataclass
class Result:
    """Of one unit: how many answered, how many found it useful, why the others did not, their words."""

    unit: str
    answers: int
    useful: int
    reasons: list[tuple[str, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def not_useful(self) -> int:
        return self.answers - self.useful

    @property
    def percent(self) -> int:
        return round(100 * self.useful / self.answers)


def results(unit_uuids: Iterable[Any]) -> dict[str, Result]:
    """{identity of a unit: result}, without those of fewer than five answers: three queries."""
    return _results(UnitRating.objects.filter(unit__uuid__in=list(unit_uuids)))


def _results(rows: QuerySet[UnitRating]) -> dict[str, Result]:
    counted = (
        rows.order_by()
        .values("unit__uuid")
        .annotate(answers=Count("pk"), liked=Count("pk", filter=Q(useful=True)))
        .filter(answers__gte=FEWEST)
    )
    found = {
        str(row["unit__uuid"]): Result(str(row["unit__uuid"]), row["answers"], row["liked"])
        for row in counted
    }
    if not found:
        return found
    _add_reasons(found)
    said: dict[str, list[str]] = defaultdict(list)
    texts = UnitRating.objects.filter(unit__uuid__in=found).exclude(words="")
    # In the order of the letters: that of time would say who came when.
    for unit, words in texts.order_by("words").values_list("unit__uuid", "words")[:500]:
        said[str(unit)].append(words)
    for key, texts_of in said.items():
        found[key].words = texts_of
    return found


def _add_reasons(found: dict[str, Result]) -> None:
    counted = (
        UnitRatingReason.objects.filter(rating__unit__uuid__in=found)
        .order_by()
        .values_list("rating__unit__uuid", "reason")
        .annotate(Count("pk"))
    )
    for unit, reason, count in counted:
        found[str(unit)].reasons.append((str(Reason(reason).label), count))
    for result in found.values():
        result.reasons.sort(key=lambda pair: (-pair[1], pair[0]))


def to_improve(most: int = 200) -> list[Result]:
    """Units that people find of little use, the least useful first; none under five answers."""
    counted = (
        UnitRating.objects.filter(unit__archived_at=None)
        .order_by()
        .values("unit__uuid")
        .annotate(answers=Count("pk"), liked=Count("pk", filter=Q(useful=True)))
        .filter(answers__gte=FEWEST)
    )
    share = sorted(counted, key=lambda row: (row["liked"] / row["answers"], -row["answers"]))
    worst = [row["unit__uuid"] for row in share if row["liked"] < row["answers"]][:most]
    found = results(worst)
    return [found[str(uuid)] for uuid in worst]
