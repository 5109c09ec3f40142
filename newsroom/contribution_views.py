"""The pages on which members write, follow and take back their contributions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.listings import narrow
from cms.meta import PageMeta
from cms.visibility import may_see

from . import contributing
from .consultations import by_slug, open_now
from .contribution_forms import ContributionForm, OwnContributions, first_values
from .models import ConsultationPage, Contribution

PER_PAGE = 20


@login_required
@never_cache
def contribute(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a contribution to the consultation at this address."""
    page = by_slug(slug, request.user)
    if page is None or not page.takes_contributions:
        raise Http404
    if request.method != "POST" and not page.is_open:
        messages.error(request, _("This consultation takes no contributions at present."))
        return redirect(page.get_url(request))
    return _write(request, page, None)


@login_required
@never_cache
def contribution(request: HttpRequest, contribution_uuid: Any) -> HttpResponse:
    """One's own contribution: a draft is written on, anything else is read."""
    row = _own(request, contribution_uuid)
    page = row.consultation
    if row.state == Contribution.State.DRAFT and page.is_open:
        return _write(request, page, row)
    if request.method == "POST":
        messages.error(request, _("This contribution can no longer be changed."))
        return redirect("newsroom_contribution", row.uuid)
    context = {
        "page_meta": _meta(row.title, request, page),
        "contribution": row,
        "consultation": page,
        "scenario": _scenario_title(page, row),
        "may_reopen": page.is_open and row.state != Contribution.State.PUBLISHED,
    }
    return render(request, "newsroom/contribution.html", context)


def _write(request: HttpRequest, page: ConsultationPage, row: Contribution | None) -> HttpResponse:
    """The form. POST saves a draft, and submits it when that button was pressed."""
    sends = request.POST.get("action") == "submit"
    form = ContributionForm(
        request.POST if request.method == "POST" else None,
        page=page,
        # A draft may lack its text; the form that is shown says what is needed to send it.
        complete=sends or request.method != "POST",
        instance=row,
        initial={"identifier": row.uuid} if row else first_values(request.user),
    )
    if request.method == "POST" and form.is_valid():
        identifier = row.uuid if row else form.cleaned_data["identifier"]
        try:
            saved = contributing.save(request.user, page, form.data_to_save(), identifier)
            if sends:
                contributing.submit(saved, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _sent() if sends else _("Your draft is kept."))
            return redirect("newsroom_contribution", saved.uuid)
    title = row.title if row else _("Contribute")
    context = {
        "page_meta": _meta(title, request, page),
        "form": form,
        "consultation": page,
        "contribution": row,
    }
    return render(request, "newsroom/contribution_form.html", context)


def _sent() -> str:
    return _("Your contribution is sent. It shows once it has been read; you will be told.")


@login_required
@require_POST
def withdraw(request: HttpRequest, contribution_uuid: Any) -> HttpResponse:
    row = _own(request, contribution_uuid)
    contributing.withdraw(row, request.user)
    messages.success(request, _("Your contribution is withdrawn: nobody sees it any more."))
    return redirect("newsroom_contribution", row.uuid)


@login_required
@require_POST
def reopen(request: HttpRequest, contribution_uuid: Any) -> HttpResponse:
    row = _own(request, contribution_uuid)
    try:
        contributing.reopen(row, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("newsroom_contribution", row.uuid)


@login_required
@never_cache
@require_safe
def own_list(request: HttpRequest) -> HttpResponse:
    """All one wrote, and the consultations that are open."""
    rows = Contribution.objects.written_by(request.user).select_related("consultation__locale")
    listing = narrow(
        rows.order_by("-changed_at", "-pk"), OwnContributions(request.GET), per_page=PER_PAGE
    )
    for row in listing.page:
        # The consultation may have been unpublished or closed to this person since.
        row.leads_to_consultation = may_see(row.consultation, request.user)
    meta = PageMeta(title=_("My contributions"), cache="private", robots="noindex")
    opened = list(open_now(request.user).select_related("locale").defer_streamfields()[:10])
    context = {"page_meta": meta, "listing": listing, "opened": opened}
    return render(request, "newsroom/contributions.html", context)


def _own(request: HttpRequest, contribution_uuid: Any) -> Contribution:
    """Somebody else's does not exist, whatever its state."""
    found = Contribution.objects.written_by(request.user)
    row: Contribution = get_object_or_404(
        found.select_related("consultation__locale"), uuid=contribution_uuid
    )
    return row


def _scenario_title(page: ConsultationPage, row: Contribution) -> str:
    found = page.scenarios.filter(translation_key=row.scenario_key) if row.scenario_key else []
    return next((scenario.title for scenario in found), "")


def _meta(title: str, request: HttpRequest, page: ConsultationPage) -> PageMeta:
    trail = [(_("My contributions"), reverse("newsroom_contributions"))]
    if may_see(page, request.user):
        trail = [*page.get_breadcrumbs(request), (page.title, page.get_url(request) or "")]
    return PageMeta(title=title, breadcrumbs=trail, cache="private", robots="noindex")
