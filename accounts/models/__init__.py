"""People. `accounts.0001` has no foreign key to Wagtail or `cms`: migrations would be circular."""

from .invitation import Invitation
from .notifications import Frequency, Notification, NotificationPreference
from .roles import RoleAssignment, RoleAssignmentQuerySet
from .threads import Follow, Message, MessageState, Report, Thread
from .user import User, UserManager

__all__ = [
    "Follow",
    "Frequency",
    "Invitation",
    "Message",
    "MessageState",
    "Notification",
    "NotificationPreference",
    "Report",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "Thread",
    "User",
    "UserManager",
]
