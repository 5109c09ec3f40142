"""The front page of the toolbox."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .listing import ShelfPage


class ToolboxIndexPage(ShelfPage):
    """The toolbox: everything that this reader may see of its two sections."""

    subpage_types = ["toolbox.MembersSectionPage", "toolbox.PublicSectionPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("toolbox")

    def toolbox(self, request: HttpRequest) -> Any:
        return self
