"""Middleware of the foundation."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import request_scope

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestScopeMiddleware:
    """Gives each request its own short memory (`cms.request_scope`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_scope.begin()
        try:
            return self.get_response(request)
        finally:
            request_scope.end(token)
