"""The training of the whole network: each list, from which its figure is counted.

A figure is the number of rows of its list, and nothing else: `LISTS` is the only place where it is
said what counts. Definitions in words: `docs/training-figures.md`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms.editors.ages import months_ago
from maisons.models import Membership

from ..kinds import Outcome, RegistrationState, SessionKind, SessionState
from ..models import Registration, Session
from .forms import NONE
from .newcomers import has_no_past, new_since
from .rows import lines

Filters = dict[str, Any]
CONFIRMED = Q(state=RegistrationState.CONFIRMED)
PERSON = ("user__first_name", "user__last_name", "user__email", "user__erased_at", "user__uuid")
PLACE = ("maison__name", "maison__commune__department__name", "maison__commune__department__code")


def period(
    filters: Filters, now: dt.datetime | None = None
) -> tuple[dt.datetime, dt.datetime | None]:
    """(from, until just before): twelve months and what has begun of this one, unless told."""
    today = timezone.localtime(now)
    start = filters.get("du") or months_ago(12, today).date().replace(day=1)
    end = filters.get("au")
    return _midnight(start), _midnight(end + dt.timedelta(days=1)) if end else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def of_sessions(filters: Filters, session: str = "") -> Q:
    """Sessions of the period, announced and not called off. session: the path from the row."""
    start, end = period(filters)
    chosen = Q(
        **{
            f"{session}state__in": (SessionState.OPEN, SessionState.CLOSED),
            f"{session}first_starts_at__gte": start,
        }
    )
    if end:
        chosen &= Q(**{f"{session}first_starts_at__lt": end})
    if module := filters.get("module"):
        chosen &= Q(**{f"{session}module": module})
    if which := {"": SessionKind.REGULAR, "pilotes": SessionKind.PILOT}.get(
        filters.get("genre") or ""
    ):
        chosen &= Q(**{f"{session}kind": which})
    if city := filters.get("ville"):
        chosen &= _is(f"{session}commune", city)
    if found := filters.get("session"):
        chosen &= Q(**{f"{session}uuid": found})
    return chosen


def _is(path: str, code: str) -> Q:
    return Q(**{f"{path}__isnull": True}) if code == NONE else Q(**{path: code})


def of_maisons(filters: Filters, maison: str = "maison__") -> Q:
    """Rows of the Maisons that are asked for. maison: the path from the row to it."""
    chosen = Q()
    if department := filters.get("departement"):
        chosen &= Q(**{f"{maison}commune__department": department})
    if region := filters.get("region"):
        chosen &= Q(**{f"{maison}commune__department__region": region})
    if kind := filters.get("porteur"):
        chosen &= _is(f"{maison}host_organisation__kind", kind)
    if filters.get("maison") == NONE:
        chosen &= Q(**{f"{maison.removesuffix('__')}__isnull": True})
    return chosen


def registrations(filters: Filters) -> QuerySet[Registration]:
    """Every registration for the sessions and of the Maisons asked for, whatever its state."""
    return Registration.objects.filter(of_sessions(filters, "session__"), of_maisons(filters))


# -- The lists ------------------------------------------------------------------------------------


def trained(filters: Filters) -> QuerySet[User]:
    done = registrations(filters).filter(CONFIRMED, outcome=Outcome.ATTENDED)
    return User.objects.filter(pk__in=done.order_by().values("user"))


def held(filters: Filters) -> QuerySet[Session]:
    """With a choice of Maisons: those at which one of them was registered."""
    rows = Session.objects.filter(of_sessions(filters), last_ends_at__lte=timezone.now())
    if of_maisons(filters):
        among = registrations(filters).filter(CONFIRMED)
        rows = rows.filter(pk__in=among.order_by().values("session"))
    return rows


def confirmed(filters: Filters) -> QuerySet[Registration]:
    return registrations(filters).filter(CONFIRMED)


def attended(filters: Filters) -> QuerySet[Registration]:
    return registrations(filters).filter(CONFIRMED, outcome=Outcome.ATTENDED)


def waiting(filters: Filters) -> QuerySet[Registration]:
    return registrations(filters).filter(
        state=RegistrationState.WAITING,
        session__state=SessionState.OPEN,
        session__first_starts_at__gt=timezone.now(),
    )


def withdrawn_late(filters: Filters) -> QuerySet[Registration]:
    return registrations(filters).filter(state=RegistrationState.CANCELLED, cancelled_late=True)


def absent(filters: Filters) -> QuerySet[Registration]:
    return registrations(filters).filter(CONFIRMED, outcome=Outcome.ABSENT)


def newcomers(filters: Filters) -> QuerySet[User]:
    """Neither the period nor the choice of sessions counts: it is about today."""
    months = filters.get("mois") or None
    # Whose first membership began lately has no older one: few are left to look at.
    held = Membership.objects.in_force().filter(starts_at__gte=new_since(months))
    if among := of_maisons({**filters, "maison": ""}):
        held = held.filter(among)
    people = User.objects.filter(pk__in=held.order_by().values("user"), is_active=True)
    return people.filter(has_no_past(months=months))


# -- As lists show them ---------------------------------------------------------------------------


def _show_registrations(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    shown = lines(rows, *PERSON, *PLACE).prefetch_related("session__dates")
    return shown.order_by("-session__first_starts_at", "session_id", "user__last_name", "pk")


def _show_sessions(rows: QuerySet[Session]) -> QuerySet[Session]:
    confirmed = Q(registrations__state=RegistrationState.CONFIRMED)

    def having(outcome: str) -> Count:
        return Count("registrations", filter=confirmed & Q(registrations__outcome=outcome))

    return (
        rows.select_related("module", "commune__department")
        .only(
            *("uuid", "kind", "mode", "state", "first_starts_at", "last_ends_at"),
            *("is_fictitious", "module__title", "module__slug", "commune__name"),
            *("commune__department__name", "commune__department__time_zone"),
        )
        .prefetch_related("dates")
        .annotate(
            registered=Count("registrations", filter=confirmed),
            attended=having(Outcome.ATTENDED),
            absent=having(Outcome.ABSENT),
        )
        .order_by("-first_starts_at", "pk")
    )


def _show_people(rows: QuerySet[User]) -> QuerySet[User]:
    from django.db.models import Prefetch

    held = Membership.objects.in_force().select_related("maison__commune__department")
    return rows.prefetch_related(
        Prefetch("memberships", held.order_by("starts_at"), to_attr="held")
    ).order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class ListKind:
    """A list of the network's training. rows: what it counts; show: what a line needs besides."""

    slug: str
    title: str | Promise
    label: str | Promise
    definition: str | Promise
    rows: Callable[[Filters], QuerySet[Any]]
    show: Callable[[QuerySet[Any]], QuerySet[Any]]
    of: str  # "registration", "session" or "person": which columns


