"""The page under which all issues stand."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models import BasePage

from ..rules import IndexTester


class BulletinIndexPage(BasePage):
    """The Bulletin: its issues by year."""

    subpage_types = ["bulletin.IssuePage"]
    max_count_per_parent = 1
    template = "bulletin/index_page.html"

    class Meta:
        verbose_name = _("Bulletin")

    def permissions_for_user(self, user: Any) -> IndexTester:
        return IndexTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..queries import issues_by_year

        context = super().get_context(request, *args, **kwargs)
        context["years"] = issues_by_year(self, request.user)
        return context
