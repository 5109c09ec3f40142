"""Rule sets and pages of this app, for tests."""

import datetime as dt
from decimal import Decimal

import factory
import wagtail_factories

from cms.factories import home

from .models import (
    CreationPathPage,
    CreationStepPage,
    Criterion,
    Figure,
    FiguresPage,
    FundingPart,
    RuleOperator,
    RuleSet,
)


class CriterionFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"critere-{n}")
    label = factory.Sequence(lambda n: f"Critère {n}")
    question = factory.Sequence(lambda n: f"Critère {n} ?")
    advice = "Faites ceci."

    class Meta:
        model = Criterion


class RuleSetFactory(factory.django.DjangoModelFactory):
    """A set in force, with one criterion of each kind, two funds of 25 % and a ceiling of 35,000 €."""

    name = factory.Sequence(lambda n: f"Règles d’essai {n}")
    valid_from = dt.date(2020, 1, 1)
    source = "Source d’essai"
    source_date = dt.date(2020, 1, 1)
    funding_ceiling = Decimal(35_000)

    class Meta:
        model = RuleSet
        skip_postgeneration_save = True

    @factory.post_generation
    def content(self, create: bool, extracted: bool | None, **_kwargs: object) -> None:
        if extracted is False:
            return
        kind = Criterion.Kind
        CriterionFactory(rule_set=self, code="schema", sort_order=0)
        CriterionFactory(
            rule_set=self,
            code="hours",
            kind=kind.MINIMUM,
            threshold=24,
            maximum=168,
            unit="heures par semaine",
            sort_order=1,
        )
        CriterionFactory(
            rule_set=self,
            code="spacing",
            kind=kind.MINIMUM,
            threshold=20,
            unit="minutes",
            approximate=True,
            none_label="Aucune autre Maison",
            sort_order=2,
        )
        CriterionFactory(
            rule_set=self, code="operators", kind=kind.OPERATORS, threshold=2, sort_order=3
        )
        for order, (label, field) in enumerate(
            [("Emploi", "employment"), ("Caf", "social"), ("CPAM", "social"), ("Gaz", "other")]
        ):
            RuleOperator.objects.create(rule_set=self, label=label, field=field, sort_order=order)
        for order, label in enumerate(["Fonds A", "Fonds B"]):
            FundingPart.objects.create(rule_set=self, label=label, percent=25, sort_order=order)


class FigureFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"chiffre-{n}")
    subject = "Le réseau"
    label = factory.Sequence(lambda n: f"Maisons {n}")
    value = Decimal(1100)
    date = dt.date(2017, 2, 1)
    source = "Source d’essai"

    class Meta:
        model = Figure


class FiguresPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Chiffres {n}")
    parent = factory.LazyFunction(home)

    class Meta:
        model = FiguresPage


class CreationPathFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Parcours {n}")
    parent = factory.LazyFunction(home)

    class Meta:
        model = CreationPathPage


class CreationStepFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Étape {n}")
    summary = "Ce que dit l’étape."
    parent = factory.SubFactory(CreationPathFactory)

    class Meta:
        model = CreationStepPage
