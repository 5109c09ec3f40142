"""What the front page of the toolbox and its sections share: the same list, cut to where they stand."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import BasePage


class ShelfPage(RoutablePageMixin, BasePage):
    """A page that lists the articles below it."""

    class Meta:
        abstract = True

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "toolbox/shelf_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import shelf_context

        context = super().get_context(request, *args, **kwargs)
        context.update(shelf_context(self, request))
        if context["form"].is_narrowed:
            context["page_meta"].robots = "noindex, follow"
        return context

    @path("tout-telecharger/", name="download")
    def download(self, request: HttpRequest) -> HttpResponseBase:
        from ..reading import download_shelf

        return download_shelf(self, request)
