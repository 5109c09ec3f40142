"""One account for each role, for the demonstration: fictitious people with a known password."""

from dataclasses import dataclass

from django.conf import settings

from cms import registry

from . import services
from .models import User
from .scopes import NATIONAL, Scope, ScopeKind, role_label

PASSWORD = "maisons-de-demonstration"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """Somebody invented. Agents and managers get their Maison from the `maisons` app."""

    address: str
    first_name: str
    last_name: str
    role: str
    scope: Scope | None = NATIONAL

    @property
    def email(self) -> str:
        return f"{self.address}@example.org"


# `La Poste` is the host organisation and `Pôle emploi` the operator that the sources name most.
PEOPLE = (
    Person("administration", "Alix", "Technique", "administrator"),
    Person("cellule", "Camille", "Nationale", "national-team"),
    Person("redaction-en-chef", "Dominique", "Chef", "chief-editor"),
    Person("redaction", "Valery", "Rédaction", "editor"),
    Person("formation", "Sacha", "Formation", "trainer"),
    Person(
        "prefecture",
        "Maxime",
        "Préfecture",
        "prefecture-referent",
        Scope(ScopeKind.DEPARTMENT, "19"),
    ),
    Person(
        "operateur", "Charlie", "Opérateur", "operator-editor", Scope("operator", "pole-emploi")
    ),
    Person("structure", "Lou", "Structure", "host-manager", Scope("host-organisation", "la-poste")),
    Person("responsable", "Andrea", "Responsable", "manager", None),
    Person("agent", "Noa", "Accueil", "agent", None),
)


class Loader:
    """Adds who is missing; changes and deletes nobody."""

    order = 40

    def load(self, verbosity: int = 1) -> None:
        if not settings.DEMO_ACCOUNTS:
            # Elsewhere a known password would be a way in.
            return
        for person in PEOPLE:
            if User.objects.filter(email=person.email).exists():
                continue
            user = User.objects.create_user(
                person.email,
                PASSWORD,
                first_name=person.first_name,
                last_name=f"{person.last_name} (fictif)",
                job_title=role_label(person.role),
            )
            if person.scope is not None:
                services.grant(user, person.role, person.scope)


registry.demo_loaders.register("accounts", Loader())
