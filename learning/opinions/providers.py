"""What opinions give to the page of a unit and to the other apps."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import registry
from cms.matrix import Case, only, signed_in

from ..models import Cohort, UnitRating
from ..paths import extras
from ..paths.reading import names_of
from . import cohort as cohort_tab  # noqa: F401
from .forms import RatingForm

KEEP_WORDS = dt.timedelta(days=3 * 365)


@extras.register
def rating_part(request: HttpRequest, unit: Any, enrolment: Any) -> dict[str, Any] | None:
    """What this person thinks of the unit: two queries."""
    if enrolment is None:
        return None
    rows = UnitRating.objects.filter(user=request.user, unit=unit.pk).order_by()
    held = rows.prefetch_related("reasons").first()
    initial: dict[str, Any] = {}
    if held is not None:
        initial = {
            "useful": "yes" if held.useful else "no",
            "reasons": [row.reason for row in held.reasons.all()],
            "words": held.words,
        }
    return {
        "code": "avis",
        "title": _("Your opinion"),
        "template": "learning/opinions/part.html",
        "context": {"form": RatingForm(initial=initial, auto_id="avis_%s"), "held": held},
        "order": 40,
        "styles": ["css/assignments.css"],
    }


class PersonalData:
    retention = {"learning.UnitRating": UnitRating.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = UnitRating.objects.filter(user=user).select_related("unit")
        found = list(rows.prefetch_related("reasons"))
        named = names_of(row.unit.uuid for row in found)
        return {
            "opinions on units": [
                {
                    "unit": named.get(str(row.unit.uuid), str(row.unit.uuid)),
                    "useful": row.useful,
                    "reasons": [str(each) for each in row.reasons.all()],
                    "words": row.words,
                }
                for row in found
            ]
        }

    def erase(self, user: Any) -> None:
        """The figure stays, under no name; the words go."""
        UnitRating.objects.filter(user=user).update(words="")

    def purge(self, now: dt.datetime | None = None) -> int:
        old = UnitRating.objects.filter(updated_at__lt=(now or timezone.now()) - KEEP_WORDS)
        return old.exclude(words="").update(words="")


registry.personal_data.register("learning.opinions", PersonalData())


@registry.url_cases.provide("learning.opinions")
def cases() -> Iterator[Case]:
    from ..paths.factories import make_path, units_of

    path = make_path()
    unit: Any = units_of(path)[0]
    cohort = Cohort.objects.create(path=path, name="Groupe")
    steering = ("national-team", "administrator")
    yield Case(f"/espace-pro/cohortes/{cohort.uuid}/avis/", only(*steering, others=404))
    authors = ("editor", "chief-editor", "national-team", "administrator")
    improve = "/admin/formation/parcours/a-ameliorer/"
    yield Case(improve, only(*authors))
    yield Case(f"{improve}?reason=zz", only(*authors, answer=400))
    # Nobody has said anything of this unit yet.
    yield Case(f"{improve}{unit.uuid}/", only(*authors, answer=404))
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/avis/"
    yield Case(address, signed_in(404), method="post")
