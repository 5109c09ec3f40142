"""Factories of the foundation's models."""

import uuid
from copy import copy as shallow_copy
from typing import Any

import factory
import wagtail_factories
from django.db import connection
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


def copies(page: Page, count: int, each: Any = lambda number: {}) -> list[int]:
    """Identifiers of so many copies of a saved page, beside it, written in bulk.

    For tests with much data: adding a thousand pages one by one takes minutes. Relations to many are
    not copied. each(number): fields of the copy that differ; `slug` and `title` are given.
    """
    model, parent = type(page), page.get_parent()
    first = parent.get_children().count() + 1
    tables = [*reversed(list(model._meta.all_parents)), model]
    whole, made = model.objects.get(pk=page.pk), []
    for number in range(first, first + count):
        copy = shallow_copy(whole)
        fields = {"slug": f"copie-{number}", "title": f"Copie {number}", **each(number)}
        for name, value in fields.items():
            setattr(copy, name, value)
        copy.pk = copy.id = None
        copy.path = Page._get_path(parent.path, page.depth, number)
        copy.url_path = f"{parent.url_path}{copy.slug}/"
        copy.translation_key, copy.draft_title = uuid.uuid4(), copy.title
        made.append(copy)
    names = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    rows = [Page(**{name: getattr(copy, name) for name in names}) for copy in made]
    Page.objects.bulk_create(rows)
    ids = list(
        Page.objects.filter(path__in=[row.path for row in rows])
        .order_by("path")
        .values_list("pk", flat=True)
    )
    for table in tables[1:]:
        for copy, pk in zip(made, ids, strict=True):
            setattr(copy, table._meta.pk.attname, pk)
        own = table._meta.local_concrete_fields
        for start in range(0, count, 100):
            table._base_manager.all()._insert(
                made[start : start + 100], fields=own, using=connection.alias, raw=True
            )
    Page.objects.filter(pk=parent.pk).update(numchild=first - 1 + count)
    return ids
