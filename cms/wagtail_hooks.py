"""What the foundation adds to the Wagtail admin: bin, undo, background tasks, log entries."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from . import admin_views, paste_views, undo
from .editors import hooks as editors_hooks  # noqa: F401 (they register themselves)
from .models import BinPage


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("bin/", admin_views.bin_list, name="cms_bin"),
        path("bin/<uuid:entry_uuid>/restore/", admin_views.bin_restore, name="cms_bin_restore"),
        path("tasks/", admin_views.task_list, name="cms_tasks"),
        path("tasks/<uuid:task_id>/retry/", admin_views.task_retry, name="cms_task_retry"),
        path("pages/<int:page_id>/paste/", paste_views.paste_into_page, name="cms_paste_page"),
        path("pages/<int:page_id>/undo/", admin_views.undo_page, name="cms_undo_page"),
    ]


class BinMenuItem(MenuItem):
    def is_shown(self, request):
        return admin_views.may_use_bin(request.user)


class TasksMenuItem(MenuItem):
    def is_shown(self, request):
        return admin_views.may_run_tasks(request.user)


@hooks.register("register_admin_menu_item")
def bin_menu_item():
    return BinMenuItem(_("Bin"), reverse("cms_bin"), name="bin", icon_name="bin", order=9500)


@hooks.register("register_reports_menu_item")
def tasks_menu_item():
    return TasksMenuItem(
        _("Background tasks"), reverse("cms_tasks"), name="tasks", icon_name="history", order=900
    )


# -- Deleting a page puts it in the bin -------------------------------------------------------------


@hooks.register("before_delete_page")
def delete_goes_to_the_bin(request, page):
    if request.method == "POST":
        return admin_views.bin_pages(request, [page])
    return None


@hooks.register("before_bulk_action")
def bulk_delete_goes_to_the_bin(request, action_type, objects, action):
    if (
        action_type == "delete"
        and objects
        and isinstance(objects[0], Page)
        and request.method == "POST"
    ):
        return admin_views.bin_pages(request, objects)
    return None


@hooks.register("construct_explorer_page_queryset")
def hide_the_bin_in_the_explorer(parent_page, pages, request):
    return pages.not_type(BinPage)


@hooks.register("construct_page_chooser_queryset")
def hide_the_bin_in_choosers(pages, request):
    found = BinPage.objects.first()
    return pages.not_descendant_of(found, inclusive=True) if found else pages


# -- Undo ------------------------------------------------------------------------------------------


@hooks.register("register_page_header_buttons")
def undo_button(page, user, view_name, next_url=None):
    if page.permissions_for_user(user).can_edit() and undo.earlier_revision(page):
        yield Button(
            _("Undo the last change"),
            reverse("cms_undo_page", args=[page.pk]),
            icon_name="rotate",
            priority=60,
        )


@hooks.register("register_page_header_buttons")
def paste_button(page, user, view_name, next_url=None):
    if (
        paste_views.paste_fields(page.specific_class or type(page))
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button(
            _("Paste from a word processor"),
            reverse("cms_paste_page", args=[page.pk]),
            icon_name="copy",
            priority=65,
        )


@hooks.register("insert_editor_js")
def clean_paste_script():
    return format_html('<script src="{}" defer></script>', static("js/admin-clean-paste.js"))


# -- Names of our actions in the history -----------------------------------------------------------


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("cms.paste", _("Paste"), _("Text added from a word processor"))
    actions.register_action("cms.undo", _("Undo"), _("Last change undone"))
    actions.register_action("cms.export", _("Export"), _("List exported"))
    actions.register_action("cms.bin", _("Delete"), _("Put in the bin"))
    actions.register_action("cms.restore", _("Restore"), _("Restored from the bin"))
    actions.register_action("cms.task_retry", _("Retry"), _("Background task started again"))
