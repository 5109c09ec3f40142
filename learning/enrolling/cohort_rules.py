"""Who enters a cohort by its rule: said in words, tried without writing, kept up to date by the clock.

Who newly matches enters; who no longer matches stays, never thrown out; who left the path stays out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cms.templatetags.theme_tags import day
from maisons.models import Membership

from ..models import Cohort, CohortRule, Enrolment, LearningPath
from ..paths.kinds import EnrolmentSource, EnrolmentState
from ..paths.services import Fate, Outcome, page_of, paths_missing_by_person
from ..paths.wording import to_complete_first
from . import services

# People who enter in one transaction.
BATCH = 500


@dataclass(frozen=True)
class Condition:
    """What a rule asks, apart from the row that keeps it: a form tries one before it is saved."""

    role: str = ""
    departments: tuple[Any, ...] = ()
    maisons: tuple[Any, ...] = ()
    host_kind: str = ""
    joined_from: dt.date | None = None
    joined_until: dt.date | None = None

    def __bool__(self) -> bool:
        return any(
            (
                self.role,
                self.departments,
                self.maisons,
                self.host_kind,
                self.joined_from,
                self.joined_until,
            )
        )


def condition_of(rule: CohortRule) -> Condition:
    """What a saved rule asks: two queries."""
    return Condition(
        rule.role,
        tuple(rule.departments.all()),
        tuple(rule.maisons.all()),
        rule.host_kind,
        rule.joined_from,
        rule.joined_until,
    )


def in_words(asked: Condition) -> list[str]:
    """The rule, one condition after the other, as one would say it."""
    said = []
    if asked.role:
        said.append(
            _("manages a Maison")
            if asked.role == Membership.Role.MANAGER
            else _("is an agent of a Maison")
        )
    if places := [str(place.name) for place in (*asked.departments, *asked.maisons)]:
        said.append(_("works in: %(places)s") % {"places": ", ".join(places)})
    if asked.host_kind:
        label = CohortRule(host_kind=asked.host_kind).get_host_kind_display()
        said.append(_("in a Maison hosted by: %(kind)s") % {"kind": label})
    if asked.joined_from:
        said.append(_("arrived on %(day)s or later") % {"day": day(asked.joined_from)})
    if asked.joined_until:
        said.append(_("arrived by %(day)s") % {"day": day(asked.joined_until)})
    return said


def matching(asked: Condition) -> QuerySet[User]:
    """Active people of whom one membership in force fulfils every condition."""
    rows = Membership.objects.in_force()
    if asked.role:
        rows = rows.filter(role=asked.role)
    if asked.departments or asked.maisons:
        rows = rows.filter(
            Q(maison__commune__department__in=asked.departments) | Q(maison__in=asked.maisons)
        )
    if asked.host_kind:
        rows = rows.filter(maison__host_organisation__kind=asked.host_kind)
    if asked.joined_from:
        rows = rows.filter(starts_at__gte=_midnight(asked.joined_from))
    if asked.joined_until:
        rows = rows.filter(starts_at__lt=_midnight(asked.joined_until + dt.timedelta(days=1)))
    found = User.objects.filter(pk__in=rows.values("user"), is_active=True)
    return found.order_by("last_name", "first_name", "pk")


def _midnight(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time.min))


@dataclass
class Preview:
    """What a rule would do now: whom it takes, and why it leaves the others."""

    enter: list[User] = field(default_factory=list)
    join: list[User] = field(default_factory=list)
    inside: list[User] = field(default_factory=list)
    elsewhere: list[User] = field(default_factory=list)
    completed: list[User] = field(default_factory=list)
    left: list[User] = field(default_factory=list)
    refused: list[tuple[User, str]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return len(self.enter) + len(self.join)


def preview(asked: Condition, path: LearningPath, cohort: Cohort | None = None) -> Preview:
    """A dry run: nothing is written. Four queries, whatever the number of people."""
    found = Preview()
    people = list(matching(asked))
    held = {
        row.user_id: row for row in Enrolment.objects.filter(path=path, superseded=False).defer()
    }
    page = page_of(path)
    missing = paths_missing_by_person(page, [person.pk for person in people]) if page else {}
    for person in people:
        row = held.get(person.pk)
        if row is None and (titles := missing.get(person.pk)):
            found.refused.append((person, to_complete_first(titles)))
        else:
            _place(found, row, cohort).append(person)
    return found


def _place(found: Preview, row: Enrolment | None, cohort: Cohort | None) -> list[User]:
    if row is None:
        return found.enter
    if row.state == EnrolmentState.COMPLETED:
        return found.completed
    if row.state == EnrolmentState.LEFT:
        return found.left
    if row.cohort_id is None:
        return found.join
    return found.inside if cohort and row.cohort_id == cohort.pk else found.elsewhere


def waiting(asked: Condition, path: LearningPath) -> QuerySet[User]:
    """Those who match and are not yet where the rule puts them: the clock reads these alone."""
    settled = Enrolment.objects.filter(path=path, user=OuterRef("pk"), superseded=False).exclude(
        state=EnrolmentState.ACTIVE, cohort=None
    )
    return matching(asked).filter(~Exists(settled))


def apply(cohort: Cohort, now: dt.datetime | None = None) -> list[Outcome]:
    """Take in who matches now: batches of one transaction each. A closed cohort takes nobody.

    Run twice at the same moment, each enters once: the path is held while people are enrolled.
    """
    rule = CohortRule.objects.filter(cohort=cohort).first()
    if rule is None:
        return []
    people = list(waiting(condition_of(rule), cohort.path))
    outcomes: list[Outcome] = []
    for start in range(0, len(people), BATCH):
        outcomes += _apply(cohort, people[start : start + BATCH])
    CohortRule.objects.filter(pk=rule.pk).update(checked_at=now or timezone.now())
    return outcomes


@transaction.atomic
def _apply(cohort: Cohort, people: Iterable[User]) -> list[Outcome]:
    row = (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("path__version")
        .get(pk=cohort.pk)
    )
    if not row.is_open:
        return []
    return services.enrol_people(
        row.path, people, by=None, source=EnrolmentSource.COHORT, cohort=row, comes_back=False
    )


def keep_up_to_date() -> int:
    """For the clock: every open cohort that has a rule. Returns how many people entered."""
    taken = (Fate.NEW, Fate.JOINED)
    cohorts = Cohort.objects.open().filter(rule__isnull=False).select_related("path__version")
    return sum(each.fate in taken for cohort in cohorts.order_by("pk") for each in apply(cohort))
