"""Certificates name somebody: exported with the account, nameless once it is erased.

An erased account keeps the number, the hash and the state of each certificate, so that whoever
holds the document can still verify it; the name and the stored file go.
"""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry

from ..models import AttendanceImport, AttendanceImportRow, Certificate, TrainingEvidence
from ..stored_files import forget
from .past import purge_lines

KEEP_CERTIFICATES_YEARS = 10
ABOUT_THE_PERSON = ("name", "maison")


class PersonalData:
    retention = {
        "learning.Certificate": Certificate.personal_data_retention,
        "learning.TrainingEvidence": TrainingEvidence.personal_data_retention,
        "learning.AttendanceImport": AttendanceImport.personal_data_retention,
        "learning.AttendanceImportRow": AttendanceImportRow.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = Certificate.objects.filter(registration__user=user).order_by("issued_at", "pk")
        return {
            "certificates": [
                {
                    "kind": row.kind,
                    "number": row.number,
                    "issued": row.issued_at.isoformat(),
                    "revoked": row.revoked_at.isoformat() if row.revoked_at else None,
                    "reason": row.revoke_reason,
                    "sha256": row.sha256,
                    "says": row.facts,
                }
                for row in rows
            ]
        }

    def erase(self, user: Any) -> None:
        forget(Certificate.objects.filter(registration__user=user), ABOUT_THE_PERSON)
        AttendanceImportRow.objects.filter(registration__user=user).update(cells={})
        AttendanceImportRow.objects.filter(cells__email__iexact=user.email).update(cells={})

    def purge(self, now: dt.datetime | None = None) -> int:
        """Certificates lose name and file ten years after issue; lines of imports after 30 days."""
        now = now or timezone.now()
        before = now.replace(year=now.year - KEEP_CERTIFICATES_YEARS, day=min(now.day, 28))
        old = Certificate.objects.filter(issued_at__lt=before).exclude(facts__name="")
        return forget(old, ABOUT_THE_PERSON) + purge_lines(now)


registry.personal_data.register("learning.closing", PersonalData())
