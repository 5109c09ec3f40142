"""What every page of a cohort has, for its trainers."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.meta import PageMeta

from ..models import Cohort
from . import tabs


def cohort_to_follow(request: HttpRequest, uuid: Any) -> Cohort:
    """The cohort, when this person follows it; else it does not exist here (404)."""
    rows = Cohort.objects.visible_to(request.user)
    rows = rows.select_related("path__version", "follow_rules").prefetch_related("trainers")
    found: Cohort = get_object_or_404(rows, uuid=uuid)
    return found


def path_title(cohort: Cohort) -> str:
    """The title of its path, as the version in force has it."""
    version = cohort.path.version
    return str(version.structure["title"]) if version else str(cohort)


def framed(
    request: HttpRequest, cohort: Cohort, current: str, title: str = "", **context: Any
) -> dict[str, Any]:
    """The context of a page that extends `learning/following/base.html`; `current` names its tab."""
    meta = PageMeta(
        title=title or cohort.name,
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My cohorts"), reverse("learning:cohorts")),
            *([(cohort.name, cohort.get_absolute_url())] if title else []),
        ],
        cache="private",
    )
    return {
        "page_meta": meta,
        "cohort": cohort,
        "path_title": path_title(cohort),
        "tabs": tabs.shown(request.user, cohort, current),
        **context,
    }
