"""The page of one's alerts: what one follows, one form, what one takes away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.meta import PageMeta

from ..models import SessionAlert
from ..views import pro_trail
from . import services
from .forms import AlertAsked, AlertForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """One's alerts and a form for another; parameters: those of `AlertAsked`."""
    if not request.user.has_perm("learning.register"):
        raise PermissionDenied
    if request.method == "POST":
        form = AlertForm(request.POST, user=request.user)
        if form.is_valid() and _follow(request, form):
            return redirect("learning:alerts")
    else:
        initial = AlertAsked(request.GET).initial_for(request.user)
        form = AlertForm(user=request.user, initial=initial)
    meta = PageMeta(
        title=_("Tell me when a session opens"),
        breadcrumbs=[*pro_trail(), (_("My training"), reverse("learning:mine"))],
        cache="private",
    )
    held = services.still_counting().filter(user=request.user)
    context = {
        "page_meta": meta,
        "form": form,
        "alerts": held.select_related("module", "commune__department"),
    }
    return render(request, "learning/alerts/alerts.html", context)


def _follow(request: HttpRequest, form: AlertForm) -> bool:
    asked = form.cleaned_data
    try:
        alert = services.follow(
            request.user,
            asked["commune"],
            asked["distance"],
            module=asked["module"],
            with_remote=asked["with_remote"],
        )
    except services.TooMany as error:
        form.add_error(None, error)
        return False
    messages.success(
        request,
        _("You will be told when a session opens within %(km)s km of %(place)s.")
        % {"km": alert.distance, "place": f"{alert.commune} ({alert.commune.department_id})"},
    )
    return True


@login_required
@never_cache
@require_POST
def take_away(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Be told no more of one's own alert."""
    alert = get_object_or_404(SessionAlert, uuid=uuid, user=request.user)
    alert.delete()
    messages.success(request, _("You will be told of it no more."))
    return redirect("learning:alerts")
