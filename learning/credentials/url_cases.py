"""What the addresses of attestations answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, public, signed_in


@registry.url_cases.provide("learning.credentials")
def cases() -> Iterator[Case]:
    from ..closing.factories import CertificateFactory
    from . import keys
    from .factories import make_certificate

    row = make_certificate()
    of_session = CertificateFactory()
    key = keys.current()
    says = row.facts
    own = f"/espace-pro/attestations/parcours/{row.uuid}"
    all_of_them = "/espace-pro/attestations/suivies/"
    steering = ("national-team", "administrator")
    following = ("trainer", *steering)
    yield Case("/verifier/", public())
    yield Case("/verifier/?code=%00%22", public())
    yield Case("/verifier/", public(), method="post")
    yield Case(row.get_check_url(), public())
    yield Case("/verifier/2222-2222-2222-2222/", public(404))
    yield Case(f"/verifier/{of_session.number}/", public())  # type: ignore[attr-defined]
    yield Case("/attestations/", public(301))
    yield Case("/attestations/2026-AP-000001-XXXXX/", public(301))
    yield Case("/.well-known/jwks.json", public())
    yield Case("/badges/emetteur/", public())
    yield Case(key.get_absolute_url(), public())
    yield Case(f"/badges/parcours/{says['path_uuid']}/{says['version']}/", public())
    yield Case(f"/badges/parcours/{says['path_uuid']}/{says['version']}/badge.svg", public())
    yield Case(f"/badges/parcours/{says['path_uuid']}/999/", public(404))
    yield Case(f"/badges/statuts/{row.status_list.uuid}/", public())
    yield Case("/espace-pro/attestations/", signed_in())
    yield Case("/espace-pro/attestations/?page=abc", signed_in())
    yield Case(f"{own}/", only(*steering, answer=302, others=404))
    yield Case(f"{own}/badge.jwt", signed_in(404))
    yield Case(f"{own}/badge.svg", signed_in(404))
    yield Case(all_of_them, only(*following, others=403))
    yield Case(f"{all_of_them}?parcours=zz&etat=zz&annee=zz&page=abc", only(*following, others=403))
    yield Case(
        f"{all_of_them}{row.uuid}/",
        {"anonymous": "sign-in", "trainer": 404, **dict.fromkeys(steering, 200), "*": 403},
    )
    yield Case(f"{all_of_them}reprendre/", only(*following, answer=302, others=403), method="post")
