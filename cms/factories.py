"""Factories of the foundation's models."""

import factory
import wagtail_factories
from wagtail.models import Page, Site

from .models import SiteImage, StandardPage, Theme


class ThemeFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"theme-{n}")
    label_fr = factory.Sequence(lambda n: f"Thème {n}")
    label_en = factory.Sequence(lambda n: f"Theme {n}")

    class Meta:
        model = Theme


class SiteImageFactory(wagtail_factories.ImageFactory):
    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Une maison au bord de la route"

    class Meta:
        model = SiteImage


def home() -> Page:
    """The site's home page."""
    return Site.objects.get(is_default_site=True).root_page


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Page {n}")
    summary = "Ce que dit la page."
    parent = factory.LazyFunction(home)

    class Meta:
        model = StandardPage
