"""What paths hold about somebody."""

from typing import Any

from cms import registry

from ..models import Enrolment, ProgressEvent
from . import structure
from .services import leave


class PersonalData:
    retention = {
        "learning.Enrolment": Enrolment.personal_data_retention,
        "learning.ProgressEvent": ProgressEvent.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        rows = Enrolment.objects.filter(user=user).select_related("version").order_by("created_at")
        return {"paths": [self._enrolment(row) for row in rows.prefetch_related("progress__unit")]}

    def _enrolment(self, row: Enrolment) -> dict[str, Any]:
        outline = structure.read(row.version)
        named = {unit.uuid: unit.title for unit in outline.units()}
        return {
            "path": outline.title,
            "enrolled_on": row.created_at.isoformat(),
            "state": row.state,
            "completed_on": row.completed_at.isoformat() if row.completed_at else None,
            "seconds": row.seconds,
            "units": [
                {
                    "unit": named.get(str(held.unit.uuid), str(held.unit.uuid)),
                    "started_on": held.started_at.isoformat(),
                    "done_on": held.completed_at.isoformat() if held.completed_at else None,
                    "score": held.score,
                    "passed": held.success,
                }
                for held in row.progress.all()
            ],
        }

    def erase(self, user: Any) -> None:
        """The account loses its name; what was done stays for the figures, and nothing goes on."""
        for row in Enrolment.objects.filter(user=user):
            leave(row)


registry.personal_data.register("learning.paths", PersonalData())
