"""What the Bulletin adds to the Wagtail admin."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.request_scope import remember

from . import admin_views
from .forms import NEW_SECTION
from .models import ArticlePage, BulletinIndexPage, IssuePage, Section


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("bulletin/", admin_views.issue_list, name="bulletin_issues"),
        path("bulletin/<int:pk>/", admin_views.compose, name="bulletin_compose"),
        path("bulletin/<int:pk>/preview/", admin_views.preview_issue, name="bulletin_preview"),
        path(
            "bulletin/<int:pk>/preview/<int:article_pk>/",
            admin_views.preview_article,
            name="bulletin_preview_article",
        ),
        path("bulletin/<int:pk>/publish/", admin_views.publish, name="bulletin_publish"),
        path("bulletin/<int:pk>/unpublish/", admin_views.unpublish, name="bulletin_unpublish"),
    ]


class BulletinMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        if not hasattr(request, "user"):
            return False
        index = remember("bulletin-index", lambda: BulletinIndexPage.objects.first())
        return index is not None and index.permissions_for_user(request.user).can_edit()


@hooks.register("register_admin_menu_item")
def menu_item():
    return BulletinMenuItem(
        _("Bulletin"), reverse("bulletin_issues"), name="bulletin", icon_name="list-ul", order=150
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_buttons")
def compose_button(page: Page, user, next_url=None, view_name=None, **_kwargs):
    """From an issue or one of its articles to the composing screen."""
    if isinstance(page, IssuePage):
        issue_id = page.pk
    elif isinstance(page, ArticlePage) and view_name:
        issue_id = page.get_parent().pk
    else:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("bulletin_compose", args=[issue_id])
        yield Button(_("Compose the issue"), url, icon_name="list-ul", priority=5)


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("bulletin.compose", _("Compose"), _("Order of the issue changed"))


# -- An issue and its articles are published together or not at all ---------------------------------
# The permissions of the pages already hide and refuse these actions (`bulletin.rules`); bulk actions
# ask them of plain pages, which know nothing of issues, so the doors are closed here as well.


def _of_an_issue(page: Page) -> bool:
    return issubclass(page.specific_class or Page, IssuePage | ArticlePage)


def _refuse(request: HttpRequest, page: Page):
    issue = page.specific if page.specific_class is IssuePage else page.get_parent()
    messages.error(
        request,
        gettext("This page is published with its issue, from the composing screen."),
    )
    return redirect("bulletin_compose", issue.pk)


@hooks.register("before_publish_page")
def no_publication_of_its_own(request: HttpRequest, page: Page):
    return _refuse(request, page) if _of_an_issue(page) else None


@hooks.register("before_unpublish_page")
def no_unpublication_of_its_own(request: HttpRequest, page: Page):
    return _refuse(request, page) if _of_an_issue(page) else None


@hooks.register("before_bulk_action", order=-1)
def no_bulk_publication(request: HttpRequest, action_type: str, objects, action_class_instance):
    if action_type not in {"publish", "unpublish"} or request.method != "POST":
        return None
    for page in objects:
        if isinstance(page, Page) and _of_an_issue(page):
            return _refuse(request, page)
    return None


@hooks.register("before_create_page")
def start_in_the_section_asked_for(request: HttpRequest, parent_page: Page, page_class: type[Page]):
    section = request.GET.get("section")
    if page_class is ArticlePage and section in Section.values:
        remember(NEW_SECTION, lambda: section)


@hooks.register("after_edit_page")
def follow_the_section_of_the_form(request: HttpRequest, page: Page) -> None:
    """The section can be chosen in the article as well: it then comes last in it."""
    if isinstance(page, ArticlePage):
        from .composing import change_section

        change_section(page, request.user)


@hooks.register("after_copy_page")
def copy_in_order(request: HttpRequest, page: Page, new_page: Page) -> None:
    if isinstance(page.specific, IssuePage) and isinstance(new_page.specific, IssuePage):
        from .composing import follow_copy

        follow_copy(page.specific, new_page.specific, request.user)
