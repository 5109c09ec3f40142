"""Who answers a request: the Maison, else the prefecture referent, else the national team."""

from typing import Any

from django.db.models import QuerySet

from accounts.roles import Scope, holders
from accounts.scopes import HOST_MANAGER, MANAGER, NATIONAL_TEAM, PREFECTURE_REFERENT
from cms.models import Department

from ..models import ContactRequest, Desk, Maison
from ..roles import DEPARTMENT, MAISON

_FARTHER = {Desk.MAISON: Desk.DEPARTMENT, Desk.DEPARTMENT: Desk.NATIONAL}


def people_at(
    desk: str, maison: Maison | None = None, department: Department | None = None
) -> QuerySet[Any]:
    """Who answers at this desk. At a Maison its managers, else those of its host organisation."""
    if desk == Desk.MAISON and maison is not None:
        scope = Scope(MAISON, maison.slug)
        managers = holders(MANAGER, scope)
        return managers if managers.exists() else holders(HOST_MANAGER, scope)
    if desk == Desk.DEPARTMENT and department is not None:
        return holders(PREFECTURE_REFERENT, Scope(DEPARTMENT, department.code))
    if desk == Desk.NATIONAL:
        return holders(NATIONAL_TEAM)
    return holders(NATIONAL_TEAM).none()


def recipients(request: ContactRequest) -> QuerySet[Any]:
    return people_at(request.desk, request.maison, request.department)


def nearest_desk(first: str, maison: Maison | None, department: Department | None) -> str:
    """The first desk from `first` on at which somebody answers; the national team in the end."""
    desk = Desk(first)
    while desk in _FARTHER and not people_at(desk, maison, department).exists():
        desk = _FARTHER[desk]
    return desk


def farther_desk(request: ContactRequest) -> str | None:
    """To whom the request may be passed on; None when it has reached the national team."""
    nearer = _FARTHER.get(Desk(request.desk))
    return nearest_desk(nearer, request.maison, request.department) if nearer else None
