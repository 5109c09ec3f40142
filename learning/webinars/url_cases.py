"""What the addresses of webinars answer to each role."""

from collections.abc import Iterator
from typing import Any

from accounts.threads.url_cases import discussed
from cms import registry
from cms.matrix import Case, only, public

MEMBERS = (
    *("agent", "manager", "host-manager", "trainer", "editor", "chief-editor"),
    *("national-team", "prefecture-referent", "operator-editor", "administrator"),
)
TEAM = ("national-team", "administrator")


@registry.url_cases.provide("learning.webinars")
def cases() -> Iterator[Case]:
    from .discussions import KIND
    from .factories import make_member, make_note, make_replay, make_webinar, page_of

    coming = make_webinar("À venir")
    replay = make_replay(title="Rediffusion")
    note: Any = make_note(replay, make_member())
    yield Case(page_of(coming).get_url() or "", public())
    yield Case(f"/webinaires/{coming.uuid}/agenda.ics", public())
    yield Case("/espace-pro/webinaires/", only(*MEMBERS, others=403))
    yield Case("/espace-pro/webinaires/?voir=zz&page=abc", only(*MEMBERS, others=403))
    own = replay.get_absolute_url()
    yield Case(coming.get_absolute_url(), only(*MEMBERS, others=403))
    yield Case(f"{own}?dans={'x' * 200}&notes=zz&modifier=zz", only(*MEMBERS, others=403))
    yield Case(f"{coming.get_absolute_url()}rejoindre/", only(*MEMBERS, answer=302, others=403))
    yield Case(f"{own}rapport/", only(*MEMBERS, answer=400, others=403), method="post")
    yield Case(f"{own}notes/", only(*MEMBERS, answer=422, others=403), method="post")
    for act in ("corriger", "supprimer", "remettre"):
        # Somebody else’s private note does not exist.
        yield Case(
            f"{own}notes/{note.uuid}/{act}/",
            only(*MEMBERS, answer=404, others=403),
            method="post",
        )
    for act in ("inscription", "annuler", "vu", "pas-vu"):
        yield Case(f"{own}{act}/", only(*MEMBERS, answer=302, others=403), method="post")
    for page in ("equipe/", "equipe/?qui=zz&q=a&page=abc", "equipe/message/"):
        yield Case(f"{own}{page}", only(*TEAM, others=404))
    for page in ("equipe/presences/", "equipe/lien/", "equipe/terminer/"):
        answer = only(*TEAM, answer=302, others=404)
        yield Case(f"{own}{page}", answer, method="post")
    yield from discussed(KIND, replay.uuid, MEMBERS)
