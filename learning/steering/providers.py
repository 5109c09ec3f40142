"""What the screens of training give to the professional space."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import learning.steering.history
import learning.steering.url_cases  # noqa: F401
from cms import registry


@registry.pro_doors.provide("learning.steering")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    yield {
        "door": "learn",
        "label": _("My training"),
        "text": _("My next session, what is to do, what I did."),
        "url": reverse("learning:mine"),
        "order": 10,
    }
