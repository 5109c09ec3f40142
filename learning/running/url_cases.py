"""What the addresses of the trainer's space answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, public


@registry.url_cases.provide("learning.running")
def cases() -> Iterator[Case]:
    from ..factories import RegistrationFactory, SessionFactory
    from ..kinds import SessionState
    from ..models import RegistrationImport

    session: Any = SessionFactory()
    steering = ("national-team", "administrator")
    preparing = ("trainer", "operator-editor", *steering)
    yield Case("/espace-pro/seances/", only(*preparing, others=403))
    yield Case("/espace-pro/seances/?etape=zz&module=zz&page=abc", only(*preparing, others=403))
    own = f"/espace-pro/seances/{session.uuid}/"
    yield Case(own, only(*steering, others=404))
    yield Case("/espace-pro/seances/nouvelle/", only(*preparing, others=403))
    for page in ("preparer", "modifier", "annuler"):
        yield Case(f"{own}{page}/", only(*steering, others=404))
    yield Case(f"{own}dupliquer/", only(*steering, answer=422, others=404), method="post")
    for act in ("annoncer", "supprimer"):
        draft: Any = SessionFactory(state=SessionState.DRAFT, commune=None)
        address = f"/espace-pro/seances/{draft.uuid}/{act}/"
        answer = frozenset({302, 404})  # the second finds the draft gone
        yield Case(address, only(*steering, answer=answer, others=404), method="post")
    row: Any = RegistrationFactory(session=session)
    for page in ("ajouter/", "messages/", "messages/ecrire/", f"participants/{row.uuid}/"):
        yield Case(f"{own}{page}", only(*steering, others=404))
    yield Case(f"{own}messages/ecrire/?public=zz&a=zz&a=1", only(*steering, others=404))
    yield Case(f"{own}ajouter/?q=a", only(*steering, others=404))
    one = f"{own}participants/{row.uuid}/"
    for act in ("annuler", "en-tete"):
        yield Case(f"{one}{act}/", only(*steering, answer=422, others=404), method="post")
    leading = ("manager", "host-manager", *steering)
    for address in (
        f"/sessions/{session.uuid}/equipe/",
        f"/sessions/{session.uuid}/equipe/?maison=zz&q=a&personne=zz&page=abc",
        f"/sessions/{session.uuid}/equipe/fichier/",
        "/espace-pro/formations/inscrire/?personne=zz&module=zz",
        "/espace-pro/formations/a-approuver/",
    ):
        yield Case(address, only(*leading, others=403))
    batch = RegistrationImport.objects.create(session=session, by=row.user, filename="liste.csv")
    not_theirs = only(*leading, answer=404, others=403)
    yield Case(f"/sessions/{session.uuid}/equipe/fichier/{batch.uuid}/", not_theirs)
    for view in ("calendrier", "carte"):
        yield Case(f"/sessions/{view}/", public())
        wrong = (
            "module=zz&pres_de=Limoges&rayon=x&commune=zz&page=abc&du=x&au=9999-99-99&mois=2026-13"
        )
        yield Case(f"/sessions/{view}/?{wrong}", public())
