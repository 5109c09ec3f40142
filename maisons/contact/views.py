"""The public page /contact/, and the requests that wait in the professional space."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.meta import PageMeta, absolute

from ..models import ContactRequest, Desk, Maison
from ..queries import alternates
from . import guard, kinds, routing, services
from .desk_forms import ActionForm, ListForm
from .forms import ContactForm

PER_PAGE = 20


# -- Public ----------------------------------------------------------------------------------------


@csrf_exempt  # It acts in nobody's name; the guard refuses what other sites send.
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to a Maison, to the referent of a department or to the national team.

    Parameters: sujet, maison (slug), departement (code).
    """
    if request.method == "POST":
        return _receive(request)
    maisons = _asked_maison(request.GET.get("maison", ""))
    asked = request.GET.get("sujet", "maison" if maisons else "")
    form = ContactForm(
        kind=asked if kinds.find(asked) else "",
        maisons=maisons,
        department=_asked_department(request.GET.get("departement", "")),
        user=request.user,
    )
    return _page(request, form)


def _asked_maison(slug: str) -> list[Maison]:
    public = Maison.objects.visible_to(None).select_related("commune__department")
    return list(public.filter(slug=slug[:80])) if slug and "\0" not in slug else []


def _asked_department(code: str) -> str:
    return code if code.isalnum() and len(code) <= 3 else ""


def _receive(request: HttpRequest) -> HttpResponse:
    if guard.is_trapped(request.POST):
        # A program: let it believe that it was heard.
        return redirect(f"{reverse('contact:sent')}?a={Desk.NATIONAL}")
    form = _bound(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    problem = _problem(request, form.cleaned_data.get("marque", ""))
    if problem:
        return _page(request, _with_new_stamp(request, form, problem), status=422)
    if not guard.may_send(request):
        form.add_error(
            None, _("Many messages have come from your network. Try again in ten minutes.")
        )
        return _page(request, form, status=429)
    acknowledge = guard.may_acknowledge(request, form.cleaned_data["courriel"])
    received = form.save(acknowledge=acknowledge)
    return redirect(f"{reverse('contact:sent')}?{urlencode({'a': received.desk})}")


def _bound(request: HttpRequest) -> ContactForm:
    """The form as it was shown, with what was typed."""
    data = request.POST
    kind = kinds.find(data.get("sujet", ""))
    form = ContactForm(data, kind=kind.code if kind and not kind.listed else "")
    if chosen := _asked_maison(data.get("maison", "")):
        form.offer(chosen)
    return form


def _problem(request: HttpRequest, mark: str) -> str:
    if not guard.is_ours(request):
        return _("This message did not come from our form. Check it and send it again.")
    age = guard.age_of(mark)
    if age is None:
        return _("The form was open for a long time. Check your message and send it again.")
    if age < guard.LEAST_SECONDS:
        return _("That was very fast. Check your message and send it again.")
    return ""


def _with_new_stamp(request: HttpRequest, form: ContactForm, problem: str) -> ContactForm:
    """The same form, whose clock starts again where the stamp was no good."""
    if guard.age_of(form.cleaned_data.get("marque", "")) is None:
        form.data = {**request.POST.dict(), "marque": guard.stamp()}
    form.add_error(None, problem)
    return form


def _page(request: HttpRequest, form: ContactForm, status: int = 200) -> HttpResponse:
    path = reverse("contact:form")
    meta = PageMeta(
        title=_("Write to us"),
        description=_(
            "Write to a Maison, to the prefecture referent of your department or to the national team."
        ),
        canonical=absolute(path),
        breadcrumbs=[(_("Home"), reverse("wagtail_serve", args=[""]))],
        alternates=[(code, absolute(url)) for code, url in alternates(path).items()],
        robots="" if request.method == "GET" and not request.GET else "noindex, follow",
        cache="private",
    )
    context = {"page_meta": meta, "form": form, "kinds": kinds.listed()}
    response = render(request, "maisons/contact/page.html", context, status=status)
    # It holds the time at which it was made.
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thank the person and say who answers. Parameter: a (desk)."""
    asked = request.GET.get("a", "")
    desk = Desk(asked) if asked in Desk.values else Desk.NATIONAL
    meta = PageMeta(
        title=_("Your message is sent"),
        breadcrumbs=[
            (_("Home"), reverse("wagtail_serve", args=[""])),
            (_("Write to us"), reverse("contact:form")),
        ],
        robots="noindex, follow",
    )
    days = ContactRequest.ANSWERED_WITHIN.days
    context = {"page_meta": meta, "desk": desk, "days": days}
    return render(request, "maisons/contact/sent.html", context)


# -- Professional space ----------------------------------------------------------------------------


def _desk_meta(title: str, *above: tuple[str, str]) -> PageMeta:
    return PageMeta(
        title=title,
        breadcrumbs=[(_("Professional space"), reverse("pro:home")), *above],
        robots="noindex, nofollow",
        cache="private",
    )


@never_cache
@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What was written to this person's desks. Parameters: etat, destinataire, page."""
    if not request.user.has_perm("maisons.receive_requests"):
        raise PermissionDenied(_("Your roles receive no contact requests."))
    form = ListForm(request.GET)
    form.is_valid()
    found = form.apply(ContactRequest.objects.visible_to(request.user))
    found = found.select_related("maison", "department", "handled_by")
    try:
        page = Paginator(found, PER_PAGE).page(form.value("page", 1))
    except EmptyPage as error:
        raise Http404 from error
    context = {
        "page_meta": _desk_meta(_("Contact requests")),
        "form": form,
        "page": page,
        "parameters": form.parameters(),
    }
    return render(request, "maisons/contact/list.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, request_uuid: Any) -> HttpResponse:
    """One request, its history, and what may be done with it."""
    readable = ContactRequest.objects.visible_to(request.user)
    found = get_object_or_404(
        readable.select_related("maison", "department", "handled_by"), uuid=request_uuid
    )
    form = ActionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = form.apply(found, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, form.said())
            still = ContactRequest.objects.visible_to(request.user).filter(pk=done.pk).exists()
            return redirect(done if still else "contact:requests")
        found.refresh_from_db()
    context = {
        "page_meta": _desk_meta(
            found.kind_label, (_("Contact requests"), reverse("contact:requests"))
        ),
        "found": found,
        "form": form,
        "events": found.events.select_related("by"),
        "farther": routing.farther_desk(found),
        "mine": found.handled_by_id == request.user.pk,
        "reply": services.reply_address(found),
    }
    return render(request, "maisons/contact/detail.html", context)
