"""What training keeps on the device of whoever uses it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms import registry
from cms.legal.stored import Stored

from .attendance.claims import cookie_name


@registry.device_storage.provide("learning")
def on_the_device() -> Iterator[Stored]:
    storage = _("Storage of the browser")
    yield Stored(
        cookie_name(),
        _("Cookie"),
        _("Remembers that you were at the door while you sign in, to confirm your presence."),
        _("Ten minutes"),
    )
    yield Stored(
        "attendance-entry",
        storage,
        _("Keeps what a trainer enters while the network is away. It holds no name."),
        _("Until it is sent, or until you sign out"),
    )
    yield Stored(
        "attendance-state",
        storage,
        _("Remembers what the attendance sheet showed, for the time without network."),
        _("Until you sign out"),
    )
    yield Stored(
        "unit",
        storage,
        _("Keeps what you did in a unit while the network is away."),
        _("Until it is sent"),
    )
    yield Stored(
        "draft",
        storage,
        _("Keeps a note or a work that you write while it is not saved yet."),
        _("Until it is saved"),
    )
    yield Stored(
        "quiz",
        storage,
        _("Keeps the answers of a quiz while the network is away."),
        _("Until they are sent"),
    )
    yield Stored(
        "film-speed",
        storage,
        _("Remembers the speed at which you play recordings, when it is not the usual one."),
        _("Until you choose the usual speed again"),
    )
