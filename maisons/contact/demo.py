"""A few fictitious requests, so that the professional space of the demonstration shows some."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms import registry
from cms.models import Department

from ..models import ContactEvent, ContactRequest, Desk, Maison

# (kind, desk, slug of the Maison or code of the department, days ago, message)
REQUESTS = (
    (
        "maison",
        Desk.MAISON,
        "ayen",
        1,
        "Bonjour, peut-on venir imprimer un dossier de retraite le mercredi ? (demande fictive)",
    ),
    (
        "call-back",
        Desk.DEPARTMENT,
        "19",
        7,
        "Notre communauté de communes réfléchit à une Maison itinérante : pouvez-vous nous rappeler ?"
        " (demande fictive)",
    ),
    (
        "site",
        Desk.NATIONAL,
        "",
        2,
        "L’adresse d’une Maison de notre vallée a changé cet été. (demande fictive)",
    ),
)


class Loader:
    """Adds what is missing, where demonstration accounts may read it."""

    order = 60

    def load(self, verbosity: int = 1) -> None:
        if settings.DEMO_ACCOUNTS:
            load_requests()


@transaction.atomic
def load_requests() -> int:
    added = 0
    for number, (kind, desk, place, days, message) in enumerate(REQUESTS):
        maison = Maison.objects.filter(slug=place).first() if desk == Desk.MAISON else None
        department = Department.objects.filter(code=place).first()
        if desk == Desk.MAISON and maison is None:
            continue
        received = timezone.now() - dt.timedelta(days=days)
        request, made = ContactRequest.objects.get_or_create(
            submission=f"demo-{number}",
            defaults={
                "kind": kind,
                "desk": desk,
                "maison": maison,
                "department": maison.department if maison else department,
                "name": "Claude Habitante (fictif)",
                "email": "habitante@example.org",
                "phone": "+33199000000" if kind == "call-back" else "",
                "message": message,
                "created_at": received,
            },
        )
        if made:
            ContactEvent.objects.create(request=request, kind="received", at=received)
            added += 1
    return added


registry.demo_loaders.register("contact", Loader())
