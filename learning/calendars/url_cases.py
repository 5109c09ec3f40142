"""What the addresses of calendars answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, public, signed_in


@registry.url_cases.provide("learning.calendars")
def cases() -> Iterator[Case]:
    from ..factories import RegistrationFactory, SessionFactory
    from ..kinds import SessionState
    from ..models import CalendarFeed
    from .tokens import token_of

    row: Any = RegistrationFactory()
    draft: Any = SessionFactory(state=SessionState.DRAFT)
    feed = CalendarFeed.objects.create(user=row.user)
    mine = "/espace-pro/formations/agenda/"
    # The address is the key: whoever has it reads it.
    yield Case(f"/calendrier/{token_of(feed)}.ics", public())
    yield Case(f"/calendrier/{'0' * 96}.ics", public(404))
    yield Case(f"{row.session.get_absolute_url()}agenda.ics", public())
    yield Case(
        f"{draft.get_absolute_url()}agenda.ics",
        only("national-team", "administrator", others=404, anonymous=404),
    )
    # Nobody takes the file of somebody else's registration.
    yield Case(f"{row.get_absolute_url()}agenda.ics", only(others=404))
    yield Case(mine, signed_in())
    yield Case(f"{mine}creer/", signed_in(302), method="post")
    yield Case(f"{mine}couper/", signed_in(302), method="post")
