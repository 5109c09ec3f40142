"""What evaluation gives to the rest of training."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry

from ..models import Evaluation
from ..notifications import session_name
from ..running import tabs
from ..steering import panels
from ..steering.mine import mine
from ..telling import context_of
from . import demo, exports, jobs, notifications, personal, receivers, url_cases  # noqa: F401
from .queries import to_answer
from .views import TITLES


@panels.register_to_do
def evaluations_to_answer(request: HttpRequest) -> Iterator[panels.ToDo]:
    for evaluation in to_answer(request.user, held=mine(request.user).rows):
        yield panels.ToDo(
            title=str(TITLES[Evaluation.Kind(evaluation.kind)]),
            label=_("Answer"),
            url=evaluation.get_absolute_url(),
            text=session_name(context_of(evaluation.session)),
            until=evaluation.until,
            order=40,
        )


tabs.register(tabs.Tab("evaluation", "learning:run-evaluation", gettext_lazy("Evaluation"), 30))


@registry.pro_doors.provide("learning.evaluations")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.prepare_session"):
        yield {
            "door": "activity",
            "label": _("Evaluation results"),
            "text": _("What people think of the sessions, what they learnt there."),
            "url": reverse("learning:evaluation-results"),
            "order": 35,
        }
