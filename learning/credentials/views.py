"""Attestations: one's own, their files and badges; those that one looks after, and revoking them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.files import send_private
from cms.listings import narrow
from cms.meta import PageMeta, absolute

from ..models import PathCertificate, StoredPdf
from . import badges, baking, files, keys, queries, services
from .documents import read
from .forms import CertificateFilters, PageForm, RevokeForm

A_PAGE = 20


def _meta(title: str, *more: tuple[str, str]) -> PageMeta:
    trail = [(_("Professional space"), reverse("pro:home")), *more]
    return PageMeta(title=title, breadcrumbs=trail, cache="private")


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that was issued to the reader, of paths and of sessions."""
    page = Paginator(queries.own(request.user), A_PAGE).get_page(PageForm(request.GET).number())
    above = (_("My training"), reverse("learning:mine"))
    context = {
        "page_meta": _meta(_("My attestations"), above),
        "page": page,
        "origin": absolute(""),
    }
    return render(request, "learning/credentials/mine.html", context)


@login_required
@never_cache
@require_safe
def document(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """The stored file, for whoever may see it; to others it does not exist."""
    found = get_object_or_404(PathCertificate.objects.visible_to(request.user), uuid=uuid)
    if found.path:
        return send_private(request, found.path)
    if found.file_state == StoredPdf.State.PENDING:
        messages.info(request, _("The file is being made: come back in a minute."))
    else:
        messages.error(request, _("There is no file."))
    own = found.enrolment.user_id == request.user.pk
    return redirect("learning:attestations" if own else "learning:attestations-followed")


@login_required
@never_cache
@require_safe
def badge(request: HttpRequest, uuid: Any, form: str) -> HttpResponse:
    """The badge of the reader's own attestation: signed text (`jwt`) or the picture that carries it (`svg`)."""
    rows = PathCertificate.objects.select_related("status_list", "revocation")
    found = get_object_or_404(rows, uuid=uuid, enrolment__user=request.user)
    try:
        token = badges.signed(found)
    except keys.KeyLocked:
        messages.error(
            request, _("The badge cannot be signed now: whoever runs the site must renew its key.")
        )
        return redirect("learning:attestations")
    name = f"badge-{found.number.lower()}.{form}"
    if form == "svg":
        says = found.facts
        content = baking.picture(says["path"], says["issuer"], token)
        response = HttpResponse(content, content_type="image/svg+xml")
    else:
        response = HttpResponse(token, content_type="text/plain; charset=us-ascii")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


# -- For whoever looks after others ----------------------------------------------------------------


def _refuse_strangers(request: HttpRequest) -> None:
    if not request.user.has_perm("learning.follow_path_certificates"):
        raise PermissionDenied


@login_required
@never_cache
@require_safe
def followed(request: HttpRequest) -> HttpResponse:
    """Those of one's cohorts; all for the national team."""
    _refuse_strangers(request)
    form = CertificateFilters(request.GET)
    form.is_valid()
    rows = queries.followed(request.user)
    listing = narrow(queries.narrowed(rows, form.cleaned_data), form, per_page=A_PAGE)
    context = {
        "page_meta": _meta(_("Attestations of paths")),
        "listing": listing,
        "form": form,
        "failed": queries.failed(rows).count(),
    }
    return render(request, "learning/credentials/followed.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One attestation, what it says and what became of it. POST revokes it."""
    _refuse_strangers(request)
    found = get_object_or_404(queries.followed(request.user), uuid=uuid)
    may_revoke = request.user.has_perm("learning.revoke_path_certificate")
    if request.method == "POST" and not may_revoke:
        raise PermissionDenied
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = services.revoke(
                found,
                by=request.user,
                reason=form.cleaned_data["reason"],
                replace=form.cleaned_data["replace"],
            )
        except services.CannotRevoke as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The attestation is revoked."))
            return redirect("learning:attestation", (fresh or found).uuid)
    above = (_("Attestations of paths"), reverse("learning:attestations-followed"))
    context = {
        "page_meta": _meta(found.number, above),
        "certificate": found,
        "says": read(found.facts),
        "form": form,
        "may_revoke": may_revoke and found.revoked is None,
    }
    status = 409 if form.errors else 200
    return render(request, "learning/credentials/one.html", context, status=status)


@login_required
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Make again the files that could not be made, of those one looks after."""
    _refuse_strangers(request)
    tried = files.retry(queries.failed(queries.followed(request.user)))
    said = ngettext("%(n)d file is tried again.", "%(n)d files are tried again.", tried)
    messages.success(request, said % {"n": tried})
    return redirect("learning:attestations-followed")
