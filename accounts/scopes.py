"""The roles of the network and what they can be given over. Pure data: no model is read here.

A role is a word of the whole network; what it allows is said by `rules` predicates beside each
model, all of which ask `accounts.roles.has_role`. See `docs/roles.md`.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScopeKind(TextChoices):
    """Kinds of scope. `maison` is for roles that come from `maisons.Membership`, never assigned."""

    NATIONAL = "national", _("national")
    REGION = "region", _("region")
    DEPARTMENT = "department", _("department")
    OPERATOR = "operator", _("operator")
    HOST_ORGANISATION = "host-organisation", _("host organisation")
    MAISON = "maison", _("Maison")

    @classmethod
    def assignable(cls) -> list[tuple[str, Any]]:
        return [(kind.value, kind.label) for kind in cls if kind is not cls.MAISON]


@dataclass(frozen=True)
class Scope:
    """Over what a role holds: a kind, and the code of one thing of that kind.

    Codes: INSEE code of the region or department, code of the operator or of one of its branches,
    slug of the host organisation, slug of the Maison; nothing for the whole country.
    """

    kind: str
    code: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ScopeKind.values:
            raise ValueError(f"No such kind of scope: {self.kind!r}")
        if (self.kind == ScopeKind.NATIONAL) != (self.code == ""):
            raise ValueError(f"A scope other than national needs a code: {self.kind!r}")

    def __str__(self) -> str:
        label = str(ScopeKind(self.kind).label)
        return f"{label} {self.code}".strip()


NATIONAL = Scope(ScopeKind.NATIONAL)


@dataclass(frozen=True)
class Role:
    """A role: over what it may be given, whether it opens the admin and demands a second factor."""

    code: str
    label: Any
    scope_kinds: tuple[str, ...]
    includes: tuple[str, ...] = ()
    sensitive: bool = False


AGENT = "agent"
MANAGER = "manager"
HOST_MANAGER = "host-manager"
TRAINER = "trainer"
EDITOR = "editor"
CHIEF_EDITOR = "chief-editor"
NATIONAL_TEAM = "national-team"
PREFECTURE_REFERENT = "prefecture-referent"
OPERATOR_EDITOR = "operator-editor"
ADMINISTRATOR = "administrator"

_K = ScopeKind
_ALL = (
    Role(HOST_MANAGER, _("Host organisation manager"), (_K.HOST_ORGANISATION,)),
    Role(TRAINER, _("Trainer"), (_K.NATIONAL, _K.REGION, _K.DEPARTMENT)),
    Role(EDITOR, _("Editor"), (_K.NATIONAL,), sensitive=True),
    Role(CHIEF_EDITOR, _("Chief editor"), (_K.NATIONAL,), (EDITOR,), sensitive=True),
    Role(NATIONAL_TEAM, _("National team"), (_K.NATIONAL,), (EDITOR,), sensitive=True),
    Role(PREFECTURE_REFERENT, _("Prefecture referent"), (_K.DEPARTMENT,)),
    Role(OPERATOR_EDITOR, _("Operator editor"), (_K.OPERATOR,)),
    Role(ADMINISTRATOR, _("Administrator"), (_K.NATIONAL,), (NATIONAL_TEAM,), sensitive=True),
)
# Those that RoleAssignment may hold: agent and manager come from memberships alone.
ROLES: dict[str, Role] = {role.code: role for role in _ALL}
MEMBERSHIP_ROLES: dict[str, Any] = {AGENT: _("Agent"), MANAGER: _("Manager of a Maison")}


def role_label(code: str) -> str:
    role = ROLES.get(code)
    return str(role.label if role else MEMBERSHIP_ROLES.get(code, code))


def roles_granting(code: str) -> frozenset[str]:
    """Every assignable role that carries this one, itself included."""
    found = {code} & ROLES.keys()
    while more := {r.code for r in _ALL if set(r.includes) & found} - found:
        found |= more
    return frozenset(found)
