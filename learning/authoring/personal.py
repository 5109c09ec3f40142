"""What the import of paths holds about people: files that somebody sent."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms import registry
from cms.incoming import delete_with_files

from ..models import PathImport

KEEP = dt.timedelta(days=30)


class PersonalData:
    retention = {"learning.PathImport": PathImport.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = PathImport.objects.filter(by=user)
        return {
            "paths_read_from_files": [
                {"on": row.created_at.isoformat(), "file": row.filename} for row in rows
            ]
        }

    def erase(self, user: Any) -> None:
        delete_with_files(PathImport.objects.filter(by=user))

    def purge(self, now: dt.datetime | None = None) -> int:
        """A file ends thirty days after it was sent; the path made from it stays."""
        return delete_with_files(
            PathImport.objects.filter(created_at__lt=(now or timezone.now()) - KEEP)
        )


registry.personal_data.register("learning.authoring", PersonalData())
