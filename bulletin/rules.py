"""Who may do what with an issue.

An issue is published whole, from its composing screen: neither the issue nor an article of it has a
publication, a schedule or a workflow of its own. Wagtail asks these testers everywhere; what goes
around them (`Page.publish`) is refused in `bulletin.models.whole`.
"""

from typing import Any

from wagtail.models import PagePermissionTester


class WholeIssueTester(PagePermissionTester):
    """Permissions on an issue, on one of its articles, or on the page above the issues."""

    def _publishing_right(self) -> bool:
        return bool(super().can_publish())

    def can_publish_issue(self) -> bool:
        """May publish and unpublish the issue whole: whoever may publish pages here."""
        return self._publishing_right()

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        """The order of articles is that of the composing screen."""
        return False

    def can_set_view_restrictions(self) -> bool:
        return self._publishing_right()


class IndexTester(PagePermissionTester):
    """The page above the issues is published like any page; the issues below it are not."""

    def can_publish_subpage(self) -> bool:
        return False


def can_compose(user: Any, issue: Any) -> bool:
    """May arrange, preview and export this issue."""
    return bool(issue.permissions_for_user(user).can_edit())


def can_publish_issue(user: Any, issue: Any) -> bool:
    return bool(issue.permissions_for_user(user).can_publish_issue())
