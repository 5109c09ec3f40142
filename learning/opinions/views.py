"""Rating a unit, where it is read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..models import LearningPath, Unit
from ..paths import reading
from . import services
from .forms import RatingForm


@login_required
@never_cache
@require_POST
def rate(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Say whether a unit of a path that one follows was useful, or take it back ("retirer")."""
    path = get_object_or_404(LearningPath, uuid=uuid)
    enrolment = reading.enrolment_of(path, request.user)
    row = get_object_or_404(Unit, path=path, uuid=unit)
    if enrolment is None:
        raise Http404
    back = redirect(reverse("learning:unit", args=[uuid, unit]) + "#avis")
    if "withdraw" in request.POST:
        services.take_back(request.user, row)
        messages.success(request, _("Your opinion is taken back."))
        return back
    form = RatingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the unit was useful."))
        return back
    asked = form.cleaned_data
    services.rate(
        enrolment, row, useful=asked["useful"], reasons=asked["reasons"], words=asked["words"]
    )
    messages.success(request, _("Thank you. You may change your mind when you want."))
    return back
