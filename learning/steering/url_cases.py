"""What the screens of training answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, signed_in

STEERING = ("national-team", "administrator")
MANAGERS = ("manager", "host-manager")


@registry.url_cases.provide("learning.steering")
def cases() -> Iterator[Case]:
    from accounts.factories import UserFactory

    from .network import LISTS

    mine, team, network = (
        "/espace-pro/formations/",
        "/espace-pro/equipe/formations/",
        "/espace-pro/formations/reseau/",
    )
    yield Case(mine, signed_in())
    yield Case(f"{mine}historique/", signed_in())
    yield Case(f"{mine}historique/?annee=x&module=zz&page=abc", signed_in())
    # A wrong filter sends back to the page, which says so: a document is long to make.
    yield Case(f"{mine}historique/pdf/?annee=x", signed_in(302))
    yield Case("/exports/mes-formations/?format=csv", signed_in())

    others = {**only(*MANAGERS, others=403), **dict.fromkeys(STEERING, 302)}
    yield Case(team, others)
    yield Case(f"{team}?maison=zz&sans=zz&etat=zz&page=abc", others)
    # Somebody of no team of theirs: nobody sees them.
    stranger: Any = UserFactory()
    yield Case(f"{team}{stranger.uuid}/", only(*MANAGERS, answer=404, others=403))
    for code in ("equipe-personnes", "equipe-formations"):
        yield Case(f"/exports/{code}/?format=csv", only(*MANAGERS, others=404))

    yield Case(network, only(*STEERING, others=403))
    yield Case(
        f"{network}?du=x&module=zz&ville=zz&session=1&mois=x&par=zz&page=abc",
        only(*STEERING, others=403),
    )
    yield Case(f"{network}rien/", only(*STEERING, answer=404, others=403))
    for slug in LISTS:
        yield Case(f"{network}{slug}/?du=2015-01-01", only(*STEERING, others=403))
        yield Case(f"/exports/formation-{slug}/?format=csv", only(*STEERING, others=404))
