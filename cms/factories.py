"""Factories of the foundation's models."""

import factory
import wagtail_factories
from wagtail.models import Collection, Page, Site

from .models import PageTemplate, SiteDocument, SiteImage, SiteMedia, StandardPage, Theme


class ThemeFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"theme-{n}")
    label_fr = factory.Sequence(lambda n: f"Thème {n}")
    label_en = factory.Sequence(lambda n: f"Theme {n}")

    class Meta:
        model = Theme


class SiteImageFactory(wagtail_factories.ImageFactory):
    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Une maison au bord de la route"
    collection = factory.LazyFunction(Collection.get_first_root_node)

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


class PageTemplateFactory(factory.django.DjangoModelFactory):
    """A draft that editors may start from."""

    label = factory.Sequence(lambda n: f"Modèle {n}")
    description = "Pour commencer."
    page = factory.SubFactory(StandardPageFactory, live=False)

    class Meta:
        model = PageTemplate


class SiteDocumentFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.django.FileField(filename="Compte rendu n° 2.txt", data=b"Compte rendu")

    class Meta:
        model = SiteDocument


class SiteMediaFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Enregistrement {n}")
    type = "video"
    file = factory.django.FileField(filename="visite.mp4", data=b"0123456789")
    captions = factory.django.FileField(
        filename="visite.vtt", data=b"WEBVTT\n\n00:01.000 --> 00:03.000\nBonjour.\n"
    )
    transcript = "L’agente ouvre la porte et dit bonjour."

    class Meta:
        model = SiteMedia
