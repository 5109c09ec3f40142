"""The admin as an operator's editors find it: their page, their news, their files, and nothing else.
Trainers, who enter it for the question bank and its pictures alone, are held by the same list.

Permissions on pages and collections say what they may change. They do not say what they may *see*:
Wagtail's chooser of pages shows every page, its reports count them, a few addresses answer for any
identifier. So whoever enters the admin without being an editor reaches the addresses listed
here, and in them the objects that the permissions open.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.permissions import page_permission_policy, policy_registry

from accounts.roles import has_role
from accounts.scopes import EDITOR
from cms.models import SiteDocument, SiteImage, SiteMedia

ADMIN = "admin/"
# Names of addresses, in full or up to a star.
OPEN = (
    "wagtailadmin_home",
    "wagtailadmin_explore*",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:add_subpage",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:search*",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:workflow_history*",
    "wagtailadmin_pages:revisions_*",
    "wagtailadmin_pages:history*",
    "wagtailadmin_choose_page*",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:*",
    "wagtailadmin_block_preview",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_logout",
    "admin_*_door",
    "wagtailimages:*",
    "wagtailimages_chooser:*",
    "wagtaildocs:*",
    "wagtaildocs_chooser:*",
    "wagtailmedia:*",
    "wagtailembeds:*",
    "wagtailsnippets_learning_question:*",
    "wagtailsnippets_learning_banktheme:*",
    "wagtailsnippetchoosers_learning_*",
    "learning_question_undo",
    "learning_question_wording",
    "learning_questions_*",
    "cms_undo_page",
    "cms_paste_page",
)
_OPEN = re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in OPEN))
_FILES = {
    "image_id": SiteImage,
    "document_id": SiteDocument,
    "doc_id": SiteDocument,
    "media_id": SiteMedia,
    "wagtailimages_chooser": SiteImage,
    "wagtaildocs_chooser": SiteDocument,
}
_PAGES = ("page_id", "parent_page_id")
_PAGES_BY_PK = ("wagtailadmin_api:pages:detail", "wagtailadmin_pages:revisions_compare")


def is_limited(user: Any) -> bool:
    """Whether this person enters the admin without being an editor of the site."""
    return (
        user.is_authenticated
        and not user.is_superuser
        and user.has_perm("wagtailadmin.access_admin")
        and not has_role(user, EDITOR)
    )


def own_pages(user: Any) -> Any:
    """The pages that they may change, and those under them."""
    found: Any = page_permission_policy.instances_user_has_any_permission_for(
        user, {"add", "change"}
    )
    return found


class OperatorAdminMiddleware:
    """Stands after sign-in; asks nothing outside the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not match.route.removeprefix("^").startswith(ADMIN):
            return None
        if not is_limited(request.user):
            return None
        name = match.view_name or ""
        if not _OPEN.fullmatch(name):
            raise PermissionDenied
        _check_pages(request.user, name, kwargs)
        _check_files(request.user, name, kwargs)
        _check_chosen(request, name)
        return _start_in_own_pages(request, name)


def _check_pages(user: Any, name: str, kwargs: dict[str, Any]) -> None:
    """A page that is named in the address must be theirs, or lead to theirs when only browsed."""
    ids = [int(kwargs[key]) for key in _PAGES if key in kwargs]
    if name in _PAGES_BY_PK:
        ids.append(int(kwargs["pk"]))
    if not ids:
        return
    browsed = name.startswith(("wagtailadmin_explore", "wagtailadmin_choose_page"))
    pages = page_permission_policy.explorable_instances(user) if browsed else own_pages(user)
    for page_id in ids:
        if not pages.filter(pk=page_id).exists():
            raise Http404


def _check_files(user: Any, name: str, kwargs: dict[str, Any]) -> None:
    """A picture, document or recording that is named must be in one of their collections."""
    found = [(_FILES[key], value) for key, value in kwargs.items() if key in _FILES]
    if "pk" in kwargs and (space := name.split(":")[0]) in _FILES:
        found.append((_FILES[space], kwargs["pk"]))
    for model, identifier in found:
        policy = policy_registry.get_by_type(model)
        theirs = policy.instances_user_has_any_permission_for(user, ["choose", "change"])
        if not str(identifier).isdigit() or not theirs.filter(pk=identifier).exists():
            raise Http404


def _check_chosen(request: HttpRequest, name: str) -> None:
    """Several things chosen at once are named by the query."""
    if not name.endswith("chosen_multiple"):
        return
    for identifier in request.GET.getlist("id"):
        if not identifier.isdigit():
            raise Http404
        if name.startswith("wagtailadmin_choose_page"):
            _check_pages(request.user, "", {"page_id": identifier})
        else:
            _check_files(request.user, name, {"pk": identifier})


def _start_in_own_pages(request: HttpRequest, name: str) -> HttpResponse | None:
    """The chooser of pages opens on theirs: from the root they could not go down to them."""
    if name != "wagtailadmin_choose_page":
        return None
    root = page_permission_policy.explorable_root_instance(request.user)
    if root is None:
        raise Http404
    response = redirect(reverse("wagtailadmin_choose_page_child", args=[root.pk]))
    if query := request.META.get("QUERY_STRING"):
        response["Location"] += f"?{query}"
    return response


def limit_menu(request: HttpRequest, items: list[Any]) -> None:
    """`construct_main_menu` and those below: without what would answer that it is closed."""
    if is_limited(request.user):
        items[:] = [item for item in items if _leads_somewhere(item, request)]


def _leads_somewhere(item: Any, request: HttpRequest) -> bool:
    if isinstance(item, SubmenuMenuItem):
        inner = item.menu.menu_items_for_request(request)
        return any(_leads_somewhere(each, request) for each in inner)
    path = urlsplit(str(item.url)).path
    try:
        match = resolve(path)
    except Resolver404:
        return True
    inside = match.route.removeprefix("^").startswith(ADMIN)
    return not inside or bool(_OPEN.fullmatch(match.view_name or ""))


def limit_chosen(pages: Any, request: HttpRequest) -> Any:
    """`construct_page_chooser_queryset`: their own pages alone."""
    if not is_limited(request.user):
        return pages
    return pages.filter(pk__in=own_pages(request.user).values("pk"))
