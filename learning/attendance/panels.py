"""What "Mes formations" says of attendance: a half-day that one may sign now."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ..steering import panels
from ..steering.mine import mine
from . import links, queries, windows
from .words import name_of


@panels.register_to_do
def to_sign(request: HttpRequest) -> Iterator[panels.ToDo]:
    """By the code at the door, or by one's link when one takes part remotely."""
    for one in queries.to_sign(request.user, held=mine(request.user).rows):
        remote = one.registration.remote
        yield panels.ToDo(
            title=_("Sign my presence"),
            label=_("Sign"),
            url=links.personal_path(one.registration, one.half_day)
            if remote
            else reverse("learning:attendance-enter"),
            text=_("%(module)s, %(half_day)s")
            % {
                "module": one.registration.session.module.title,
                "half_day": name_of(one.half_day),
            },
            until=windows.ends_at(one.half_day),
            order=1,
        )
