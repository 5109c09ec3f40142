"""The forms of pages in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, Revision

from .slugs import free_slug


class StaleRevision(PermissionDenied):
    """Another editor saved while this one was saving. The page editor shows it and keeps the text."""


class PageForm(WagtailAdminPageForm):
    """The address follows the title when it is left empty.

    A script does it while the title is typed; who types before it runs, or without it, would be told that
    a field of another tab is missing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data.get("slug") or self.instance.slug
        title = self.cleaned_data.get("title")
        if slug or not title:
            return slug if slug.isascii() else slugify(slug)
        return free_slug(self.parent_page, title)


class FreshRevisionForm(PageForm):
    """Refuses to save over a version that its author has not seen.

    The text stays on the screen. The form then shown carries the newest version, so that saving
    once more overwrites it knowingly; the other's version stays in the history.
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        newer = self.newer_revision()
        if newer is not None:
            self.add_error(None, ValidationError(newer_message(newer), code="stale"))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        # Inside the transaction of the save, where nobody can slip in between.
        if self.instance.pk and self.data.get("loaded_revision_id"):
            list(Page.objects.select_for_update().filter(pk=self.instance.pk).values_list("pk"))
            newer = self.newer_revision()
            if newer is not None:
                raise StaleRevision(newer_message(newer))
        return super().save(commit)

    def newer_revision(self) -> Revision | None:
        """The version saved by somebody else since this form was opened."""
        loaded = self.data.get("loaded_revision_id") if self.is_bound else None
        if not loaded or not self.instance.pk:
            return None
        latest = (
            Revision.page_revisions.filter(object_id=str(self.instance.pk))
            .select_related("user")
            .order_by("-created_at", "-id")
            .first()
        )
        if latest is None:
            return None
        own = self.data.get("overwrite_revision_id")
        if own:  # this editor's own autosave
            return None if str(latest.pk) == own else latest
        same = str(latest.pk) == loaded and (
            self.data.get("loaded_revision_created_at") == latest.created_at.isoformat()
        )
        return None if same else latest


def newer_message(revision: Revision) -> str:
    return _(
        "%(who)s saved a newer version of this page while you were writing. Nothing is lost: your "
        "text is still below, theirs is in the history. Compare them, then save again to replace "
        "theirs with yours."
    ) % {"who": str(revision.user or _("Somebody"))}
