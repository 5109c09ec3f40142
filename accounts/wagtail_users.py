"""Wagtail's app of users, with our people in place of its forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """People are invited and given roles (`accounts.viewsets`); groups follow the roles."""

    user_viewset = "accounts.viewsets.PeopleViewSet"

    def ready(self) -> None:
        # In place of the parent's, which would let whoever changes users put them in any group.
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from .models import User
        from .policies import NobodyPolicy, PeoplePolicy

        register_permission_policy(User, PeoplePolicy(User))
        register_permission_policy(Group, NobodyPolicy(Group))
