"""What contact requests give to the other apps."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.notify import Kind as Notice
from cms import registry
from cms.jobs import Job

from ..models import ContactRequest
from ..queries import alternates
from . import demo, services  # noqa: F401
from .kinds import label_of

SHOWN = 5

registry.notification_kinds.register(
    "contact.received",
    Notice(
        code="contact.received",
        label=gettext_lazy("Somebody writes to your Maison, department or team"),
        title=lambda c: _("A contact request: %(subject)s") % {"subject": label_of(c["subject"])},
        text=lambda c: _("Read it and answer in your professional space."),
    ),
)
registry.notification_kinds.register(
    "contact.reminder",
    Notice(
        code="contact.reminder",
        label=gettext_lazy("A contact request has waited five days"),
        title=lambda c: (
            _("Unanswered for five days: %(subject)s") % {"subject": label_of(c["subject"])}
        ),
        text=lambda c: _("The person still waits for an answer, or for it to be recorded."),
        mandatory=True,
    ),
)
registry.periodic_jobs.register(
    "maisons.contact_reminders",
    Job("maisons.contact_reminders", dt.timedelta(hours=1), services.remind),
)


class PersonalData:
    """Requests that a person sent (by their address) and those that they handle."""

    retention = {
        "maisons.ContactRequest": ContactRequest.personal_data_retention,
        "maisons.ContactEvent": gettext_lazy("Erased with its request."),
    }

    def export(self, user: Any) -> dict[str, Any]:
        fields = ("created_at", "kind", "about", "name", "email", "phone", "message", "state")
        sent = ContactRequest.objects.filter(email__iexact=user.email)
        return {
            "contact_requests_sent": list(sent.values(*fields)),
            "contact_requests_handled": list(
                ContactRequest.objects.filter(handled_by=user).values("created_at", "kind", "state")
            ),
        }

    def erase(self, user: Any) -> None:
        ContactRequest.objects.filter(email__iexact=user.email).delete()
        # Another person can take at once what this one was handling.
        ContactRequest.objects.waiting().filter(handled_by=user).update(
            handled_by=None, state=ContactRequest.State.NEW
        )

    def purge(self, now: dt.datetime) -> int:
        return services.purge(now)


registry.personal_data.register("contact", PersonalData())


@registry.pro_doors.provide("contact")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("maisons.receive_requests"):
        yield {
            "door": "activity",
            "label": _("Contact requests"),
            "text": _("What residents and project holders write to you, and your answers."),
            "url": reverse("contact:requests"),
            "order": 20,
        }


@registry.pro_panels.provide("contact")
def panel(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for this person's answer, the oldest first."""
    if not request.user.has_perm("maisons.receive_requests"):
        return None
    waiting = ContactRequest.objects.addressed_to(request.user).waiting()
    found = list(
        waiting.select_related("maison", "department", "handled_by").order_by("created_at")[
            : SHOWN + 1
        ]
    )
    if not found:
        return None
    total = len(found) if len(found) <= SHOWN else waiting.count()
    return {
        "title": ngettext(
            "%(count)s contact request waits for an answer",
            "%(count)s contact requests wait for an answer",
            total,
        )
        % {"count": total},
        "template": "maisons/contact/panel.html",
        "context": {"requests": found[:SHOWN], "more": total > SHOWN},
        "order": 20,
    }


@registry.sitemap_entries.provide("contact")
def sitemap_entries() -> Iterable[dict[str, Any]]:
    path = reverse("contact:form")
    yield {"location": path, "lastmod": None, "alternates": alternates(path)}
