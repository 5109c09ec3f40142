"""Saying whether a unit was useful, and changing one's mind."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Enrolment, Unit, UnitRating, UnitRatingReason


@transaction.atomic
def rate(
    enrolment: Enrolment, unit: Unit, *, useful: bool, reasons: Iterable[str] = (), words: str = ""
) -> UnitRating:
    """Keep what somebody thinks of a unit: one opinion for each person, the last one said.

    The reasons are those why it was not useful.
    """
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    row, _made = UnitRating.objects.update_or_create(
        user_id=enrolment.user_id,
        unit=unit,
        defaults={"useful": useful, "words": words.strip(), "updated_at": timezone.now()},
    )
    row.reasons.all().delete()
    if not useful:
        UnitRatingReason.objects.bulk_create(
            UnitRatingReason(rating=row, reason=reason) for reason in dict.fromkeys(reasons)
        )
    return row


def take_back(user: Any, unit: Unit) -> None:
    UnitRating.objects.filter(user=user, unit=unit).delete()
