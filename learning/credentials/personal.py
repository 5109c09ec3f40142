"""Attestations name somebody: exported with the account, nameless once it is erased.

The badge never named anybody: it stays valid, and the status list goes on saying so.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..closing.personal import KEEP_CERTIFICATES_YEARS
from ..models import PathCertificate, PathCertificateRevocation
from ..stored_files import forget

ABOUT_THE_PERSON = ("name",)


class PersonalData:
    retention = {
        "learning.PathCertificate": PathCertificate.personal_data_retention,
        "learning.PathCertificateRevocation": PathCertificateRevocation.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = PathCertificate.objects.filter(enrolment__user=user).select_related("revocation")
        return {
            "attestations": [
                {
                    "number": row.number,
                    "code": row.code,
                    "issued": row.issued_at.isoformat(),
                    "valid_until": row.valid_until.isoformat() if row.valid_until else None,
                    "revoked": row.revoked.at.isoformat() if row.revoked else None,
                    "reason": row.revoked.reason if row.revoked else "",
                    "sha256": row.sha256,
                    "says": row.facts,
                    "badge": row.badge,
                }
                for row in rows.order_by("issued_at", "pk")
            ]
        }

    def erase(self, user: Any) -> None:
        forget(PathCertificate.objects.filter(enrolment__user=user), ABOUT_THE_PERSON)

    def purge(self, now: dt.datetime | None = None) -> int:
        now = now or timezone.now()
        before = now.replace(year=now.year - KEEP_CERTIFICATES_YEARS, day=min(now.day, 28))
        old = PathCertificate.objects.filter(issued_at__lt=before).exclude(facts__name="")
        return forget(old, ABOUT_THE_PERSON)


registry.personal_data.register("learning.credentials", PersonalData())
