"""What the pages of the professional space may use, whichever app they belong to."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from . import pro


def professional(request: HttpRequest) -> dict[str, Any]:
    # A callable: a page without the menu of the professional space asks nothing.
    return {"pro_doors": partial(_doors, request)}


def _doors(request: HttpRequest) -> list[pro.Door]:
    user = getattr(request, "user", None)
    return pro.doors(request) if user is not None and user.is_authenticated else []
