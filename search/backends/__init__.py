"""The seam: what answers a search is chosen by `SEARCH_BACKEND`, a dotted path to a `Backend`."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import Answer, Backend, Found, Question, Suggestions

__all__ = ["Answer", "Backend", "Found", "Question", "Suggestions", "backend"]


@cache
def _load(path: str) -> Backend:
    return import_string(path)()


def backend() -> Backend:
    return _load(settings.SEARCH_BACKEND)
