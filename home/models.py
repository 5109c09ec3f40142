"""The home page, arranged from blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage


class HomePage(BasePage):
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    max_count_per_parent = 1
    template = "home/home_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
