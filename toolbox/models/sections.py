"""The two sections of the toolbox: who may read an article is where it stands, and nothing else.

The members' section carries one restriction ("signed in"), from which listings, search, sitemap,
files and archives are cut like those of any restricted page: there is no second rule to forget, and
one row is read whatever the number of articles.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester, PageViewRestriction

from .listing import ShelfPage


class FixedRestrictionTester(PagePermissionTester):
    """Nobody opens the members' section from the admin: articles are moved instead."""

    def can_set_view_restrictions(self) -> bool:
        return False


class SectionPage(ShelfPage):
    parent_page_types: list[str] = ["toolbox.ToolboxIndexPage"]
    subpage_types: list[str] = ["toolbox.ToolboxArticlePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return FixedRestrictionTester(user, self)

    def toolbox(self, request: HttpRequest) -> Any:
        return self.pages_above()[-1]


class MembersSectionPage(SectionPage):
    """What members of the network alone may read: whoever has an account."""

    class Meta:
        verbose_name = _("members’ section of the toolbox")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # In every way that creates it, translations and copies included.
        super().save(*args, **kwargs)
        login = {"page_id": self.pk, "restriction_type": PageViewRestriction.LOGIN}
        # A copy may hold two: its own, and that of its source which Wagtail copies after it.
        if not PageViewRestriction.objects.filter(**login).exists():
            PageViewRestriction.objects.create(**login)


class PublicSectionPage(SectionPage):
    """What anybody may read."""

    class Meta:
        verbose_name = _("public section of the toolbox")


def closed_to(section: models.Model) -> bool:
    """Whether a section is for members alone."""
    return isinstance(section, MembersSectionPage)
