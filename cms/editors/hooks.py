"""Where the editors' screens enter the admin. Imported by `cms.wagtail_hooks`."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.widgets import Button
from wagtail.contrib.redirects import views as wagtail_redirects
from wagtail.models import Page

from . import access, guide, redirects, reports, starting, views
from .dashboard import DashboardPanel

# Wagtail's panels that say something of ours does not: what waits for this person's approval, what
# they have submitted, what they have locked.
KEPT_PANELS = (
    WorkflowObjectsToModeratePanel,
    UserObjectsInWorkflowModerationPanel,
    LockedPagesPanel,
)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("reports/site/<slug:slug>/", views.report, name="cms_report"),
        path("reports/read-again/", views.read_again, name="cms_read_again"),
        path("pages/<int:page_id>/checked/", views.checked, name="cms_checked"),
        path("templates/", views.templates, name="cms_templates"),
        path("pages/<int:page_id>/template/", views.mark_template, name="cms_mark_template"),
        path("pages/<int:parent_id>/start/", views.start_here, name="cms_start"),
        path("pages/<int:parent_id>/start/<uuid:uuid>/", views.start_from, name="cms_start_from"),
        path(
            "pages/<int:parent_id>/start/<uuid:uuid>/preview/",
            views.start_preview,
            name="cms_start_preview",
        ),
        path("guide/", guide.guide, name="cms_guide"),
        path("guide/images/<str:name>", guide.picture, name="cms_guide_picture"),
    ]


# Before Wagtail's own, at the same addresses: the same screens, with our rules.
@hooks.register("register_admin_urls", order=-10)
def redirect_urls() -> list[Any]:
    form = redirects.CheckedRedirectForm
    return [
        path("redirects/add/", wagtail_redirects.CreateView.as_view(form_class=form)),
        path("redirects/<int:redirect_id>/", wagtail_redirects.EditView.as_view(form_class=form)),
        path("redirects/import/", views.import_redirects),
        path("redirects/import/process/", views.import_redirects),
    ]


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# -- Menus ------------------------------------------------------------------------------------------


class EditorMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return access.is_editor(request.user)


@hooks.register("register_admin_menu_item")
def templates_menu_item() -> MenuItem:
    return EditorMenuItem(
        _("Templates"), reverse("cms_templates"), name="templates", icon_name="copy", order=160
    )


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return MenuItem(
        _("Editing guide"), reverse("cms_guide"), name="guide", icon_name="help", order=1
    )


@hooks.register("register_reports_menu_item")
def links_menu_item() -> MenuItem:
    return EditorMenuItem(
        _("Broken links"), reports.LINKS.url, name="broken-links", icon_name="link", order=100
    )


@hooks.register("register_reports_menu_item")
def alternatives_menu_item() -> MenuItem:
    return EditorMenuItem(
        _("Missing alternatives"),
        reports.PLACES.url,
        name="missing-alternatives",
        icon_name="image",
        order=110,
    )


@hooks.register("register_reports_menu_item")
def ages_menu_item() -> MenuItem:
    return EditorMenuItem(
        _("Age of the content"), reports.AGES.url, name="content-age", icon_name="time", order=120
    )


@hooks.register("construct_reports_menu")
def without_wagtail_s_ages(request: Any, menu_items: list[MenuItem]) -> None:
    """Ours knows what was checked, and leaves dated pages alone."""
    menu_items[:] = [item for item in menu_items if item.name != "aging-pages"]


@hooks.register("construct_help_menu")
def without_english_help(request: Any, menu_items: list[MenuItem]) -> None:
    """Wagtail's news and its guide are in English and know nothing of ours."""
    menu_items[:] = [item for item in menu_items if item.name == "guide"]


# -- Dashboard --------------------------------------------------------------------------------------


@hooks.register("construct_homepage_panels")
def dashboard(request: Any, panels: list[Any]) -> None:
    panels[:] = [
        DashboardPanel(),
        *[panel for panel in panels if not _is_wagtail_s(panel) or isinstance(panel, KEPT_PANELS)],
    ]


def _is_wagtail_s(panel: Any) -> bool:
    return type(panel).__module__.startswith("wagtail.")


@hooks.register("construct_homepage_summary_items", order=1000)
def without_counts(request: Any, items: list[SummaryItem]) -> None:
    """How many pictures the library holds helps nobody to decide what to do."""
    items.clear()


# -- Pages ------------------------------------------------------------------------------------------


@hooks.register("register_page_header_buttons")
def template_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    rights = page.permissions_for_user(user)
    if rights.can_edit() and page.depth > 2:
        marked = starting.template_of(page)
        yield Button(
            _("Template: name and description") if marked else _("Offer as a template"),
            reverse("cms_mark_template", args=[page.pk]),
            icon_name="copy",
            priority=70,
        )
    if rights.can_add_subpage():
        yield Button(
            _("Start a page from a template"),
            reverse("cms_start", args=[page.pk]),
            icon_name="copy",
            priority=12,
        )


@hooks.register("before_publish_page")
def no_template_by_mistake(request: Any, page: Page) -> Any:
    """A page that is only a template, with its words to be replaced, does not become public."""
    if not starting.is_only_a_template(page):
        return None
    messages.error(
        request,
        gettext(
            "This page is a template: start a page from it. To publish the template itself, first"
            " take it out of the templates."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_page_action_menu")
def without_publication(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """The editor of a template does not offer what would be refused."""
    page = context.get("page")
    if page is not None and starting.is_only_a_template(page):
        menu_items[:] = [i for i in menu_items if i.name not in {"action-publish", "action-submit"}]


@hooks.register("before_bulk_action")
def no_template_in_bulk(request: Any, action_type: str, objects: Any, action: Any) -> Any:
    if action_type != "publish" or request.method != "POST":
        return None
    for page in objects:
        if isinstance(page, Page) and starting.is_only_a_template(page):
            return no_template_by_mistake(request, page)
    return None


# -- Names of our actions in the history ------------------------------------------------------------


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("cms.review", _("Check"), _("Read again and found true"))
    actions.register_action("cms.template", _("Template"), _("Template changed"))
    actions.register_action("cms.start", _("Start"), _("Started from a template"))
