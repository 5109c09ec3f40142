"""What a trainer may decide about a unit of somebody; each is an event with its author."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Enrolment, Unit, UnitProgress
from ..paths import record
from .services import judge_again


@dataclass(frozen=True)
class Act:
    """word: in the address. possible: asked of the progress, which may be None."""

    word: str
    label: Any
    explains: Any
    done: Any
    do: Callable[[Enrolment, Unit, Any], Any]
    possible: Callable[[UnitProgress | None], bool]


def _decide(enrolment: Enrolment, unit: Unit, by: Any) -> None:
    record.decide(enrolment, unit, done=True, by=by)


def _reopen(enrolment: Enrolment, unit: Unit, by: Any) -> None:
    record.reopen(enrolment, unit, by=by)


def _reset(enrolment: Enrolment, unit: Unit, by: Any) -> None:
    record.reset(enrolment, unit, by=by)


ACTS = {
    act.word: act
    for act in (
        Act(
            "valider",
            _("Declare done"),
            _("The unit counts as done, whatever its rule. The history says who decided."),
            _("The unit counts as done."),
            _decide,
            lambda held: held is None or held.completed_at is None,
        ),
        Act(
            "rouvrir",
            _("Reopen"),
            _("The unit counts as done no more; score and time stay, and it can be finished anew."),
            _("The unit is open again."),
            _reopen,
            lambda held: held is not None and held.completed_at is not None,
        ),
        Act(
            "recommencer",
            _("Start again from nothing"),
            _(
                "Score, place and what was played are forgotten; time stays, and so does the history."
            ),
            _("The unit starts again from nothing."),
            _reset,
            lambda held: held is not None,
        ),
    )
}


def perform(act: Act, enrolment: Enrolment, unit: Unit, *, by: Any) -> None:
    """Raises `record.CannotRecord` where the enrolment is over or its version has no such unit."""
    act.do(enrolment, unit, by)
    judge_again(enrolment)
