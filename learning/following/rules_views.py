"""The rules of a cohort: read in words, and changed."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import saying, services
from .forms import RulesForm
from .frame import cohort_to_follow, framed


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Change what this cohort's trainers are told of; it is applied at once."""
    cohort = cohort_to_follow(request, uuid)
    held = services.rules_of(cohort)
    form = RulesForm(request.POST if request.method == "POST" else None, instance=held)
    if form.is_bound and form.is_valid():
        services.set_rules(cohort, form.cleaned_data, by=request.user)
        flash.success(request, _("The rules are changed, and applied to everybody of the cohort."))
        return redirect("learning:cohort-rules", cohort.uuid)
    in_force = services.rules_of(type(cohort).objects.get(pk=cohort.pk)) if form.errors else held
    context = framed(
        request,
        cohort,
        "rules",
        form=form,
        rules=in_force,
        words=saying.rules_in_words(in_force),
    )
    status = 422 if form.errors else 200
    return render(request, "learning/following/rules.html", context, status=status)
