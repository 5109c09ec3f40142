"""Who writes paths: whoever may add one to a catalogue, as the permissions of its pages say."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import translation

from ..models import CataloguePage


def catalogue_for(user: Any) -> CataloguePage | None:
    """The catalogue to which this person may add a path: that of their language first."""
    language = translation.get_language()
    pages = CataloguePage.objects.select_related("locale")
    for page in sorted(pages, key=lambda page: page.locale.language_code != language):
        if page.permissions_for_user(user).can_add_subpage():
            return page
    return None


def check_author(user: Any) -> CataloguePage:
    """Raises PermissionDenied."""
    found = catalogue_for(user)
    if found is None:
        raise PermissionDenied
    return found
