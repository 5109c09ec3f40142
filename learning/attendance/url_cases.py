"""What the addresses of attendance answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, public, signed_in


@registry.url_cases.provide("learning.attendance")
def cases() -> Iterator[Case]:
    from ..factories import RegistrationFactory, SessionFactory
    from .links import personal_path
    from .queries import half_days_of

    session: Any = SessionFactory()
    row: Any = RegistrationFactory(session=session, remote=True)
    half_day = half_days_of(session)[0]
    steering = ("national-team", "administrator")
    run = f"/espace-pro/seances/{session.uuid}/emargement/"
    yield Case("/emargement/", signed_in())
    yield Case("/emargement/presence/", signed_in(410))
    yield Case("/emargement/ABCDEFGHJKMNPQRS/", public(410))
    yield Case("/emargement/lien/x/", signed_in(404))
    yield Case(personal_path(row, half_day), signed_in(403))
    yield Case("/espace-pro/seances/hors-ligne.js", public())
    for part in ("", "?demi_journee=zz", "porte/", "porte/?demi_journee=zz", "porte/code/"):
        yield Case(run + part, only(*steering, others=404))
    pdf = frozenset({200, 503})  # 503: this machine cannot make PDF files
    for part in ("feuille.pdf", "feuille-vierge.pdf"):
        yield Case(run + part, only(*steering, answer=pdf, others=404))
    yield Case(f"{run}{half_day.uuid}/{row.uuid}/", only(*steering, others=404))
    yield Case(f"{run}etat/", only(*steering, others=404, anonymous=401))
    yield Case(f"{run}lot/", only(*steering, answer=400, others=404, anonymous=401), method="post")
    for part in ("saisie/", f"{half_day.uuid}/contresigner/"):
        yield Case(run + part, only(*steering, answer=302, others=404), method="post")
