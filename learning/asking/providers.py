"""What questions give to the page of a unit and to the other apps."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from accounts.notify import Kind
from cms import registry
from cms.matrix import SIGN_IN, Case, only, signed_in

from ..models import Cohort, UnitAnswer, UnitQuestion
from ..paths import extras
from ..paths.reading import names_of
from . import cohort as cohort_tab  # noqa: F401
from . import queries, services
from .forms import QuestionForm


@extras.register
def question_part(request: HttpRequest, unit: Any, enrolment: Any) -> dict[str, Any] | None:
    """One's questions on a unit, and those that one's cohort shares: two queries."""
    if enrolment is None:
        return None
    return {
        "code": "question",
        "title": _("A question to your trainer"),
        "template": "learning/asking/part.html",
        "context": {
            "form": QuestionForm(auto_id="question_%s"),
            "key": uuid.uuid4(),
            "found": queries.under_unit(enrolment, unit.pk),
            "cohort": enrolment.cohort_id,
        },
        "order": 30,
        "styles": ["css/assignments.css"],
    }


KIND = Kind(
    code="learning.answer",
    label=gettext_lazy("A question of mine to a trainer is answered"),
    title=lambda context: gettext("Your question is answered: %(unit)s") % context,
)
registry.notification_kinds.register(KIND.code, KIND)


class PersonalData:
    retention = {
        "learning.UnitQuestion": UnitQuestion.personal_data_retention,
        "learning.UnitAnswer": UnitAnswer.personal_data_retention,
    }

    def export(self, user: Any) -> dict[str, Any]:
        mine = UnitQuestion.objects.filter(enrolment__user=user).select_related("unit")
        rows = list(mine.prefetch_related("answers__author").order_by("asked_at"))
        named = names_of(row.unit.uuid for row in rows)
        given = UnitAnswer.objects.filter(author=user, from_trainer=True).order_by("at")
        return {
            "questions": [
                {
                    "unit": named.get(str(row.unit.uuid), str(row.unit.uuid)),
                    "asked_on": row.asked_at.isoformat(),
                    "text": row.text,
                    "shared": row.shared_at is not None,
                    "answers": [
                        {"on": each.at.isoformat(), "by": str(each.author), "text": each.text}
                        for each in row.answers.all()
                    ],
                }
                for row in rows
            ],
            "answers given": [{"on": row.at.isoformat(), "text": row.text} for row in given],
        }

    def erase(self, user: Any) -> None:
        """One's questions go with their answers; what one answered to others stays, under no name."""
        UnitQuestion.objects.filter(enrolment__user=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        return services.purge(now or timezone.now())


registry.personal_data.register("learning.asking", PersonalData())


@registry.url_cases.provide("learning.asking")
def cases() -> Iterator[Case]:
    from accounts.factories import UserFactory

    from ..paths.factories import make_enrolment, make_path, units_of

    path = make_path()
    unit: Any = units_of(path)[0]
    cohort = Cohort.objects.create(path=path, name="Groupe")
    row = make_enrolment(path, UserFactory(), cohort=cohort)
    asked = services.ask(row, unit, "Comment ?", key=uuid.uuid4(), may_be_shared=False)
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/question/"
    steering = ("national-team", "administrator")
    yield Case(address, signed_in(404), method="post")
    group = f"/espace-pro/cohortes/{cohort.uuid}/questions/"
    yield Case(group, only(*steering, others=404))
    yield Case("/espace-pro/questions/", only("trainer", *steering))
    yield Case(
        f"/espace-pro/questions/{asked.uuid}/",
        {"anonymous": SIGN_IN, **dict.fromkeys(steering, 200), "*": 404},
    )
    yield Case(f"/espace-pro/questions/{asked.uuid}/ailleurs/", signed_in(404), method="post")
