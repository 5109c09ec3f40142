"""Closing a session, and the files that come of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.files import send_private
from cms.listings import narrow
from cms.meta import PageMeta

from ..kinds import SessionState
from ..models import Certificate, Registration, Session, SessionReport, StoredPdf
from ..running.frame import framed, session_to_run
from . import files, queries, services
from .forms import CloseForm, EvidenceFilters, PageForm, ReissueForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What is missing, what will happen; then what closing left. POST closes."""
    session = session_to_run(request, uuid)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.close(session, request.user, in_spite=form.cleaned_data["reason"])
        except services.CannotClose as error:
            form.add_error(None, error)
        else:
            messages.success(request, _said(done))
            return redirect("learning:closing", session.uuid)
    if session.state == SessionState.CLOSED:
        return _closed(request, session)
    form.fields["reason"].required = True  # where it is shown, one is owed
    context = framed(
        request,
        session,
        "closing",
        title=_("Closing"),
        plan=queries.plan_of(session),
        form=form,
        may_override=request.user.has_perm("learning.close_in_spite", session),
    )
    status = 409 if form.errors else 200
    return render(request, "learning/closing/closing.html", context, status=status)


def _said(done: services.Closing) -> str:
    if done.again:
        return _("This session was already closed.")
    return ngettext(
        "The session is closed: %(n)d certificate is being made.",
        "The session is closed: %(n)d certificates are being made.",
        done.certificates,
    ) % {"n": done.certificates}


def _closed(request: HttpRequest, session: Session) -> HttpResponse:
    found = queries.closed(session, PageForm(request.GET).number())
    context = framed(
        request,
        session,
        "closing",
        title=_("Closing"),
        found=found,
        reissue_form=ReissueForm(),
    )
    return render(request, "learning/closing/closed.html", context)


@login_required
@require_POST
def retry(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Make again the files that could not be made."""
    session = session_to_run(request, uuid)
    tried = files.retry(queries.failed(session))
    messages.success(
        request,
        ngettext("%(n)d file is tried again.", "%(n)d files are tried again.", tried)
        % {"n": tried},
    )
    return redirect("learning:closing", session.uuid)


@login_required
@require_POST
def reissue(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Issue the certificates of one person anew, after their name or the session was corrected."""
    row = get_object_or_404(Registration.objects.visible_to(request.user), uuid=uuid)
    session = get_object_or_404(Session.objects.run_by(request.user), pk=row.session_id)
    form = ReissueForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason in at most 255 characters."))
    elif services.reissue(row, request.user, form.cleaned_data["reason"]):
        messages.success(request, _("New certificates are being made, the former are revoked."))
    else:
        messages.info(request, _("Nothing changed: the certificates say what is true."))
    return redirect("learning:closing", session.uuid)


# -- Files -----------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def certificate(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """The stored file of a certificate, for whoever may see it; to others it does not exist."""
    rows = Certificate.objects.visible_to(request.user).select_related("registration__session")
    found = get_object_or_404(rows, uuid=uuid)
    if not found.path:
        return _not_there(request, found, found.registration)
    return send_private(request, found.path)


def _not_there(request: HttpRequest, found: StoredPdf, row: Registration) -> HttpResponse:
    _say_why(request, found)
    if row.user_id == request.user.pk:
        return redirect(row)
    return redirect("learning:closing", row.session.uuid)


def _say_why(request: HttpRequest, found: StoredPdf) -> None:
    if found.file_state == StoredPdf.State.PENDING:
        messages.info(request, _("The file is being made: come back in a minute."))
    else:
        messages.error(request, _("There is no file."))


@login_required
@never_cache
@require_safe
def report(request: HttpRequest, uuid: Any) -> HttpResponseBase:
    """The stored report of a session, for whoever runs it."""
    session = session_to_run(request, uuid)
    found = get_object_or_404(SessionReport, session=session)
    if not found.path:
        _say_why(request, found)
        return redirect("learning:closing", session.uuid)
    return send_private(request, found.path)


# -- Evidence --------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """Dated evidence that agents were trained, for whoever answers for the Maisons."""
    if not request.user.has_perm("learning.see_evidence"):
        raise PermissionDenied
    form = EvidenceFilters(request.GET)
    listing = narrow(queries.evidence_seen_by(request.user), form)
    meta = PageMeta(
        title=_("Agents trained"),
        breadcrumbs=[(_("Professional space"), reverse("pro:home"))],
        cache="private",
    )
    context = {"page_meta": meta, "form": form, "listing": listing}
    return render(request, "learning/closing/evidence.html", context)
