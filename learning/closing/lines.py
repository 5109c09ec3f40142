"""What a line of past attendance says, checked against what the site knows."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cms.models import Commune
from cms.places import normalise_place_name
from cms.text import plain
from maisons.models import Maison, Membership

from ..csv_rows import Row
from ..kinds import RegistrationState, SessionKind, SessionState
from ..models import Registration, Session, TrainingModulePage
from ..models.sessions import PARIS

PILOT = {"pilote", "pilot", "session pilote", "pilot session"}
REGULAR = {"", "session", "regular", "ordinaire", "reguliere"}
SEPARATORS = re.compile(r"[;,+|]|\bet\b|\band\b")
WITH_DEPARTMENT = re.compile(r"(.+)\(\s*([0-9][0-9ABab][0-9]?)\s*\)")
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
MOST_HALF_DAYS = 40
EARLIEST = dt.date(2000, 1, 1)


@dataclass
class Entry:
    """A line that was understood."""

    line: int
    module: TrainingModulePage
    commune: Commune | None
    dates: tuple[dt.date, ...]
    kind: str
    user: User
    maison: Maison | None
    attended: int
    due: int
    known: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.module.pk, self.commune.pk if self.commune else None, self.dates)


@dataclass
class Reading:
    """What a file says: entries that may be written, and what is wrong by line."""

    entries: list[Entry] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.known]


class Wrong(ValueError):
    """What is wrong with a line, to whoever sent it."""


def understand(rows: Iterable[Row]) -> Reading:
    """Check every line against what the site knows, in a constant number of queries."""
    rows = list(rows)
    known = Known(rows)
    reading = Reading()
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        try:
            if row.problem:
                raise Wrong(row.problem)
            entry = known.entry(row)
            twin = seen.setdefault((*entry.key, entry.user.pk), row.line)
            if twin != row.line:
                raise Wrong(_("Same person and session as line %(line)d.") % {"line": twin})
            entry.known = known.is_recorded(entry)
            reading.entries.append(entry)
        except Wrong as wrong:
            reading.problems[row.line] = str(wrong)
    _refuse_disagreements(reading)
    return reading


def _refuse_disagreements(reading: Reading) -> None:
    """Lines of one session name the same kind."""
    first: dict[tuple[Any, ...], Entry] = {}
    kept = []
    for entry in reading.entries:
        other = first.setdefault(entry.key, entry)
        if other.kind != entry.kind:
            reading.problems[entry.line] = _("Not the same kind of session as line %(line)d.") % {
                "line": other.line
            }
        else:
            kept.append(entry)
    reading.entries = kept


class Known:
    """What the lines of a file may name, read at once."""

    def __init__(self, rows: list[Row]) -> None:
        self.modules: dict[str, list[TrainingModulePage]] = defaultdict(list)
        for page in TrainingModulePage.objects.defer_streamfields():
            for name in {plain(page.title), plain(page.slug)}:
                self.modules[name].append(page)
        cities = {normalise_place_name(_city(row["city"])[0]) for row in rows if row["city"]}
        self.communes: dict[str, list[Commune]] = defaultdict(list)
        for commune in Commune.objects.filter(normalised_name__in=cities).select_related(
            "department"
        ):
            self.communes[commune.normalised_name].append(commune)
        self.people = self._people(rows)
        self.members = self._members(rows)
        self.sessions = self._sessions()

    @staticmethod
    def _people(rows: list[Row]) -> dict[str, User]:
        emails = {row["email"].lower() for row in rows if row["email"]}
        found = {}
        for some in batches(sorted(emails)):
            for user in User.objects.filter(email__in=some, erased_at=None):
                found[user.email] = user
        return found

    @staticmethod
    def _members(rows: list[Row]) -> list[Membership]:
        """Memberships, past ones too, of the Maisons that are named."""
        names = {row["maison"] for row in rows if row["maison"]}
        wanted: list[Membership] = []
        for some in batches(sorted(names)):
            held = Membership.objects.filter(Q(maison__name__in=some) | Q(maison__slug__in=some))
            wanted += held.filter(user__erased_at=None).select_related("user", "maison")
        return wanted

    def _sessions(self) -> dict[tuple[Any, ...], tuple[bool, set[int]]]:
        """{what names a session: (imported, people in it)} of those that are closed or open."""
        found: dict[tuple[Any, ...], tuple[bool, set[int]]] = {}
        held = defaultdict(set)
        confirmed = Registration.objects.filter(
            state=RegistrationState.CONFIRMED, session__module__in=self._named()
        )
        for session_id, user_id in confirmed.values_list("session", "user"):
            held[session_id].add(user_id)
        rows = Session.objects.filter(
            module__in=self._named(), state__in=(SessionState.CLOSED, SessionState.OPEN)
        ).prefetch_related("dates", "attendance_imports")
        for session in rows.select_related("commune__department"):
            key = (session.module_id, session.commune_id, days_of(session))
            found[key] = (bool(session.attendance_imports.all()), held[session.pk])
        return found

    def _named(self) -> set[int]:
        return {page.pk for pages in self.modules.values() for page in pages}

    # -- One line --------------------------------------------------------------------------------

    def entry(self, row: Row) -> Entry:
        """The line understood. Raises Wrong."""
        attended, due = _half_days(row)
        user, maison = self._person(row)
        return Entry(
            line=row.line,
            module=self._module(row["module"]),
            commune=self._commune(row["city"]),
            dates=parse_dates(row["dates"]),
            kind=_kind(row["kind"]),
            user=user,
            maison=maison,
            attended=attended,
            due=due,
        )

    def _module(self, text: str) -> TrainingModulePage:
        found = self.modules.get(plain(text), [])
        if len(found) != 1:
            raise Wrong(_("No module is called “%(name)s”.") % {"name": text[:80]})
        return found[0]

    def _commune(self, text: str) -> Commune | None:
        if not text:
            return None
        name, department = _city(text)
        found = [
            commune
            for commune in self.communes.get(normalise_place_name(name), [])
            if department in ("", commune.department_id)
        ]
        if not found:
            raise Wrong(_("No commune is called “%(name)s”.") % {"name": text[:80]})
        if len(found) > 1:
            raise Wrong(
                _(
                    "Several communes are called “%(name)s”: add the department, like “%(name)s (%(code)s)”."
                )
                % {"name": name[:80], "code": found[0].department_id}
            )
        return found[0]

    def _person(self, row: Row) -> tuple[User, Maison | None]:
        if row["email"]:
            user = self.people.get(row["email"].lower())
            if user is None:
                raise Wrong(_("No account has the address %(email)s.") % {"email": row["email"]})
            return user, self._maison_of(user, row["maison"])
        if not (row["name"] and row["maison"]):
            raise Wrong(_("Give the e-mail address of the person, or their name and Maison."))
        names = {plain(row["name"])}
        found = {
            held.user_id: held
            for held in self.members
            if _names(held.maison, row["maison"]) and names & _spellings(held.user)
        }
        if len(found) != 1:
            raise Wrong(
                _("%(n)d people of this Maison are called “%(name)s”.")
                % {"n": len(found), "name": row["name"][:80]}
            )
        held = next(iter(found.values()))
        return held.user, held.maison

    def _maison_of(self, user: User, name: str) -> Maison | None:
        if not name:
            return None
        for held in self.members:
            if held.user_id == user.pk and _names(held.maison, name):
                return held.maison
        raise Wrong(_("This person never was a member of “%(name)s”.") % {"name": name[:80]})

    def is_recorded(self, entry: Entry) -> bool:
        """Whether the person is in that session already. Raises Wrong for a session held here."""
        imported, people = self.sessions.get(entry.key, (True, set()))
        if entry.user.pk in people:
            return True
        if not imported:
            raise Wrong(_("This session is on the site: its attendance is corrected there."))
        return False


def _city(text: str) -> tuple[str, str]:
    """("Saint-Denis", "974") of "Saint-Denis (974)"; the department may be missing."""
    match = WITH_DEPARTMENT.fullmatch(text)
    return (match[1].strip(), match[2].upper()) if match else (text, "")


def batches(values: list[Any], size: int = 400) -> Iterable[list[Any]]:
    """Few enough at a time for a query."""
    return (values[n : n + size] for n in range(0, len(values), size))


def _names(maison: Maison, text: str) -> bool:
    return plain(text) in {plain(maison.name), plain(maison.slug)}


def _spellings(user: User) -> set[str]:
    return {
        plain(f"{user.first_name} {user.last_name}"),
        plain(f"{user.last_name} {user.first_name}"),
    }


def _half_days(row: Row) -> tuple[int, int]:
    values = []
    for key in ("attended", "due"):
        text = row[key]
        if not re.fullmatch(r"[0-9]{1,3}", text):
            raise Wrong(_("“%(value)s” is not a number of half-days.") % {"value": text[:40]})
        values.append(int(text))
    attended, due = values
    if not 1 <= due <= MOST_HALF_DAYS:
        raise Wrong(_("The half-days due are from 1 to %(n)d.") % {"n": MOST_HALF_DAYS})
    if attended > due:
        raise Wrong(_("More half-days attended than due."))
    return attended, due


def _kind(text: str) -> str:
    if plain(text) in PILOT:
        return SessionKind.PILOT
    if plain(text) in REGULAR:
        return SessionKind.REGULAR
    raise Wrong(_("“%(value)s” is neither “session” nor “pilot”.") % {"value": text[:40]})


def parse_dates(text: str, today: dt.date | None = None) -> tuple[dt.date, ...]:
    """The past days of a cell: "2016-10-04", "04/10/2016 et 05/10/2016". Raises Wrong."""
    today = today or timezone.now().astimezone(PARIS).date()
    days = sorted({_date(part.strip()) for part in SEPARATORS.split(text) if part.strip()})
    if not days:
        raise Wrong(_("Give the date, like 04/10/2016."))
    if days[-1] >= today:
        raise Wrong(_("The session is not over."))
    if days[0] < EARLIEST:
        raise Wrong(_("The date is before the year 2000."))
    if len(days) > MOST_HALF_DAYS:
        raise Wrong(_("There are too many dates."))
    return tuple(days)


def _date(text: str) -> dt.date:
    for pattern in FORMATS:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Wrong(_("“%(value)s” is not a date like 04/10/2016.") % {"value": text[:40]})


def days_of(session: Session) -> tuple[dt.date, ...]:
    return tuple(sorted({date.local_start.date() for date in session.current_dates}))
