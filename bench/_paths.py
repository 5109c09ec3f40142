"""Online learning of any size for bench/paths.py: forty units, of which everybody did some, in bulk."""

import datetime as dt
import random
from typing import Any

from accounts.models import User
from bench._training import Network, Screen, _url
from learning.models import ActiveSpan, Cohort, Enrolment, UnitProgress
from learning.paths.factories import make_path, units_of
from learning.paths.kinds import EnrolmentState
from learning.paths.structure import read
from maisons.models import Membership

UNITS, OPTIONAL = 40, 4
COHORT = 30
MINUTES = 9


class Paths(Network):
    """The same Maisons and agents as in person, each on one path of forty units; no session."""

    def __init__(self) -> None:
        super().__init__()
        self.path = make_path(
            *({"minutes": MINUTES, "required": n >= OPTIONAL} for n in range(UNITS)),
            title="Parcours du banc d’essai",
            module=self.modules[0],
            module_theme="skills",
        )
        # Others to recommend.
        for number in range(3):
            make_path(title=f"Autre parcours {number}", module_theme="skills", level="discovery")
        self.units = units_of(self.path)
        assert self.path.version is not None
        self.required = set(read(self.path.version).required())
        self.enrolled = 0
        self.cohorts: list[Cohort] = []

    def grow(self, agents: int) -> None:
        super().grow(agents)
        self._enrol(self.agents[self.enrolled :])
        self._analyse()

    def said(self) -> str:
        return (
            f"{len(self.agents)} agents, {len(self.maisons)} Maisons, {UNITS} units,"
            f" {UnitProgress.objects.count()} progress rows, {ActiveSpan.objects.count()} spans"
        )

    def _add_sessions(self, wanted: int) -> None:
        """A few, so that the page of an agent has something of each kind."""
        super()._add_sessions(min(wanted, 50))

    def _enrol(self, agents: list[int]) -> None:
        for start in range(0, len(agents), 500):
            self._enrol_some(agents[start : start + 500])
        self.enrolled += len(agents)

    def _enrol_some(self, agents: list[int]) -> None:
        chance = random.Random(len(self.cohorts))
        cohort = Cohort.objects.create(path=self.path, name=f"Cohorte {len(self.cohorts)}")
        if len(self.cohorts) < COHORT:
            cohort.trainers.add(self.people["trainer"])
        self.cohorts.append(cohort)
        rows = [
            self._enrolment(pk, cohort if number < COHORT else None, chance)
            for number, pk in enumerate(agents)
        ]
        Enrolment.objects.bulk_create(rows, batch_size=500)
        progress, spans = [], []
        for row in rows:
            for number, unit in enumerate(self.units):
                end = row.created_at + dt.timedelta(hours=20 * (number + 1))
                active = chance.randrange(60, 900)
                progress.append(self._progress(row, unit, end, active))
                spans.append(
                    ActiveSpan(
                        enrolment=row,
                        unit=unit,
                        starts_at=end - dt.timedelta(seconds=active),
                        ends_at=end,
                    )
                )
        UnitProgress.objects.bulk_create(progress, batch_size=1000)
        ActiveSpan.objects.bulk_create(spans, batch_size=2000)
        self._count(rows, progress)

    def _enrolment(self, pk: int, cohort: Cohort | None, chance: random.Random) -> Enrolment:
        return Enrolment(
            path=self.path,
            user_id=pk,
            version=self.path.version,
            cohort=cohort,
            maison_id=self.of[pk],
            created_at=self.now - dt.timedelta(days=chance.randrange(34, 800)),
            due_on=(self.now + dt.timedelta(days=chance.randrange(-40, 120))).date()
            if chance.random() < 0.5
            else None,
        )

    def _progress(self, row: Enrolment, unit: Any, end: dt.datetime, active: int) -> UnitProgress:
        # Four people of five stopped before the end: their last units are begun, not done.
        stopped = row.user_id % 5 and self.units.index(unit) > 5 + row.user_id % 30
        return UnitProgress(
            enrolment=row,
            unit=unit,
            started_at=end - dt.timedelta(seconds=active),
            last_at=end,
            completed_at=None if stopped else end,
            score=0.8 if unit.pk % 4 == 0 else None,
            active=active,
        )

    def _count(self, rows: list[Enrolment], progress: list[UnitProgress]) -> None:
        """The counters, as `check_progress` would write them."""
        by_row: dict[int, list[UnitProgress]] = {}
        for each in progress:
            by_row.setdefault(each.enrolment_id, []).append(each)
        for row in rows:
            own = by_row[row.pk]
            finished = [p for p in own if p.completed_at and str(p.unit.uuid) in self.required]
            row.done, row.due = len(finished), len(self.required)
            row.seconds = sum(p.active for p in own)
            row.last_unit, row.last_at = own[-1].unit, own[-1].last_at
            if row.done == row.due:
                row.state = EnrolmentState.COMPLETED
                row.completed_at = max(p.completed_at for p in finished if p.completed_at)
        names = ("done", "due", "seconds", "last_unit", "last_at", "state", "completed_at")
        Enrolment.objects.bulk_update(rows, names, batch_size=200)

    # -- Whom and what ------------------------------------------------------------------------

    def screens(self) -> list[Screen]:
        path, unit = self.path.uuid, self.units[12].uuid
        row = (
            Enrolment.objects.filter(state=EnrolmentState.ACTIVE, cohort__isnull=False)
            .select_related("user")
            .order_by("-last_at", "pk")
            .first()
        )
        assert row is not None
        agent, trainer, national = row.user, self.people["trainer"], self.people["national"]
        manager = User.objects.get(
            pk=Membership.objects.filter(role="manager").order_by("pk").values("user")[:1]
        )
        agents = [
            Screen("my training", "agent", agent, _url("learning:mine"), 30, 15),
            Screen("a path", "agent", agent, _url("learning:path", path), 30, 15),
            Screen("a unit", "agent", agent, _url("learning:unit", path, unit), 30, 15),
            Screen("my history", "agent", agent, _url("learning:history"), 30, 15),
        ]
        managers = [
            Screen("team online", "manager", manager, _url("learning:team-paths"), 100, 25),
            Screen(
                "team of 500 Maisons",
                "manager",
                self.people["host"],
                _url("learning:team-paths"),
                100,
                25,
            ),
        ]
        network = "learning:network-paths"
        nationals = [
            Screen("network online", "national", national, _url(network), 150),
            Screen(
                "by department", "national", national, _url(network, query="?par=departement"), 150
            ),
            Screen(
                "by month, 3 years",
                "national",
                national,
                _url(network, query="?par=mois&du=2024-01-01"),
                150,
            ),
            *(
                Screen(f"list: {slug}", "national", national, _url(f"{network}-list", slug), 150)
                for slug in ("inscriptions", "agents", "retard", "nouveaux-sans")
            ),
        ]
        return [*agents, *self._of_trainer(trainer), *managers, *nationals]

    def _of_trainer(self, trainer: User) -> list[Screen]:
        """The pages of a cohort: those that its room has."""
        cohort = self.cohorts[0].uuid
        found = [Screen("my cohorts", "trainer", trainer, _url("learning:cohorts"), 100, 25)]
        try:
            from learning.following.tabs import TABS
        except ImportError:
            return found
        return found + [
            Screen(f"cohort: {tab.name}", "trainer", trainer, _url(tab.url_name, cohort), 100, 25)
            for tab in TABS
        ]
