"""Who writes the page of an operator, and what of the admin is open to them.

Each operator that has a page has a Django group: it opens the admin, lets its people add and change
pages under that page (not publish: moderation does), and use the pictures, documents and recordings
of one collection. Who is in it follows the role « operator editor » over that operator
(`cms.registry.scoped_groups`). `maisons.operators.guard` closes the rest of the admin.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.groups import MEDIA_LABELS, sync_user_groups
from accounts.roles import Scope, holders, roles_of
from accounts.scopes import OPERATOR_EDITOR

from ..models import Operator
from ..roles import OPERATOR

PREFIX = "Opérateur : "
COLLECTIONS = "Opérateurs et partenaires"
_ON_PAGES = ("add_page", "change_page")
_ON_FILES = ("add", "change", "choose")


def group_name(code: str) -> str:
    return f"{PREFIX}{code}"


def editors_of(operator: Operator) -> Any:
    """The people who hold the role over this operator now."""
    return holders(OPERATOR_EDITOR, Scope(OPERATOR, operator.code))


def open_to_editors(page: Any) -> None:
    """Give the editors of its operator the page, its children and a collection. Idempotent."""
    if page.operator_id is None:
        return
    operator = page.operator
    group, created = Group.objects.get_or_create(name=group_name(operator.code))
    _give_pages(group, page)
    if created:
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label="wagtailadmin", codename="access_admin"
            )
        )
        _give_files(group, collection_of(operator))
        for person in editors_of(operator):
            sync_user_groups(person)


def _give_pages(group: Group, page: Any) -> None:
    # The page may have been another operator's.
    others = GroupPagePermission.objects.filter(page_id=page.pk, group__name__startswith=PREFIX)
    others.exclude(group=group).delete()
    rows = GroupPagePermission.objects.filter(group=group)
    if rows.filter(page_id=page.pk).count() == len(_ON_PAGES):
        return
    # Another page took its place as the page of this operator.
    rows.exclude(page_id=page.pk).delete()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=_ON_PAGES
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission
        )


def collection_of(operator: Operator) -> Collection:
    """Where the pictures and documents of this operator are; made at first use."""
    root = Collection.get_first_root_node()
    parent = root.get_children().filter(name=COLLECTIONS).first()
    if parent is None:
        parent = root.add_child(instance=Collection(name=COLLECTIONS))
    name = f"{operator} ({operator.code})"[:255]
    found = parent.get_children().filter(name__endswith=f"({operator.code})").first()
    return found or parent.add_child(instance=Collection(name=name))


def _give_files(group: Group, collection: Collection) -> None:
    wanted = Q(pk__in=[])
    for app, model in MEDIA_LABELS:
        codes = [f"{action}_{model}" for action in _ON_FILES]
        wanted |= Q(content_type__app_label=app, codename__in=codes)
    for permission in Permission.objects.filter(wanted):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


class OperatorGroups:
    """The groups of operators, for `cms.registry.scoped_groups`."""

    prefix = PREFIX

    def names(self, user: Any) -> Iterable[str]:
        """Those in which this person must be; a group is there only once the page is."""
        codes = {
            held.scope.code
            for held in roles_of(user)
            if held.role == OPERATOR_EDITOR and held.scope.kind == OPERATOR
        }
        names = [group_name(code) for code in codes]
        return Group.objects.filter(name__in=names).values_list("name", flat=True)
