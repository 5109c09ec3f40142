"""What the screens of enrolling read."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from accounts.names import named
from maisons.models import Membership

from ..models import Cohort, Enrolment, LearningPath, LearningPathPage
from ..rules import steers, team_of


@dataclass(frozen=True)
class Offered:
    """A path that takes people, with its title."""

    path: LearningPath
    title: str

    @property
    def uuid(self) -> Any:
        return self.path.uuid


def offered() -> list[Offered]:
    """The paths in which one may be enrolled, by title: two queries."""
    pages = LearningPathPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    titles = dict(pages.values_list("translation_key", "title"))
    rows = LearningPath.objects.filter(uuid__in=titles, archived_at=None).exclude(version=None)
    found = [Offered(row, titles[row.uuid]) for row in rows]
    return sorted(found, key=lambda each: each.title)


def members(cohort: Cohort, user: Any, asked: str = "") -> QuerySet[Enrolment]:
    """Those of a cohort whom this person may see, with their Maisons of today."""
    current = Membership.objects.in_force().select_related("maison__commune__department")
    rows = Enrolment.objects.visible_to(user).filter(cohort=cohort, superseded=False)
    rows = named(rows, asked, "user__").select_related("user")
    return rows.prefetch_related(
        Prefetch("user__memberships", queryset=current.order_by("maison__name"), to_attr="current")
    ).order_by("user__last_name", "user__first_name", "pk")


def of_team(user: Any, uuid: Any) -> Enrolment | None:
    """An enrolment whose terms this person may set as a manager, while the membership lasts.

    Any for the national team; one's own for nobody.
    """
    rows = Enrolment.objects.filter(uuid=uuid, superseded=False).exclude(user=user)
    if not steers(user):
        rows = rows.filter(user__in=team_of(user).values("user"))
    return rows.select_related("user", "path", "version", "cohort").first()


def member(cohort: Cohort, user: Any, uuid: Any) -> Enrolment | None:
    rows = Enrolment.objects.visible_to(user).filter(Q(cohort=cohort), superseded=False)
    return rows.filter(uuid=uuid).select_related("user", "path", "version", "cohort").first()
