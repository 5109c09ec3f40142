"""Starting a page from a template: an ordinary page that was marked as one.

The new page has the template's latest content, its notes and its themes, and nothing else: no child,
no schedule, no restriction, no history, no translation.
"""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from modelcluster.models import get_all_child_relations
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import log
from wagtail.models import Page, TranslatableMixin

from ..bin import outside
from ..models import PageTemplate
from ..slugs import free_slug

# What belongs to the template as a page, and not to its content.
NOT_CONTENT = (
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "display_date",
    "latest_revision",
    "live_revision",
)


def template_of(page: Any) -> PageTemplate | None:
    return PageTemplate.objects.filter(page_id=page.pk).first()


def is_only_a_template(page: Page) -> bool:
    """Marked as a template and never published: publishing it is a mistake."""
    return not page.live and PageTemplate.objects.filter(page_id=page.pk).exists()


def templates_for(parent: Page, user: Any) -> list[PageTemplate]:
    """The templates from which this person may start a page here."""
    if not parent.permissions_for_user(user).can_add_subpage():
        return []
    return [template for template in all_templates() if allowed(template, parent)]


def all_templates() -> QuerySet[PageTemplate]:
    rows = PageTemplate.objects.select_related("page__content_type", "page__locale")
    return outside(rows, "page__")


def allowed(template: PageTemplate, parent: Page) -> bool:
    """Whether the page type of a template may stand under this page."""
    model = template.page.specific_class
    above = parent.specific
    return (
        model is not None
        and template.page.locale_id == above.locale_id
        and model in type(above).creatable_subpage_models()
        and model.can_create_at(above)
    )


@transaction.atomic
def start(template: PageTemplate, parent: Page, title: str, user: Any) -> Page:
    """Make a draft under `parent` from a template. Raises PermissionDenied."""
    if template not in templates_for(parent, user):
        raise PermissionDenied
    source = template.page.specific.get_latest_revision_as_object()
    copy = copy_of(source, parent, title, user)
    log(
        instance=copy,
        action="cms.start",
        user=user,
        data={"template": template.label, "page": template.page_id},
    )
    return copy


def copy_of(source: Any, parent: Page, title: str, user: Any) -> Page:
    """A draft with the content of `source` (a revision as a page) and nothing else of it.

    As Wagtail copies a page; whoever calls has checked the right to it.
    """
    for name in NOT_CONTENT:
        field = source._meta.get_field(name)
        setattr(source, name, field.get_default())
    _give_identities(source)
    names = {"title": title, "draft_title": title, "slug": free_slug(parent, title)}
    blank = {"seo_title": "", "search_description": ""}
    action = CopyPageAction(
        source,
        to=parent,
        recursive=False,
        update_attrs={**names, **blank},
        copy_revisions=False,
        keep_live=False,
        user=user,
        log_action="wagtail.create",
    )
    return action.execute(skip_permission_checks=True)


def _give_identities(source: Any) -> None:
    """Notes that are in the draft alone have no row, and Wagtail would copy them with their identity."""
    for relation in get_all_child_relations(source):
        for child in getattr(source, relation.get_accessor_name()).all():
            if isinstance(child, TranslatableMixin):
                child.translation_key = uuid.uuid4()


def draft_of(template: PageTemplate, parent: Page, title: str = "") -> Any:
    """What `start` would make, in memory alone, to be previewed where it would stand."""
    page = template.page.specific.get_latest_revision_as_object()
    above = parent.specific
    page.depth = above.depth + 1
    last = above.get_last_child()
    page.path = last._inc_path() if last else page._get_path(above.path, page.depth, 1)
    page.title = page.draft_title = title or template.label
    page.slug = free_slug(parent, page.title)
    page.live = False
    page.set_url_path(above)
    page._cached_parent_obj = above
    return page
