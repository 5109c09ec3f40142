"""People. `accounts.0001` has no foreign key to Wagtail or `cms`: migrations would be circular."""

from .invitation import Invitation
from .notifications import Frequency, Notification, NotificationPreference
from .roles import RoleAssignment, RoleAssignmentQuerySet
from .user import User, UserManager

__all__ = [
    "Frequency",
    "Invitation",
    "Notification",
    "NotificationPreference",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "User",
    "UserManager",
]
