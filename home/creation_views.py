"""The self-check of a project, which keeps nothing of the answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.meta import PageMeta, absolute

from . import queries
from .models import RuleSet
from .self_check import assess
from .self_check_forms import SelfCheckForm


# Exempt: the answer changes nothing, and the protection would leave a cookie.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """The questions, and once they are sent what the rules say of the answers.

    Answers come by POST, so that no address, log or history holds them.
    """
    rules = RuleSet.to_apply()
    context: dict[str, Any] = {"page_meta": _meta(request), "rules": rules}
    if rules is not None:
        asked = request.method == "POST"
        form = SelfCheckForm(rules, request.POST if asked else None)
        context["form"] = form
        context["archived"] = rules.is_archived()
        if asked and form.is_valid():
            context["today"] = timezone.localdate()
            context["assessment"] = assess(rules, form.answers, form.budget)
            context["prefecture"] = queries.prefecture_of(form.department)
    response = render(request, "home/self_check.html", context)
    if request.method == "POST":
        response["Cache-Control"] = "no-store, private"
    return response


def _meta(request: HttpRequest) -> PageMeta:
    path = reverse("creation:self_check")
    home = reverse("wagtail_serve", args=[""])
    return PageMeta(
        title=_("Check my project"),
        description=_(
            "Questions to compare the project of a Maison with the criteria of recognition and the"
            " funding rule. Nothing of the answers is kept."
        ),
        canonical=absolute(path),
        breadcrumbs=[(_("Home"), home), (_("Create a Maison"), f"{home}creer-une-maison/")],
        alternates=[(code, absolute(translate_url(path, code))) for code in ("fr", "en")],
    )
