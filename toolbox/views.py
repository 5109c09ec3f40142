"""Supports to make one's own: members only, nothing stored."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import pdf
from cms.meta import PageMeta
from maisons.models import Maison
from maisons.roles import memberships_of

from .models import ToolboxIndexPage
from .supports import BY_SLUG, SUPPORTS, Support, SupportForm, sheet

# A sheet takes about a second of a processor.
RATE = "20/m/user,200/d/user"
MOST_MAISONS = 100


class MaisonForm(forms.Form):
    """Whose data fill the sheet: the parameter `maison` of the address."""

    maison = forms.ChoiceField(label=gettext_lazy("Maison"), required=False)

    def __init__(self, *args: Any, maisons: list[Maison], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["maison"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(maison.slug, maison.name) for maison in maisons]
        field.error_messages["invalid_choice"] = _("This Maison is not one of yours.")


def own_maisons(user: Any) -> list[Maison]:
    """Those of this person, then those that they manage from their host organisation."""
    own = [row.maison for row in memberships_of(user)]
    known = {maison.pk for maison in own}
    if own:
        return own
    managed = Maison.objects.managed_by(user).exclude(status=Maison.Status.CLOSED).with_place()
    return [m for m in managed.in_order()[:MOST_MAISONS] if m.pk not in known]


@login_required
@never_cache
@require_safe
def supports(request: HttpRequest) -> HttpResponse:
    """What can be made one's own."""
    meta = PageMeta(
        title=_("Supports to make your own"), breadcrumbs=_trail(request), cache="private"
    )
    maison = next(iter(own_maisons(request.user)), None)
    shown = [(one, sheet(one.start(maison))) for one in SUPPORTS]
    return render(request, "toolbox/supports.html", {"page_meta": meta, "supports": shown})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill in one sheet, see it, get it as PDF (POST `action`: "preview" or "pdf")."""
    chosen = BY_SLUG.get(slug)
    if chosen is None:
        raise Http404
    maisons = own_maisons(request.user)
    choice = MaisonForm(request.GET, maisons=maisons)
    wanted = choice.cleaned_data["maison"] if choice.is_valid() else ""
    maison = next((m for m in maisons if m.slug == wanted), maisons[0] if maisons else None)
    if request.method == "POST":
        form = chosen.form(request.POST, formats=chosen.formats)
        if form.is_valid() and request.POST.get("action") == "pdf":
            return _pdf(request, chosen, form)
    else:
        form = chosen.start(maison)
    context = {
        "page_meta": _meta(request, chosen),
        "support": chosen,
        "form": form,
        "choice": choice,
        "maisons": maisons,
        "maison": maison,
        "sheet": sheet(form),
        "asked": request.method == "POST",
    }
    return render(request, "toolbox/support.html", context)


def _pdf(request: HttpRequest, chosen: Support, form: SupportForm) -> HttpResponse:
    limited: HttpResponse | None = ratelimit.consume_or_429(
        request, action="toolbox.support", config={"toolbox.support": RATE}
    )
    if limited:
        return limited
    context = {"title": f"{chosen.label} – {form.cleaned_data['name']}", "sheet": sheet(form)}
    try:
        content = pdf.make("toolbox/supports/document.html", {**context, "support": chosen})
    except pdf.PdfUnavailable:
        return pdf.unavailable(request)
    return pdf.respond(content, f"{chosen.slug}-{form.cleaned_data['format']}.pdf")


def _meta(request: HttpRequest, chosen: Support) -> PageMeta:
    trail = [*_trail(request), (_("Supports to make your own"), reverse("toolbox:supports"))]
    return PageMeta(title=str(chosen.label), breadcrumbs=trail, cache="private")


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    """From the home page to the toolbox, where there is one."""
    home = (_("Home"), reverse("wagtail_serve", args=[""]))
    toolbox = ToolboxIndexPage.objects.visible_to(request.user).select_related("locale").first()
    return [home, (toolbox.title, toolbox.get_url(request) or "")] if toolbox else [home]
