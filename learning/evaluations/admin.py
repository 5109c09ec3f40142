"""What evaluation adds to the Wagtail admin."""

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from maisons.policies import KeptPolicy

from ..models import EvaluationTemplate
from .viewsets import EvaluationTemplateViewSet

# What was answered keeps its questions: a template is taken out of use, never deleted.
register_permission_policy(EvaluationTemplate, KeptPolicy(EvaluationTemplate))


@hooks.register("register_admin_viewset")
def register_templates() -> Any:
    return EvaluationTemplateViewSet()
