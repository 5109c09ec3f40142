"""Objects of the search for tests."""

import factory

from cms.factories import StandardPageFactory

from .models import EmptySearch, Promotion


class PromotionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Promotion

    words = "permis"
    page = factory.SubFactory(StandardPageFactory)


class EmptySearchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmptySearch

    day = factory.Faker("date_this_month")
    language = "fr"
    words = factory.Sequence(lambda n: f"mot{'x' * n}")
