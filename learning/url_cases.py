"""What the addresses of training answer to each role."""

from collections.abc import Iterator
from typing import Any

from accounts.threads.url_cases import discussed
from cms import registry
from cms.matrix import Case, only, public


@registry.url_cases.provide("learning")
def cases() -> Iterator[Case]:
    from .discussions import KIND
    from .factories import RegistrationFactory, SessionFactory, catalogue
    from .kinds import SessionState

    page = catalogue()
    session: Any = SessionFactory()
    draft: Any = SessionFactory(state=SessionState.DRAFT)
    steering = ("national-team", "administrator")
    row: Any = RegistrationFactory(session=session)
    members = (
        *("agent", "manager", "host-manager", "trainer", "editor", "chief-editor"),
        *("national-team", "prefecture-referent", "operator-editor", "administrator"),
    )
    yield Case(page.get_url() or "/formation/", public())
    yield Case(session.module.get_url() or "", public())
    yield from discussed(KIND, session.module.translation_key, members)
    yield Case("/formations/", public(302))
    yield Case("/sessions/", public())
    yield Case("/sessions/?module=zz&pres_de=Limoges&rayon=x&commune=zz&page=abc", public())
    yield Case(session.get_absolute_url(), public())
    yield Case(draft.get_absolute_url(), only(*steering, others=404, anonymous=404))
    yield Case(f"{session.get_absolute_url()}inscription/", only(*members, others=403))
    yield Case(row.get_absolute_url(), only(*steering, others=404))
    for act in ("accepter", "annuler", "approuver", "refuser"):
        allowed = steering if act in {"annuler", "approuver", "refuser"} else ()
        yield Case(
            f"{row.get_absolute_url()}{act}/",
            only(*allowed, answer=302, others=frozenset({403, 404})),
            method="post",
        )
