"""What the settings of a site share."""

from typing import Any

from django.db.models import QuerySet
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy


class _SitePolicy(SitePermissionPolicy):
    def sites_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Site]:
        """Wagtail asks for distinct sites in an order that has values in it: PostgreSQL refuses that
        where values are bound apart from the question (docs/decisions/0010)."""
        sites = super().sites_user_has_any_permission_for(user, actions)
        return Site.objects.filter(pk__in=sites.order_by().values("pk"))


class SiteSetting(BaseSiteSetting):
    """A setting of each site; whoever has the permission on a site changes it."""

    class Meta:
        abstract = True

    @classmethod
    def get_permission_policy(cls) -> SitePermissionPolicy:
        return _SitePolicy(cls)
