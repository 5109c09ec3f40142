"""What the addresses of files answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only


@registry.url_cases.provide("learning.files")
def cases() -> Iterator[Case]:
    from ..factories import SessionFactory
    from .factories import session_file

    session: Any = SessionFactory()
    row = session_file(session)
    steering = ("national-team", "administrator")
    page = f"/espace-pro/seances/{session.uuid}/documents/"
    yield Case(page, only(*steering, others=404))
    yield Case(f"{page}{row.uuid}/ailleurs/", only(others=404), method="post")
    # Nobody else is registered: the file does not exist for them.
    yield Case(row.url, only(*steering, others=404, anonymous=404))
