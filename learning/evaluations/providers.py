"""What evaluation gives to the rest of training."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import Evaluation
from ..notifications import session_name
from ..steering import panels
from ..telling import context_of
from . import jobs, notifications, personal, receivers, url_cases  # noqa: F401
from .queries import to_answer
from .views import TITLES


@panels.register_to_do
def evaluations_to_answer(request: HttpRequest) -> Iterator[panels.ToDo]:
    for evaluation in to_answer(request.user):
        yield panels.ToDo(
            title=str(TITLES[Evaluation.Kind(evaluation.kind)]),
            label=_("Answer"),
            url=evaluation.get_absolute_url(),
            text=session_name(context_of(evaluation.session)),
            until=evaluation.until,
            order=40,
        )
