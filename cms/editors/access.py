"""Who is an editor here, and of which pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.permissions import page_permission_policy

from ..bin import outside

EDITING = ("add", "change", "publish")


def is_editor(user: Any) -> bool:
    """Whether this person may work on some page in the admin."""
    return bool(
        user.is_authenticated
        and user.has_perm("wagtailadmin.access_admin")
        and page_permission_policy.user_has_any_permission(user, EDITING)
    )


def check_editor(user: Any) -> None:
    if not is_editor(user):
        raise PermissionDenied


def pages_of(user: Any) -> Any:
    """The pages that this person may change, without those in the bin."""
    found = page_permission_policy.instances_user_has_any_permission_for(user, ["change"])
    return outside(found.filter(depth__gt=1))
