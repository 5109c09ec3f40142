"""The themes that one follows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.meta import PageMeta

from ...views import pro_trail
from ..interests import ThemesForm, choose, chosen_by


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest) -> HttpResponse:
    """Choose the themes about which paths are proposed."""
    if request.method == "POST":
        form = ThemesForm(request.POST)
        if form.is_valid():
            choose(request.user, form.cleaned_data["themes"])
            messages.success(request, _("Your themes are saved: what is proposed follows them."))
            return redirect("learning:mine")
    else:
        form = ThemesForm(initial={"themes": chosen_by(request.user)})
    trail = [*pro_trail(), (_("My training"), reverse("learning:mine"))]
    meta = PageMeta(title=_("My themes"), breadcrumbs=trail, cache="private")
    status = 422 if form.errors else 200
    context = {"page_meta": meta, "form": form}
    return render(request, "learning/overview/themes.html", context, status=status)
