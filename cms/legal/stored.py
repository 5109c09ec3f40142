"""What is kept on a reader's device and in the database, said from the code that keeps it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import registry


@dataclass(frozen=True)
class Stored:
    """Something on the device of the reader. None needs consent: each serves what they asked for."""

    name: str
    where: str
    purpose: str
    duration: str


def on_the_device() -> list[Stored]:
    """Every cookie and every entry of the browser's storage (tests hold the list to it)."""
    cookie, storage = _("Cookie"), _("Storage of the browser")
    given = [row for provider in registry.device_storage for row in provider()]
    return [
        Stored(
            settings.SESSION_COOKIE_NAME,
            cookie,
            _("Knows you from one page to the next while you are signed in."),
            _("Until you sign out, two weeks at most"),
        ),
        Stored(
            settings.CSRF_COOKIE_NAME,
            cookie,
            _("Protects the forms of those who sign in from what other sites would send."),
            _("One year"),
        ),
        Stored(
            "messages",
            cookie,
            _("Carries the answer to what you have just done to the next page."),
            _("Until that page is shown"),
        ),
        Stored(
            "theme",
            storage,
            _("Remembers the colours that you chose, light or dark. It never leaves your device."),
            _("Until you choose “as my device”"),
        ),
        *given,
    ]


def in_the_database() -> list[tuple[str, str]]:
    """(what, for how long): each of our models that holds personal data, as the code declares it."""
    said: dict[str, Any] = {
        label.lower(): text
        for provider in registry.personal_data
        for label, text in provider.retention.items()
    }
    ours = set(settings.OUR_APPS)
    rows = []
    for model in apps.get_models():
        if model._meta.app_label not in ours:
            continue
        text = getattr(model, "personal_data_retention", "") or said.get(model._meta.label_lower)
        if text:
            rows.append((str(capfirst(model._meta.verbose_name_plural)), str(text)))
    return sorted(set(rows))
