"""What the screens of online learning answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, signed_in

STEERING = ("national-team", "administrator")
MANAGERS = ("manager", "host-manager")


@registry.url_cases.provide("learning.overview")
def cases() -> Iterator[Case]:
    from .network import LISTS

    team, network = "/espace-pro/equipe/parcours/", "/espace-pro/formations/reseau/parcours/"
    others = {**only(*MANAGERS, others=403), **dict.fromkeys(STEERING, 302)}
    yield Case(team, others)
    yield Case(f"{team}?maison=zz&parcours=zz&etat=zz&page=abc", others)
    yield Case("/exports/equipe-parcours/?format=csv", only(*MANAGERS, others=404))

    yield Case("/espace-pro/formations/themes/", signed_in())
    yield Case("/espace-pro/formations/themes/", signed_in(422), "post", {"themes": "zz"})
    yield Case(network, only(*STEERING, others=403))
    yield Case(
        f"{network}?du=x&parcours=zz&module=zz&mois=x&par=zz&page=abc", only(*STEERING, others=403)
    )
    yield Case(f"{network}rien/", only(*STEERING, answer=404, others=403))
    for slug in LISTS:
        yield Case(f"{network}{slug}/?du=2015-01-01", only(*STEERING, others=403))
        yield Case(f"/exports/parcours-{slug}/?format=csv", only(*STEERING, others=404))
    yield Case("/exports/parcours-progression/?format=csv", only(*STEERING, others=404))
