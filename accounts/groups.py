"""One Django group for each role. Groups carry the admin's permissions and the restriction of pages.

Nobody edits them: who is in a group comes from the roles (`sync_user_groups`), what a group may do
in the admin comes from here, from `cms.registry.admin_permissions` and, for files, from
`admin_collections` (`sync_groups`, on `post_migrate`). Whatever else a role allows is said by `rules`, not by a group.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from cms import registry

from .models import User
from .roles import role_codes
from .scopes import (
    ADMINISTRATOR,
    AGENT,
    CHIEF_EDITOR,
    EDITOR,
    HOST_MANAGER,
    MANAGER,
    NATIONAL_TEAM,
    OPERATOR_EDITOR,
    PREFECTURE_REFERENT,
    TRAINER,
)

# Names are shown when a page is restricted to a group; the database holds French ones.
NAMES = {
    AGENT: "Agents des Maisons",
    MANAGER: "Responsables de Maison",
    HOST_MANAGER: "Structures porteuses",
    TRAINER: "Formateurs",
    EDITOR: "Rédaction",
    CHIEF_EDITOR: "Rédaction en chef",
    NATIONAL_TEAM: "Cellule nationale",
    PREFECTURE_REFERENT: "Référents préfectoraux",
    OPERATOR_EDITOR: "Opérateurs",
    ADMINISTRATOR: "Administration",
}
_EDITING = ("add_page", "change_page", "publish_page", "lock_page")
_ALL_PAGES = (*_EDITING, "unlock_page", "bulk_delete_page")
PAGE_PERMISSIONS = {
    EDITOR: _EDITING,
    CHIEF_EDITOR: _ALL_PAGES,
    NATIONAL_TEAM: _ALL_PAGES,
    ADMINISTRATOR: _ALL_PAGES,
}
MEDIA_LABELS = (("wagtailimages", "image"), ("wagtaildocs", "document"), ("wagtailmedia", "media"))
# What no group carries: people and their secrets are managed by services alone.
CLOSED_APPS = ("account", "accounts", "auth", "mfa", "sessions", "socialaccount", "usersessions")
_ADMIN_ACCESS = "wagtailadmin.access_admin"
_EDITOR = (_ADMIN_ACCESS, "wagtail_localize.submit_translation", "cms.*theme")
_NATIONAL = (
    *_EDITOR,
    "cms.*",
    "home.*",
    "wagtailcore.*collection",
    "wagtailcore.*workflow",
    "wagtailcore.*task",
    "wagtailcore.*locale",
    "wagtailredirects.*",
    "wagtailforms.*",
    "wagtail_localize.*",
)
BASE_PERMISSIONS = {
    EDITOR: _EDITOR,
    CHIEF_EDITOR: _EDITOR,
    NATIONAL_TEAM: _NATIONAL,
    ADMINISTRATOR: ("*",),
}


def group_for(role: str) -> Group:
    """The group of a role, made when missing."""
    return Group.objects.get_or_create(name=NAMES[role])[0]


def sync_groups() -> None:
    """Bring every group to the permissions that its role carries. Idempotent."""
    wanted = {role: list(labels) for role, labels in BASE_PERMISSIONS.items()}
    for provider in registry.admin_permissions:
        for role, labels in provider().items():
            wanted.setdefault(role, []).extend(labels)
    for role in NAMES:
        group = group_for(role)
        group.permissions.set(_permissions(wanted.get(role, [])))
        _sync_pages(group, PAGE_PERMISSIONS.get(role, ()))
        _sync_media(group, role)


def sync_user_groups(user: User) -> bool:
    """Put the person in the groups of the roles held now and out of the others. Tells if it changed."""
    wanted = {NAMES[role] for role in role_codes(user) if role in NAMES}
    kept = Q(name__in=NAMES.values())
    for groups in registry.scoped_groups:
        wanted.update(groups.names(user))
        kept |= Q(name__startswith=groups.prefix)
    held = set(user.groups.filter(kept).values_list("name", flat=True))
    if wanted == held:
        return False
    user.groups.remove(*Group.objects.filter(name__in=held - wanted))
    user.groups.add(*[Group.objects.get_or_create(name=name)[0] for name in sorted(wanted - held)])
    return True


def _permissions(labels: Iterable[str]) -> Any:
    """Permissions named "app.codename", "app.*model", "app.*" or "*"."""
    found = Q(pk__in=[])
    for label in labels:
        app, _, code = label.partition(".")
        if label == "*":
            found |= ~Q(content_type__app_label__in=CLOSED_APPS)
        elif code == "*":
            found |= Q(content_type__app_label=app)
        elif code.startswith("*"):
            found |= Q(content_type__app_label=app, content_type__model=code[1:])
        else:
            found |= Q(content_type__app_label=app, codename=code)
    return Permission.objects.filter(found)


def _sync_pages(group: Group, codenames: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    rows = GroupPagePermission.objects.filter(group=group)
    rows.exclude(page=root, permission__codename__in=codenames).delete()
    held = set(rows.values_list("permission__codename", flat=True))
    missing = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=set(codenames) - held
    )
    for permission in missing:
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)


def collection_named(name: str) -> Collection:
    """A collection at the root, made when missing. Raises Collection.DoesNotExist without a root."""
    root = Collection.get_first_root_node()
    if root is None:
        raise Collection.DoesNotExist
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(instance=Collection(name=name))


def _sync_media(group: Group, role: str) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    wanted = set()
    if role in PAGE_PERMISSIONS:
        wanted = {(root.pk, permission.pk) for permission in _media_permissions(role)}
    for name, provider in registry.admin_collections.items():
        if labels := provider().get(role):
            collection = collection_named(name)
            wanted |= {(collection.pk, permission.pk) for permission in _permissions(labels)}
    rows = GroupCollectionPermission.objects.filter(group=group)
    held = {(row.collection_id, row.permission_id): row.pk for row in rows}
    rows.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in sorted(wanted - held.keys())
    )


def _media_permissions(role: str) -> Any:
    """What a role that edits the site may do with every file."""
    wanted = Q(pk__in=[])
    for app, model in MEDIA_LABELS:
        if apps.is_installed(apps.get_app_config(app).name):
            codes = [f"{action}_{model}" for action in ("add", "change", "delete", "choose")]
            wanted |= Q(content_type__app_label=app, codename__in=codes)
    if role in (NATIONAL_TEAM, ADMINISTRATOR):
        wanted |= Q(content_type__app_label="wagtailcore", content_type__model="collection")
    return Permission.objects.filter(wanted)
