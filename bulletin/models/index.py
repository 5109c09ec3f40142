"""The page under which all issues stand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import BasePage

from ..rules import IndexTester


class BulletinIndexPage(RoutablePageMixin, BasePage):
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
        context["feed_url"] = f"{self.get_url(request)}flux/"
        return context

    @path("flux/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import atom_feed

        return atom_feed(self, request)
