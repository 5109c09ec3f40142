"""What the pages of this app read."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Notification
from accounts.roles import roles_of
from accounts.services import described
from cms.models import Commune, Department
from maisons.models import Membership
from maisons.roles import memberships_of

from .models import Figure

SHOWN_NOTIFICATIONS = 4


@dataclass
class Who:
    """A person as the network knows them: their Maisons and their other roles, in words."""

    maisons: list[Membership]
    roles: list[str]

    @property
    def places(self) -> str:
        return ", ".join(dict.fromkeys(row.maison.name for row in self.maisons))


def who_is(user: Any) -> Who:
    maisons = sorted(memberships_of(user), key=lambda row: row.maison.name)
    others = [held for held in roles_of(user) if held.scope.kind != "maison"]
    return Who(maisons, list(dict.fromkeys(described(held.role, held.scope) for held in others)))


@dataclass
class Waiting:
    """Notifications that a person has not opened: how many, and the newest."""

    total: int
    newest: list[Notification]


def unread(user: Any) -> Waiting:
    rows = Notification.objects.filter(user=user, on_site=True, read_at=None)
    total = rows.count()
    return Waiting(total, list(rows[:SHOWN_NOTIFICATIONS]) if total else [])


@dataclass
class Prefecture:
    """The prefecture of a department: « Tulle », and the department it stands for."""

    department: Department
    town: str


def prefecture_of(department: Department | None) -> Prefecture | None:
    if department is None:
        return None
    code = department.prefecture_code
    town = Commune.objects.filter(code=code).values_list("name", flat=True).first() if code else ""
    return Prefecture(department, town or "")


def figures_by_subject() -> list[tuple[str, list[Figure]]]:
    """Figures under their subjects, in the order of the first figure of each; one query."""
    found: dict[str, list[Figure]] = {}
    for figure in Figure.objects.all():
        found.setdefault(figure.subject, []).append(figure)
    return list(found.items())
