"""The terms of one person as a screen shows and changes them, for their trainers and their managers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Enrolment, Unit
from ..paths.dated import of_each
from ..paths.kinds import EnrolmentState
from ..paths.structure import read
from ..paths.unit_types import find
from . import overrides
from .forms import TermsForm

MOST_SENT = 20


def granted(request: HttpRequest, row: Enrolment) -> tuple[TermsForm | None, bool]:
    """The form to show, and whether terms were granted by it: then the page is asked again.

    Raises PermissionDenied for what is sent where nothing is to grant.
    """
    form = form_for(request, row)
    if request.method != "POST":
        return form, False
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        return form, False
    try:
        grant(row, form.cleaned_data, by=request.user)
    except overrides.CannotGrant as error:
        form.add_error(None, error)
        return form, False
    messages.success(request, _("The terms of this person are saved."))
    return form, True


def form_for(request: HttpRequest, row: Enrolment) -> TermsForm | None:
    """None where there is nothing to grant: to oneself, or once the path is over."""
    if row.user_id == request.user.pk or row.state != EnrolmentState.ACTIVE:
        return None
    places = list(read(row.version).units())
    kinds = {place.uuid: find(place.kind) for place in places}
    return TermsForm(
        request.POST if request.method == "POST" else None,
        units=[(place.uuid, place.title) for place in places],
        grants={uuid: kind.grants if kind else () for uuid, kind in kinds.items()},
    )


def grant(row: Enrolment, data: dict[str, Any], *, by: Any) -> None:
    """Write down what a valid form says."""
    unit = Unit.objects.get(path=row.path, uuid=data["unit"]) if data["unit"] else None
    overrides.grant(
        row,
        by=by,
        reason=data["reason"],
        unit=unit,
        due_on=data["due_on"],
        attempts=data["attempts"],
        extra_minutes=data["extra_minutes"],
    )


def shown(row: Enrolment) -> dict[str, Any]:
    """What was decided, by whom and when, the reminders sent, the dates of units: eight queries at most."""
    dues = of_each(Enrolment.objects.filter(pk=row.pk, state=EnrolmentState.ACTIVE))
    titles = {unit.uuid: unit.title for unit in read(row.version).units()}
    acts = row.acts.select_related("by", "unit", "cohort").order_by("-at", "-pk")
    return {
        "row": row,
        "dues": dues.get(row.pk, []),
        "today": timezone.localdate(),
        "acts": [(act, titles.get(str(act.unit.uuid), "") if act.unit else "") for act in acts],
        "sent": row.reminders.order_by("-at", "-pk")[:MOST_SENT],
    }