LISTS = {
    kind.slug: kind
    for kind in (
        ListKind(
            "agents",
            _("Agents trained"),
            _("agents trained"),
            _("Different people who wholly attended at least one session of the period."),
            trained,
            _show_people,
            "person",
        ),
        ListKind(
            "sessions",
            _("Sessions held"),
            _("sessions held"),
            _("Sessions of the period that have ended, without those called off."),
            held,
            _show_sessions,
            "session",
        ),
        ListKind(
            "inscriptions",
            _("Registrations"),
            _("registrations"),
            _("Confirmed registrations for the sessions of the period, those to come included."),
            confirmed,
            _show_registrations,
            "registration",
        ),
        ListKind(
            "suivies",
            _("Trainings attended"),
            _("trainings attended"),
            _("Confirmed registrations of which every half-day was attended."),
            attended,
            _show_registrations,
            "registration",
        ),
        ListKind(
            "attente",
            _("Waiting"),
            _("on a waiting list"),
            _("People on the waiting list of a session of the period that has not begun."),
            waiting,
            _show_registrations,
            "registration",
        ),
        ListKind(
            "annulations",
            _("Late withdrawals"),
            _("late withdrawals"),
            _("Registrations withdrawn after the time limit of their session."),
            withdrawn_late,
            _show_registrations,
            "registration",
        ),
        ListKind(
            "absences",
            _("Absences"),
            _("absences"),
            _("Confirmed registrations of which no half-day was attended."),
            absent,
            _show_registrations,
            "registration",
        ),
        ListKind(
            "nouveaux",
            _("New, not yet trained"),
            _("new members not yet trained"),
            _(
                "Members today whose first membership began within the months chosen, and who have not"
                " wholly attended the welcome module. Neither the period nor the module counts here."
            ),
            newcomers,
            _show_people,
            "person",
        ),
    )
}
