"""What may be done with the network in the Wagtail admin, object or not."""

from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy

from .models import Maison


class KeptPolicy(ModelPermissionPolicy):
    """Model permissions, and nobody deletes: a Maison closes, a membership ends."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)


class MaisonPolicy(KeptPolicy):
    """As above; whoever runs a Maison may change its sheet where the admin lets them in."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if action == "change" and isinstance(instance, Maison):
            return bool(user.has_perm("maisons.edit_maison", instance))
        return self.user_has_permission(user, action)


class ReadAndErasePolicy(ModelPermissionPolicy):
    """Rows that people send: read, or erased when they ask for it; never written in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "delete"} and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)
