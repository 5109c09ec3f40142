from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from cms.signals import changes_pages

        from .models import Criterion, Figure, FundingPart, RuleOperator, RuleSet

        changes_pages(Criterion, Figure, FundingPart, RuleOperator, RuleSet)
