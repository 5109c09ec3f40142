"""The tab "Documents" of a session: trainers give files, and take them away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.bin import CannotRestore
from cms.ratelimit import allowed

from ..models import SessionFile
from ..running.frame import framed, session_to_run
from . import queries, services
from .forms import FileForm

A_MINUTE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The files of a session; POST gives another one."""
    session = session_to_run(request, uuid)
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    status = 200
    if posted and form.is_valid():
        if not allowed(request, "session-file", A_MINUTE):
            form.add_error(None, _("That is many files in a minute: wait a little."))
            status = 429
        else:
            try:
                row = _add(request, session, form)
            except services.CannotAdd as error:
                form.add_error(None, error)
                status = 409
            else:
                said = _("“%(title)s” is given to those registered.") % {"title": row.title}
                messages.success(request, said)
                return redirect("learning:session-documents", session.uuid)
    context = framed(
        request,
        session,
        "documents",
        title=_("Documents"),
        files=queries.files_of(session, request.user).select_related("added_by"),
        removed=services.removed_from(session)[: services.MOST],
        form=form,
    )
    return render(request, "learning/files/documents.html", context, status=status)


def _add(request: HttpRequest, session: Any, form: FileForm) -> SessionFile:
    asked = form.cleaned_data
    return services.add(
        session,
        asked["file"],
        form.title_of(),
        by=request.user,
        submission=asked["submission"],
    )


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, file: Any, act: str) -> HttpResponse:
    """Take a file away ("retirer"), or bring it back from the bin ("remettre")."""
    session = session_to_run(request, uuid)
    if act == "retirer":
        row = get_object_or_404(SessionFile.objects.filter(session=session), uuid=file)
        services.remove(row, by=request.user)
        said = _("“%(title)s” is taken away. You can bring it back for 30 days.")
        messages.success(request, said % {"title": row.title})
    elif act == "remettre":
        entry = get_object_or_404(services.removed_from(session), uuid=file)
        try:
            services.restore(entry, by=request.user)
        except CannotRestore as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("“%(title)s” is back.") % {"title": entry.label})
    else:
        raise Http404
    return redirect("learning:session-documents", session.uuid)
