"""The self-check of a project, which keeps nothing of the answers, and the call-back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.meta import PageMeta, absolute
from maisons.contact import About, form_for
from maisons.queries import alternates

from . import queries
from .models import RuleSet
from .self_check import assess
from .self_check_forms import DepartmentForm, SelfCheckForm


# Exempt: the answer changes nothing, and the protection would leave a cookie.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """The questions, and once they are sent what the rules say of the answers.

    Answers come by POST, so that no address, log or history holds them.
    """
    rules = RuleSet.to_apply()
    meta = _meta(
        "creation:self_check",
        _("Check my project"),
        _(
            "Questions to compare the project of a Maison with the criteria of recognition and the"
            " funding rule. Nothing of the answers is kept."
        ),
    )
    context: dict[str, Any] = {"page_meta": meta, "rules": rules}
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


@require_safe
def call_back(request: HttpRequest) -> HttpResponse:
    """Ask to be called back: the contact form, for the department of the project when it is known.

    Parameter: departement (code). A wrong one is as none: the form asks.
    """
    asked = DepartmentForm(request.GET)
    code = asked.cleaned_data["departement"] if asked.is_valid() else ""
    meta = _meta(
        "creation:call_back",
        _("Be called back"),
        _("Ask the prefecture referent of your department to call you about a Maison project."),
    )
    about = About(_("Create a Maison"), reverse("creation:call_back"))
    form = form_for("call-back", department=code, about=about)
    return render(request, "home/call_back.html", {"page_meta": meta, "contact_form": form})


def _meta(name: str, title: str, description: str) -> PageMeta:
    path = reverse(name)
    home = reverse("wagtail_serve", args=[""])
    return PageMeta(
        title=title,
        description=description,
        canonical=absolute(path),
        breadcrumbs=[(_("Home"), home), (_("Create a Maison"), f"{home}creer-une-maison/")],
        alternates=[(code, absolute(url)) for code, url in alternates(path).items()],
    )
