"""Whether an address of this site answers, asked without network, as a visitor would."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request

from .. import routing

# What is behind sign-in, or made for machines, is not asked: that it exists is enough.
NOT_ASKED = ("/admin/", "/compte/", "/static/", "/medias/", "/exports/")


def answers(path: str) -> bool:
    """Whether a visitor who follows this path finds something, be it through a redirect."""
    language = get_language_from_path(path) or "fr"
    with translation.override(language):
        request = get_dummy_request(path=path)
        request.user = AnonymousUser()
        return _found(request, path, language) or bool(
            get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))
        )


def _found(request, path: str, language: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        # With a slash at its end, the visitor is sent on.
        return not path.endswith("/") and _found(request, f"{path}/", language)
    if match.url_name == "wagtail_serve":
        inner = path.removeprefix(f"/{language}") if language != "fr" else path
        return routing.route(request, inner) is not None
    if path.startswith(NOT_ASKED):
        return True
    try:
        return match.func(request, *match.args, **match.kwargs).status_code < 400
    except Http404:
        return False
    except Exception:  # a view that needs more than a visitor's request: it exists
        return True
