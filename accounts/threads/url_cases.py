"""What the addresses of discussions answer to each role."""

import uuid
from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, signed_in

LIST = "/espace-pro/discussions/"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@registry.url_cases.provide("accounts.threads")
def cases() -> Iterator[Case]:
    """Addresses that depend on no object; each app adds those of its own (`discussed`)."""
    yield Case(LIST, signed_in())
    yield Case(f"{LIST}a-moderer/", only("national-team", "administrator", others=403))
    yield Case(f"{LIST}sans-objet/{NOWHERE}/", signed_in(404))


def discussed(code: str, key: uuid.UUID, readers: tuple[str, ...]) -> Iterator[Case]:
    """The cases of one object's discussion, which these roles read and the national team moderates."""
    from ..factories import UserFactory
    from ..models import Message
    from .services import thread_of

    team = ("national-team", "administrator")
    written = Message.objects.create(
        thread=thread_of(code, key),
        author=UserFactory(),
        text="Un message.",
        submission=uuid.uuid4(),
    )
    row = f"{LIST}message/{written.uuid}/"
    page = f"{LIST}{code}/{key}/"
    yield Case(page, only(*readers, others=404))
    yield Case(row, only(*readers, answer=302, others=404))
    yield Case(f"{row}signaler/", only(*readers, others=404))
    yield Case(f"{row}corriger/", only(answer=200, others=frozenset({403, 404})))
    yield Case(f"{row}masquer/", only(*team, others=frozenset({403, 404})))
    judged = only(*team, answer=302, others=frozenset({403, 404}))
    yield Case(f"{row}sans-suite/", judged, method="post")
    yield Case(f"{page}suivre/", only(*readers, answer=302, others=404), method="post")
    yield Case(f"{page}fermer/", judged, method="post")
