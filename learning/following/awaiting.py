"""What awaits the trainers of cohorts, from the rooms that know it.

    @awaiting.register
    def to_mark(cohorts):                       # queryset of cohorts that go on
        yield Waiting("marking", "learning:cohort-marking", n, ngettext("%(n)d to mark", …), {cohort.pk: n})

One query each, whatever the number of cohorts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from ..models import Cohort


@dataclass(frozen=True)
class Waiting:
    """label: in words, with the number. url_name: of the tab, whose address takes the cohort's uuid.
    by_cohort: {primary key of a cohort: how many}."""

    name: str
    url_name: str
    label: Callable[[int], str]
    by_cohort: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_cohort.values())


Provider = Callable[[QuerySet[Cohort]], Iterable[Waiting]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    if provider not in _providers:
        _providers.append(provider)
    return provider


def of(cohorts: QuerySet[Cohort]) -> list[Waiting]:
    """What waits, in the order of the rooms; nothing of which there is none."""
    return [each for provider in _providers for each in provider(cohorts) if each.total]


def lines(cohort: Any) -> list[tuple[str, Waiting]]:
    """What waits in one cohort: [(words, what)]."""
    found = of(Cohort.objects.filter(pk=cohort.pk))
    return [(each.label(each.total), each) for each in found]
