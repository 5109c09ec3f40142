"""What readers do on an article: follow it, say that it is still right."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import services
from .forms import FollowForm
from .reading import may_check

if TYPE_CHECKING:
    from .models import ToolboxArticlePage


def follow(article: "ToolboxArticlePage", request: HttpRequest) -> HttpResponse:
    """Follow an article or stop (POST `suivre`: 1 or 0)."""
    refused = _not_now(article, request)
    if refused:
        return refused
    form = FollowForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Your choice was not understood: try again."))
    elif form.cleaned_data["suivre"]:
        services.follow(request.user, article)
        messages.success(request, _("You will be told when this article changes."))
    else:
        services.unfollow(request.user, article)
        messages.success(request, _("You no longer follow this article."))
    return redirect(article.get_url(request))


def mark_checked(article: "ToolboxArticlePage", request: HttpRequest) -> HttpResponse:
    """Say that an article is still right today (POST)."""
    refused = _not_now(article, request)
    if refused:
        return refused
    if not may_check(request.user, article):
        raise PermissionDenied
    services.mark_checked(article, request.user)
    messages.success(request, _("Thank you: the article is marked as checked today."))
    return redirect(article.get_url(request))


def _not_now(article: "ToolboxArticlePage", request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(article.get_url(request) or "/")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return None
