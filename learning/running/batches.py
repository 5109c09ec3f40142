"""Registering from a file: it is read and checked line by line, shown, then written whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.text import plain

from .. import people_lists, rules
from ..csv_rows import Column, Row
from ..models import Registration, RegistrationImport, RegistrationImportRow, Session
from ..people_lists import Incomplete
from ..services import registrations as service
from . import people, team
from .queries import ranks

Verdict = RegistrationImportRow.Verdict
MOST_ROWS = team.MOST_AT_ONCE
COLUMNS = (
    Column("email", gettext_lazy("E-mail address"), ("e-mail", "mail", "courriel", "email"), False),
    Column("last_name", gettext_lazy("Last name"), ("nom", "nom complet", "name"), False),
    Column("first_name", gettext_lazy("First name"), ("prénom",), False),
    Column("maison", gettext_lazy("Maison"), ("maison", "msap", "france services"), False),
)


@dataclass
class Known:
    """The people that one may register, found by address or by name."""

    steers: bool
    by_email: dict[str, list[tuple[Any, Any]]] = field(default_factory=dict)
    by_name: dict[tuple[str, ...], list[tuple[Any, Any]]] = field(default_factory=dict)

    def add(self, person: Any, maison: Any) -> None:
        self.by_email.setdefault(person.email, []).append((person, maison))
        self.by_name.setdefault(_words(person.get_full_name()), []).append((person, maison))


def known_to(user: Any) -> Known:
    """Members of one's team; for the national team, whoever is of the network."""
    known = Known(rules.steers(user))
    with_maison = set()
    for member in team.members(user):
        known.add(member.user, member.maison)
        with_maison.add(member.user_id)
    if known.steers:
        for person in people.members().exclude(pk__in=with_maison):
            known.add(person, None)
    return known


def _words(name: str) -> tuple[str, ...]:
    """A name whatever the order, case and accents: ("camille", "exemple")."""
    return tuple(sorted(plain(name).split()))


@dataclass
class Checked(people_lists.Line):
    """A line and what was found of it."""

    maison: Any = None


def check(rows: Iterable[Row], session: Session, user: Any) -> list[Checked]:
    """Whom each line names, and whether they can be registered."""
    known = known_to(user)
    held = {row.user_id: row for row in Registration.objects.filter(session=session).in_play()}
    seen: dict[int, int] = {}
    found = []
    for row in rows:
        line = Checked(row)
        try:
            line.person, line.maison = resolve(row, known)
            line.check_once(seen)
        except ValidationError as error:
            line.reject(" ".join(error.messages))
        else:
            if other := held.get(line.person.pk):
                line.verdict, line.reason = Verdict.ALREADY, team.already(other)
        found.append(line)
    return found


def resolve(row: Row, known: Known) -> tuple[Any, Any]:
    """(person, Maison) of a line. Raises ValidationError with what is wrong."""
    if row.problem:
        raise ValidationError(row.problem)
    email, name = row["email"].lower(), f"{row['first_name']} {row['last_name']}".strip()
    if email:
        found = known.by_email.get(email, [])
    elif name and row["maison"]:
        found = known.by_name.get(_words(name), [])
    else:
        raise ValidationError(_("Give an e-mail address, or a name and a Maison."))
    if not found:
        # A manager must not learn from a file who has an account elsewhere in the network.
        raise ValidationError(
            _("Nobody of the network is known by this.")
            if known.steers
            else _("Nobody of your team is known by this.")
        )
    if row["maison"]:
        asked = plain(row["maison"])
        found = [pair for pair in found if pair[1] is not None and plain(pair[1].name) == asked]
        if not found:
            raise ValidationError(_("This person is not of this Maison."))
    if len({person.pk for person, _maison in found}) > 1:
        raise ValidationError(_("Several people have this name: give the e-mail address."))
    return found[0]


def read(session: Session, file: Any, *, by: Any) -> RegistrationImport:
    """Read a file and keep what was found of it; nobody is registered yet.

    Raises ValidationError for a file that cannot be read as a whole, or that is too long.
    """
    rows = people_lists.rows_of(file, COLUMNS, MOST_ROWS)
    kept: RegistrationImport = people_lists.keep(
        RegistrationImport(session=session, by=by),
        file,
        check(rows, session, by),
        lambda line: {"maison": line.maison if line.verdict != Verdict.REJECTED else None},
    )
    return kept


@transaction.atomic
def write(batch: RegistrationImport, *, by: Any, partly: bool = False) -> RegistrationImport:
    """Register the people of a list: all, or nobody. Written once, it stays so.

    partly: leave out the lines that are rejected, and those that can no longer be registered.
    Raises Incomplete, with the reasons.
    """
    service.lock(batch.session_id)
    batch = RegistrationImport.objects.select_for_update().get(pk=batch.pk)
    if batch.state == RegistrationImport.State.WRITTEN:
        return batch
    rows = list(batch.rows.select_related("person", "maison"))
    if not partly and any(row.verdict == Verdict.REJECTED for row in rows):
        raise Incomplete(_("Some lines are rejected: nobody was registered."))
    allowed = _still_allowed(rows, by)
    for row in rows:
        if row.verdict == Verdict.GOOD:
            _write_row(batch.session, row, allowed, by, partly)
    batch.state = RegistrationImport.State.WRITTEN
    batch.save(update_fields=["state"])
    _say_ranks(batch.session, rows)
    return batch


def _still_allowed(rows: list[RegistrationImportRow], by: Any) -> set[int]:
    """Those of the list whom one may still register: a membership may have ended since."""
    asked = [row.person_id for row in rows if row.person_id]
    if rules.steers(by):
        return set(people.members().filter(pk__in=asked).values_list("pk", flat=True))
    return set(rules.team_of(by).filter(user__in=asked).values_list("user_id", flat=True))


def _write_row(
    session: Session, row: RegistrationImportRow, allowed: set[int], by: Any, partly: bool
) -> None:
    try:
        if row.person_id not in allowed:
            raise service.CannotRegister(_("This person left your team."))
        team.register_one(session, row.person, row.maison, by=by)
    except service.CannotRegister as error:
        reason = " ".join(error.messages)
        if not partly:
            raise Incomplete(
                _("Line %(line)d: %(reason)s Nobody was registered.")
                % {"line": row.line, "reason": reason}
            ) from error
        row.verdict, row.reason = Verdict.REJECTED, reason[:300]
    else:
        row.verdict = Verdict.DONE


def _say_ranks(session: Session, rows: list[RegistrationImportRow]) -> None:
    """Write beside each line what became of it."""
    places = ranks(session)
    held = {r.user_id: r for r in Registration.objects.filter(session=session).in_play()}
    for row in rows:
        if row.verdict == Verdict.DONE and (found := held.get(row.person_id or 0)):
            row.reason = team.in_words(found, places)[:300]
    RegistrationImportRow.objects.bulk_update(rows, ["verdict", "reason"])
