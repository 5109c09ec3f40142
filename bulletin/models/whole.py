"""What an issue and its articles have in common: they are published together or not at all."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models.panels import CommentPanelPlaceholder

from cms.page_forms import FreshRevisionForm

from ..rules import WholeIssueTester


class PublishedWithItsIssue:
    """Mixin of IssuePage and ArticlePage, before their page class."""

    base_form_class = FreshRevisionForm
    # No schedule: the panel that sets go_live_at and expire_at is left out.
    settings_panels = [CommentPanelPlaceholder()]

    def permissions_for_user(self, user: Any) -> WholeIssueTester:
        return WholeIssueTester(user, self)

    def get_workflow(self) -> None:
        return None

    @property
    def has_workflow(self) -> bool:
        return False

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # Whatever wrote them (a copy, an import), dates would publish the page alone.
        self.go_live_at = self.expire_at = None
        super().full_clean(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Refused: `bulletin.services.publish_issue` publishes the issue whole."""
        raise PublishPagePermissionError(
            _("This page is published with its issue, from the composing screen.")
        )
