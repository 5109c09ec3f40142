"""What the addresses of the trainer's space answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only


@registry.url_cases.provide("learning.running")
def cases() -> Iterator[Case]:
    from ..factories import SessionFactory

    session: Any = SessionFactory()
    steering = ("national-team", "administrator")
    preparing = ("trainer", "operator-editor", *steering)
    yield Case("/espace-pro/seances/", only(*preparing, others=403))
    yield Case("/espace-pro/seances/?etape=zz&module=zz&page=abc", only(*preparing, others=403))
    yield Case(f"/espace-pro/seances/{session.uuid}/", only(*steering, others=404))
