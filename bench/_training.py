"""A network of any size for bench/training.py: made in bulk, by numbers drawn with a fixed seed."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import RoleAssignment, User
from accounts.services import roles_changed
from cms.models import Commune, Department
from cms.territories import load_territories
from learning.factories import catalogue
from learning.kinds import Outcome, RegistrationState, SessionState
from learning.models import HalfDay, Registration, Session, SessionDate, TrainingModulePage
from maisons.models import HostOrganisation, Maison, Membership

AGENTS_A_MAISON, AGENTS_A_SESSION, REGISTERED = 3.5, 5, 12
DAYS_BACK, DAYS_AHEAD = 1000, 100
HOSTS = 60
S = RegistrationState
STATES = (*(S.CONFIRMED,) * 16, S.CANCELLED, S.CANCELLED, S.REFUSED, S.LAPSED)
AHEAD = (*(S.CONFIRMED,) * 14, S.WAITING, S.WAITING, S.REQUESTED, S.OFFERED, S.CANCELLED)
OUTCOMES = (*(Outcome.ATTENDED,) * 16, Outcome.PARTLY, Outcome.ABSENT, Outcome.ABSENT)
MODULES = (
    "decouvrir-le-reseau",
    "accueil-et-mediation",
    "accompagnement-numerique",
    "construire-son-reseau-local",
    "protection-sociale",
    "communication-territoriale",
    "travailler-en-mode-projet",
)


@dataclass
class Screen:
    """A page, for whom, and its bars in milliseconds and queries above the empty page."""

    name: str
    who: str
    user: Any
    url: str | None
    bar: int
    most_queries: int = 100


def _url(name: str, *args: Any, query: str = "") -> str | None:
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return None


class Network:
    """Grows to a number of agents; what is there stays."""

    def __init__(self) -> None:
        self.chance = random.Random(2016)
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)
        self.modules = self._modules()
        self.agents: list[int] = []
        self.maisons: list[int] = []
        self.of: dict[int, int] = {}
        self.sessions: list[Session] = []
        self.hosts = self._hosts()
        load_territories()
        known = Commune.objects.filter(latitude__isnull=False).order_by("code")
        self.communes = self.chance.sample(list(known), 400)
        self.people = self._people()

    def said(self) -> str:
        return (
            f"{len(self.agents)} agents, {len(self.maisons)} Maisons, {len(self.sessions)} sessions,"
            f" {Registration.objects.count()} registrations in {Department.objects.count()} departments"
        )

    def _modules(self) -> list[TrainingModulePage]:
        parent = catalogue()
        made = []
        for order, slug in enumerate(MODULES):
            page = TrainingModulePage(
                title=slug.replace("-", " ").capitalize(),
                slug=slug,
                order=order,
                half_days=4,
                objectives="<p>" + "Objectif. " * 80 + "</p>",
                locale=parent.locale,
            )
            made.append(parent.add_child(instance=page))
        return made

    def _hosts(self) -> list[HostOrganisation]:
        kinds = HostOrganisation.Kind.values
        return HostOrganisation.objects.bulk_create(
            HostOrganisation(slug=f"banc-{n}", name=f"Structure {n}", kind=kinds[n % len(kinds)])
            for n in range(HOSTS)
        )

    def _people(self) -> dict[str, User]:
        roles = {
            "trainer": ("trainer", "national", ""),
            "national": ("national-team", "national", ""),
            "host": ("host-manager", "host-organisation", self.hosts[0].slug),
        }
        found = {}
        for name, (role, kind, code) in roles.items():
            user = User.objects.create_user(f"{name}@bench.example.org", None, first_name=name)
            RoleAssignment.objects.create(user=user, role=role, scope_kind=kind, scope_code=code)
            roles_changed(user)
            found[name] = user
        return found

    # -- Growing ------------------------------------------------------------------------------

    def grow(self, agents: int) -> None:
        self._add_maisons(int(agents / AGENTS_A_MAISON))
        self._add_agents(agents)
        self._add_sessions(agents // AGENTS_A_SESSION)
        self._analyse()

    def _add_maisons(self, wanted: int) -> None:
        first = len(self.maisons)
        rows = Maison.objects.bulk_create(
            Maison(
                slug=f"banc-{n}",
                name=f"Maison {n}",
                status=Maison.Status.RECOGNISED,
                commune=self.chance.choice(self.communes),
                # One host in ten Maisons carries as many as La Poste does: 500 for 2,845.
                host_organisation=self.hosts[0 if n % 6 == 0 else n % HOSTS],
                source="Banc d’essai",
            )
            for n in range(first, wanted)
        )
        self.maisons += [row.pk for row in rows]

    def _add_agents(self, wanted: int) -> None:
        first = len(self.agents)
        rows = User.objects.bulk_create(
            (
                User(
                    email=f"agent{n}@bench.example.org",
                    first_name=f"Prénom{n % 500}",
                    last_name=f"Nom{n}",
                    password=UNUSABLE_PASSWORD_PREFIX,
                )
                for n in range(first, wanted)
            ),
            batch_size=500,
        )
        self.agents += [row.pk for row in rows]
        memberships = []
        for number, row in enumerate(rows, first):
            maison = self.maisons[number % len(self.maisons)]
            self.of[row.pk] = maison
            memberships.append(
                Membership(
                    user=row,
                    maison_id=maison,
                    role="manager" if number < len(self.maisons) and number % 4 == 0 else "agent",
                    starts_at=self.now - dt.timedelta(days=self.chance.randrange(1500)),
                )
            )
        Membership.objects.bulk_create(memberships, batch_size=500)

    def _add_sessions(self, wanted: int) -> None:
        made = [self._session(n) for n in range(len(self.sessions), wanted)]
        Session.objects.bulk_create(made, batch_size=500)
        dates = SessionDate.objects.bulk_create(
            (
                SessionDate(
                    session=row,
                    starts_at=row.first_starts_at + dt.timedelta(days=n),
                    ends_at=row.first_starts_at + dt.timedelta(days=n, hours=7),
                )
                for row in made
                for n in range(2)
            ),
            batch_size=500,
        )
        HalfDay.objects.bulk_create(
            (
                HalfDay(
                    date=date,
                    part=part,
                    starts_at=date.starts_at + dt.timedelta(hours=hours),
                    ends_at=date.starts_at + dt.timedelta(hours=hours + 3),
                )
                for date in dates
                for part, hours in (("am", 0), ("pm", 4))
            ),
            batch_size=500,
        )
        # Each trainer runs as many as one can: sixty.
        through = Session.trainers.through
        through.objects.bulk_create(
            through(session=row, user=self.people["trainer"])
            for row in made
            if self._is_theirs(row)
        )
        self.sessions += made
        rows = (row for session in made for row in self._registrations(session))
        Registration.objects.bulk_create(rows, batch_size=200)

    def _is_theirs(self, session: Session) -> bool:
        return session.pk % 33 == 0

    def _session(self, number: int) -> Session:
        start = self.now + dt.timedelta(days=self.chance.randrange(-DAYS_BACK, DAYS_AHEAD))
        ended = start + dt.timedelta(days=2) < self.now
        return Session(
            module=self.modules[number % len(self.modules)],
            kind="pilot" if number % 20 == 0 else "regular",
            state=SessionState.CLOSED if ended else SessionState.OPEN,
            mode="in-person" if number % 5 else "remote",
            commune=self.chance.choice(self.communes[:40]) if number % 5 else None,
            venue="Salle",
            capacity=14,
            minimum=6,
            first_starts_at=start,
            last_ends_at=start + dt.timedelta(days=1, hours=7),
        )

    def _registrations(self, session: Session) -> Any:
        ended = session.state == SessionState.CLOSED
        for pk in self.chance.sample(self.agents, min(REGISTERED, len(self.agents))):
            state = self.chance.choice(STATES if ended else AHEAD)
            outcome = self.chance.choice(OUTCOMES) if ended and state == S.CONFIRMED else ""
            yield Registration(
                session=session,
                user_id=pk,
                maison_id=self.of[pk],
                state=state,
                outcome=outcome,
                half_days_due=4 if outcome else 0,
                half_days_present={"attended": 4, "partly": 2}.get(outcome, 0),
                cancelled_late=state == S.CANCELLED and self.chance.random() < 0.3,
                queued_at=session.first_starts_at - dt.timedelta(days=40),
            )

    def _analyse(self) -> None:
        """What both databases do by themselves after a while."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    # -- Whom and what ------------------------------------------------------------------------

    def screens(self) -> list[Screen]:
        agent = self._busiest()
        manager = User.objects.get(
            pk=Membership.objects.filter(role="manager").order_by("pk").values("user")[:1]
        )
        trainer, national = self.people["trainer"], self.people["national"]
        theirs = [row for row in self.sessions if self._is_theirs(row)]
        coming = next((s for s in self.sessions if s.state == SessionState.OPEN), self.sessions[0])
        run = theirs[0] if theirs else self.sessions[0]
        network = "learning:network"
        agents = [
            Screen("my training", "agent", agent, _url("learning:mine"), 30, 15),
            Screen("my history", "agent", agent, _url("learning:history"), 30, 15),
            Screen("sessions", "agent", agent, _url("learning:sessions"), 30, 15),
            Screen("a session", "agent", agent, _url("learning:session", coming.uuid), 30, 15),
            Screen("a registration", "agent", agent, self._registration_of(agent), 30, 15),
        ]
        trainers = [
            Screen("my sessions", "trainer", trainer, _url("learning:run-sessions"), 60),
            Screen("who comes", "trainer", trainer, _url("learning:run-session", run.uuid), 60),
            Screen("attendance", "trainer", trainer, self._tab("attendance", run), 60),
            Screen("evaluation", "trainer", trainer, self._tab("evaluation", run), 60),
            Screen("closing", "trainer", trainer, self._tab("closing", run), 60),
        ]
        managers = [
            Screen("team", "manager", manager, _url("learning:team"), 60),
            Screen(
                "team of 500 Maisons", "manager", self.people["host"], _url("learning:team"), 60
            ),
        ]
        lists = ("agents", "inscriptions", "nouveaux", "sessions")
        nationals = [
            Screen("network", "national", national, _url(network), 150),
            Screen(
                "network by department",
                "national",
                national,
                _url(network, query="?par=departement"),
                150,
            ),
            Screen(
                "network, three years",
                "national",
                national,
                _url(network, query="?du=2020-01-01"),
                150,
            ),
            *(
                Screen(
                    f"list: {slug}", "national", national, _url("learning:network-list", slug), 150
                )
                for slug in lists
            ),
            Screen("all sessions", "national", national, _url("learning:run-sessions"), 150),
        ]
        return [*agents, *trainers, *managers, *nationals]

    def _busiest(self) -> User:
        """Somebody who did much: more than nine in ten agents."""
        from django.db.models import Count

        rows = Registration.objects.values("user").annotate(n=Count("pk")).order_by("-n", "user")
        return User.objects.get(pk=rows[len(self.agents) // 50]["user"])

    def _registration_of(self, agent: User) -> str | None:
        row = Registration.objects.filter(user=agent).order_by("pk").first()
        return row.get_absolute_url() if row else None

    def _tab(self, name: str, session: Session) -> str | None:
        from learning.running.tabs import TABS

        found = next((tab for tab in TABS if tab.name == name), None)
        return _url(found.url_name, session.uuid) if found else None
