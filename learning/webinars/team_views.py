"""One webinar for its team: who is registered, who was there, the acts of the day, a message, a file."""

from typing import Any

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.listings import narrow
from cms.meta import PageMeta

from ..models import Webinar
from ..writing.sending import CannotSend
from . import messages, queries, services
from .forms import AttendanceForm, CallOffForm, LinkForm, MessageForm, PeopleFilters
from .kinds import WebinarState
from .views import trail

PER_PAGE = 50


def _run(request: HttpRequest, uuid: Any) -> Webinar:
    """The webinar, when this person runs it; else it does not exist here (404)."""
    found: Webinar = get_object_or_404(Webinar.objects.run_by(request.user), uuid=uuid)
    return found


def _framed(request: HttpRequest, webinar: Webinar, title: str, **more: Any) -> dict[str, Any]:
    meta = PageMeta(
        title=title,
        breadcrumbs=trail(
            (_("Webinars"), reverse("learning:webinars")),
            (webinar.title, webinar.get_absolute_url()),
        ),
        cache="private",
    )
    return {"page_meta": meta, "webinar": webinar, "state": webinar.state, **more}


@login_required
@never_cache
@require_safe
def team(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Who is registered, who was there, who saw the replay. Parameters: qui, q, page."""
    return _people(request, _run(request, uuid))


def _people(
    request: HttpRequest,
    webinar: Webinar,
    link: LinkForm | None = None,
    off: CallOffForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = PeopleFilters(request.GET)
    rows = queries.people_of(webinar, form.value("qui") or "", form.value("q") or "")
    listing = narrow(rows, form, per_page=PER_PAGE)
    address = reverse("learning:webinar-team", args=[webinar.uuid])
    tabs = [
        {
            "label": label,
            "url": f"{address}?qui={code}" if code else address,
            "current": code == (form.value("qui") or ""),
        }
        for code, label in (("", _("Everybody")), *PeopleFilters.WHO)
    ]
    labels = dict(PeopleFilters.WHO)
    figures = [
        {"value": value, "label": labels[code], "url": f"{address}?qui={code}#personnes"}
        for code, value in queries.tally(webinar).items()
    ]
    begun = webinar.state not in (WebinarState.ANNOUNCED, WebinarState.CANCELLED)
    context = _framed(
        request,
        webinar,
        _("The people of the webinar"),
        listing=listing,
        tabs=tabs,
        figures=figures,
        begun=begun,
        link_form=link or LinkForm(initial={"meeting_url": webinar.meeting_url}),
        off_form=off or CallOffForm(),
        takes=services.takes(webinar),
        edit_url=_edit_url(request, webinar),
    )
    return render(request, "learning/webinars/team.html", context, status=status)


def _edit_url(request: HttpRequest, webinar: Webinar) -> str:
    """The page in the admin, for those who change it there."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return ""
    page = queries.page_of(webinar)
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""


@login_required
@never_cache
@require_POST
def attendance(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The team's list of those present, for the people of one page."""
    webinar = _run(request, uuid)
    form = AttendanceForm(request.POST)
    back = reverse("learning:webinar-team", args=[webinar.uuid])
    if not form.is_valid():
        flash.error(request, _("The page was out of date: say it again."))
        return redirect(back)
    shown, present = set(form.cleaned_data["shown"]), set(form.cleaned_data["present"])
    people = queries.people_of(webinar).filter(uuid__in=shown).prefetch_related(None)
    by_pk = dict(people.values_list("pk", "uuid"))
    try:
        there = [pk for pk, identifier in by_pk.items() if identifier in present]
        changed = services.declare(webinar, by_pk, there, by=request.user)
    except services.CannotDo as error:
        flash.error(request, " ".join(error.messages))
    else:
        said = _("Kept.") if changed else _("Nothing changed.")
        flash.success(request, said)
    query = request.GET.urlencode()
    return redirect(f"{back}?{query}" if query else back)


ACTS = {
    "ouvrir": (services.open_now, lambda: _("The webinar is live.")),
    "terminer": (services.end_now, lambda: _("The webinar is over.")),
    "reprendre": (services.resume, lambda: _("The clock alone says again.")),
    "retablir": (
        services.restore,
        lambda: _("It takes place after all: those registered are told."),
    ),
}


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Open early, end, undo; give the link; call off."""
    webinar = _run(request, uuid)
    try:
        if act == "lien":
            return _set_link(request, webinar)
        if act == "annuler":
            return _call_off(request, webinar)
        if act not in ACTS:
            raise Http404
        do, said = ACTS[act]
        do(webinar, by=request.user)
    except services.CannotDo as error:
        flash.error(request, " ".join(error.messages))
    else:
        flash.success(request, said())
    return redirect("learning:webinar-team", webinar.uuid)


def _set_link(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _people(request, webinar, link=form, status=422)
    services.set_link(webinar, form.cleaned_data["meeting_url"], by=request.user)
    flash.success(request, _("The link is kept. It shows a quarter of an hour before."))
    return redirect("learning:webinar-team", webinar.uuid)


def _call_off(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _people(request, webinar, off=form, status=422)
    services.call_off(webinar, form.cleaned_data["reason"], by=request.user)
    flash.success(request, _("The webinar is called off; those registered are told."))
    return redirect("learning:webinar-team", webinar.uuid)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A message to those registered, to those who were there or to those who were not."""
    webinar = _run(request, uuid)
    form = MessageForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            messages.send(
                webinar,
                token=asked["token"],
                by=request.user,
                audience=asked["audience"],
                subject=asked["subject"],
                text=asked["text"],
            )
        except CannotSend as error:
            form.add_error(None, error)
            status = 409
        else:
            flash.success(request, _("The message leaves: each gets a mail of their own."))
            return redirect("learning:webinar-team", webinar.uuid)
    context = _framed(
        request,
        webinar,
        _("Write to people of the webinar"),
        form=form,
        sent=webinar.messages.select_related("sender")[:10],
    )
    return render(request, "learning/webinars/write.html", context, status=status)
