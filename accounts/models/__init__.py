"""People. `accounts.0001` has no foreign key to Wagtail or `cms`: migrations would be circular."""

from .roles import RoleAssignment, RoleAssignmentQuerySet
from .user import User, UserManager

__all__ = ["RoleAssignment", "RoleAssignmentQuerySet", "User", "UserManager"]
