"""Maisons as the search knows them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.searching import SearchDocument, keys_among

from .models import Maison

BATCH = 500


class MaisonSource:
    """Every Maison, found by its name, its place, its host, and the operators and services there."""

    code = "maison"
    label = _("Maison")
    label_plural = _("Maisons")
    model = Maison

    def documents(self, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
        maisons = (
            Maison.objects.order_by("pk")
            .select_related("commune__department__region", "host_organisation")
            .prefetch_related("operators", "services")
        )
        if keys is not None:
            maisons = maisons.filter(pk__in=[int(key) for key in keys])
        with override("fr"):
            yield from map(document, maisons.iterator(chunk_size=BATCH))

    def visible(self, keys: Collection[str], user: Any) -> set[str]:
        return keys_among(Maison.objects.visible_to(user), keys)


def document(maison: Maison) -> SearchDocument:
    from .queries import summary_of

    department = maison.department
    operators = [
        name
        for operator in maison.operators.all()
        for name in (operator.name, operator.short_name, operator.current_name)
    ]
    services = [service.label_fr for service in maison.services.all()]
    host = maison.host_organisation
    return SearchDocument(
        key=str(maison.pk),
        title=maison.name,
        url=maison.get_absolute_url(),
        summary=summary_of(maison),
        body="\n".join([*services, maison.address, host.name if host else ""]),
        keywords=tuple(dict.fromkeys(name for name in operators if name)),
        places=(
            maison.commune.name,
            maison.postcode,
            department.name,
            department.code,
            department.region.name,
        ),
    )
