"""Maisons and what they need, for tests."""

from typing import Any

import factory
import wagtail_factories

from cms.factories import home
from cms.models import Commune, Department, Region
from cms.places import normalise_place_name

from .models import (
    ContactRequest,
    Desk,
    HostOrganisation,
    Maison,
    Membership,
    Operator,
    OperatorIndexPage,
    OperatorNewsPage,
    OperatorPage,
)


class RegionFactory(factory.django.DjangoModelFactory):
    code = "84"
    name = "Auvergne-Rhône-Alpes"

    class Meta:
        model = Region
        django_get_or_create = ("code",)


class DepartmentFactory(factory.django.DjangoModelFactory):
    code = "15"
    name = "Cantal"
    name_type = "2"
    region = factory.SubFactory(RegionFactory)
    outline = "M10 10l5 0 0 5-5 0z"

    class Meta:
        model = Department
        django_get_or_create = ("code",)


class CommuneFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"15{n % 1000:03}")
    name = factory.Sequence(lambda n: f"Commune-{n}")
    normalised_name = factory.LazyAttribute(lambda o: normalise_place_name(o.name))
    department = factory.SubFactory(DepartmentFactory)
    latitude = 45.11
    longitude = 2.87
    point = "h"

    class Meta:
        model = Commune
        django_get_or_create = ("code",)


class OperatorFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"operateur-{n}")
    name = factory.Sequence(lambda n: f"Opérateur {n}")

    class Meta:
        model = Operator


class HostOrganisationFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"structure-{n}")
    name = factory.Sequence(lambda n: f"Structure {n}")
    kind = HostOrganisation.Kind.ASSOCIATION

    class Meta:
        model = HostOrganisation


class MaisonFactory(factory.django.DjangoModelFactory):
    """A recognised Maison with a source."""

    slug = factory.Sequence(lambda n: f"maison-{n}")
    name = factory.Sequence(lambda n: f"Maison {n}")
    status = Maison.Status.RECOGNISED
    commune = factory.SubFactory(CommuneFactory)
    source = "Source d’essai"

    class Meta:
        model = Maison


class MembershipFactory(factory.django.DjangoModelFactory):
    """A membership in force; `user` is given by the test."""

    maison = factory.SubFactory(MaisonFactory)
    role = Membership.Role.AGENT

    class Meta:
        model = Membership

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Membership:
        from accounts.services import roles_changed

        membership = super()._create(model_class, *args, **kwargs)
        roles_changed(membership.user)
        return membership


class ContactRequestFactory(factory.django.DjangoModelFactory):
    """A request that waits at the national team; `maison` or `department` puts it elsewhere."""

    submission = factory.Sequence(lambda n: f"{n:064}")
    kind = "network"
    name = "Camille Habitante"
    email = factory.Sequence(lambda n: f"habitant{n}@example.org")
    message = "Bonjour, une question."
    desk = factory.LazyAttribute(
        lambda o: Desk.MAISON if o.maison else Desk.DEPARTMENT if o.department else Desk.NATIONAL
    )
    maison = None
    department = None

    class Meta:
        model = ContactRequest


class OperatorIndexPageFactory(wagtail_factories.PageFactory):
    title = "Opérateurs et partenaires"
    slug = "partenaires"
    parent = factory.LazyFunction(home)

    class Meta:
        model = OperatorIndexPage


class OperatorPageFactory(wagtail_factories.PageFactory):
    """The page of an operator, live; its editors get the admin with it."""

    title = factory.Sequence(lambda n: f"Opérateur {n}")
    summary = "Ce que fait l’opérateur."
    parent = factory.LazyFunction(
        lambda: OperatorIndexPage.objects.first() or OperatorIndexPageFactory()
    )
    operator = factory.SubFactory(OperatorFactory)

    class Meta:
        model = OperatorPage


class OperatorNewsPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Nouvelle {n}")
    summary = "Ce qui change."
    parent = factory.SubFactory(OperatorPageFactory)

    class Meta:
        model = OperatorNewsPage
