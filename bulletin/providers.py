"""What the Bulletin gives to the other apps."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry

registry.notification_kinds.register(
    "bulletin.published",
    Kind(
        code="bulletin.published",
        label=_("An issue of the Bulletin is out"),
        description=_("Once for each issue, when it is published."),
        title=lambda context: gettext("The Bulletin is out: %(title)s") % context,
        text=lambda context: str(context["label"]),
        mail=Frequency.WEEKLY,
    ),
)


class DemoLoader:
    order = 50

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import Loader

        Loader().run()


class EnglishDemoLoader:
    # After the home page, whose translation holds that of the Bulletin.
    order = 90

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import EnglishLoader

        EnglishLoader().run()


registry.demo_pictures.register("bulletin", Path(__file__).parent / "demo" / "pictures")
registry.demo_loaders.register("bulletin", DemoLoader())
registry.demo_loaders.register("bulletin-english", EnglishDemoLoader())


@registry.listing_cards.provide("bulletin")
def listing_cards(objects: Iterable[Any], request: Any) -> list[dict[str, Any]]:
    from .searching import cards

    return cards(objects, request)


@registry.url_cases.provide("bulletin")
def url_cases() -> Iterator[tuple[str, dict[str, int]]]:
    from .searching import url_cases

    return url_cases()


@registry.admin_permissions.provide("bulletin")
def admin_permissions() -> dict[str, list[str]]:
    return {
        "editor": ["bulletin.*"],
        "chief-editor": ["bulletin.*"],
        "national-team": ["bulletin.*"],
    }


@registry.editor_panels.provide("bulletin")
def editor_panel(request: Any) -> dict[str, Any] | None:
    from .panel import panel

    return panel(request.user)
