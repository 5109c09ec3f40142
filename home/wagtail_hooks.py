"""What the home app adds to the Wagtail admin."""

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from maisons.policies import KeptPolicy

from .models import RuleSet
from .viewsets import FigureViewSet, RuleSetViewSet

# Rules end by date: they are read as an archive, and never deleted.
register_permission_policy(RuleSet, KeptPolicy(RuleSet))


@hooks.register("register_admin_viewset")
def register_rules() -> Any:
    return RuleSetViewSet()


@hooks.register("register_admin_viewset")
def register_figures() -> Any:
    return FigureViewSet()
