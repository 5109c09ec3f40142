"""What the authors of paths find in the Wagtail admin. Imported by `learning.wagtail_hooks`."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from ..models import CataloguePage, ChapterPage, LearningPathPage, UnitPage
from . import access, admin_views, file_views


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    base = "formation/parcours/"
    one = f"{base}<int:pk>/"
    return [
        path(base, admin_views.path_list, name="learning_paths"),
        path(one, admin_views.outline, name="learning_path_outline"),
        path(f"{one}dupliquer/", admin_views.duplicate_path, name="learning_path_duplicate"),
        path(f"{one}publier/", admin_views.publish_path, name="learning_path_publish"),
        path(f"{one}exporter/", file_views.export_path, name="learning_path_export"),
        path(f"{base}importer/", file_views.import_path, name="learning_path_import"),
        path(
            f"{base}importer/<uuid:uuid>/", file_views.import_report, name="learning_path_imported"
        ),
    ]


class PathsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.catalogue_for(request.user) is not None


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    url = reverse("learning_paths")
    return PathsMenuItem(_("Online paths"), url, name="paths", icon_name="list-ol", order=166)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_buttons")
def buttons(page: Page, user: Any, next_url: Any = None, **_kwargs: Any) -> Iterator[Button]:
    """From a path, a chapter or a unit to the outline; from the catalogue to the import."""
    model = page.specific_class or Page
    rights = page.permissions_for_user(user)
    if issubclass(model, CataloguePage) and rights.can_add_subpage():
        url = reverse("learning_path_import")
        yield Button(_("Import a path from a file"), url, icon_name="upload", priority=40)
    if not issubclass(model, LearningPathPage | ChapterPage | UnitPage) or not rights.can_edit():
        return
    found = _path_of(page)
    if found is None:
        return
    url = reverse("learning_path_outline", args=[found.pk])
    yield Button(_("Outline of the path"), url, icon_name="list-ol", priority=4)
    seen = (
        reverse("learning:unit-preview", args=[found.translation_key, page.translation_key])
        if issubclass(model, UnitPage)
        else reverse("learning:path-preview", args=[found.translation_key])
    )
    yield Button(_("See it as a learner"), seen, icon_name="view", priority=5)
    if issubclass(model, LearningPathPage):
        url = reverse("learning_path_duplicate", args=[page.pk])
        yield Button(_("Duplicate the path"), url, icon_name="copy", priority=6)
        url = reverse("learning_path_export", args=[page.pk])
        yield Button(_("Export the path to a file"), url, icon_name="download", priority=7)


def _path_of(page: Page) -> Page | None:
    if issubclass(page.specific_class or Page, LearningPathPage):
        return page
    return LearningPathPage.objects.ancestor_of(page).first()


@hooks.register("before_copy_page")
def copied_whole(request: HttpRequest, page: Page) -> Any:
    """Wagtail's own copy would leave prerequisites on the units of the original."""
    if issubclass(page.specific_class or Page, LearningPathPage):
        return redirect("learning_path_duplicate", page.pk)
    return None


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "learning.duplicate_path", _("Duplicate a path"), _("Made from another path")
    )
    actions.register_action(
        "learning.import_path", _("Import a path"), _("Made from the file of a path")
    )
    actions.register_action("learning.export_path", _("Export a path"), _("Exported to a file"))
