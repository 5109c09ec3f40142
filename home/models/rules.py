"""The rules by which a Maison is recognised and funded: data of the site, dated and sourced.

A rule set holds between two dates. Past its last day it is an archive: it may be read, and concludes
nothing any more (docs/self-check.md).
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from cms.templatetags.theme_tags import day
from maisons.models.organisations import Sourced


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def begun(self, on: dt.date) -> "RuleSetQuerySet":
        return self.filter(valid_from__lte=on)

    def in_force(self, on: dt.date) -> "RuleSetQuerySet":
        return self.begun(on).filter(Q(valid_until=None) | Q(valid_until__gte=on))


class RuleSet(RevisionMixin, ClusterableModel, Sourced):
    """What a recognised Maison must be, and what it may receive, between two dates."""

    name = models.CharField(
        _("name"), max_length=120, help_text=_("In French, with its date: Règles de février 2017")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day included. Empty while the rules are in force."),
    )
    validity_note = models.TextField(
        _("about these dates"), blank=True, help_text=_("Shown with the rules once they ended.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    funding_ceiling = models.DecimalField(
        _("ceiling of the aid, in euros"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    funding_source = models.CharField(_("source of the funding rule"), max_length=300, blank=True)
    funding_source_date = models.DateField(
        _("date of the source of the funding rule"), null=True, blank=True
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="rules_end_after_they_begin",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.valid_until and self.valid_from and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": gettext("Rules cannot end before they begin.")})

    @classmethod
    def to_apply(cls, on: dt.date | None = None) -> "RuleSet | None":
        """The set in force on a day (today), else the last one that was: an archive.

        Of several in force, the one that began last.
        """
        on = on or timezone.localdate()
        sets = cls.objects.prefetch_related("criteria", "operators", "parts")
        return sets.in_force(on).first() or sets.begun(on).order_by("-valid_until", "-pk").first()

    def is_archived(self, on: dt.date | None = None) -> bool:
        return self.valid_until is not None and self.valid_until < (on or timezone.localdate())

    @property
    def heading(self) -> str:
        """« règles de février 2017, archivées »"""
        name = self.name[:1].lower() + self.name[1:]
        return gettext("%(rules)s, archived") % {"rules": name} if self.is_archived() else name

    @property
    def source_line(self) -> str:
        return sourced(self.source, self.source_date)

    @property
    def funding_source_line(self) -> str:
        if not self.funding_source:
            return self.source_line
        return sourced(self.funding_source, self.funding_source_date)

    @property
    def share(self) -> Decimal:
        """The part of the budget that the aid may cover, in per cent: the sum of its funds."""
        return sum((part.percent for part in self.parts.all()), Decimal(0))


class Criterion(Orderable):
    """One thing that the prefect looks at, and the question that asks for it."""

    class Kind(models.TextChoices):
        YES = "yes", _("yes or no")
        MINIMUM = "minimum", _("a number, at least the threshold")
        OPERATORS = "operators", _("operators, at least the threshold and one of each field")

    rule_set = ParentalKey(RuleSet, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.YES)
    label = models.CharField(_("what is required"), max_length=255)
    question = models.CharField(_("question"), max_length=255)
    hint = models.CharField(_("hint"), max_length=400, blank=True)
    threshold = models.DecimalField(
        _("threshold"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    maximum = models.DecimalField(
        _("highest possible answer"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    approximate = models.BooleanField(
        _("“about”"),
        default=False,
        help_text=_("The rule says “about”: below the threshold, the prefect judges."),
    )
    none_label = models.CharField(
        _("instead of a number"),
        max_length=120,
        blank=True,
        help_text=_("A box that fulfils the criterion: There is no other Maison around."),
    )
    advice = models.TextField(_("what to do when it is missing"))
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Empty: that of the set.")
    )
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "code"], name="one_criterion_by_code")
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.kind != self.Kind.YES and self.threshold is None:
            raise ValidationError({"threshold": gettext("This kind of criterion has a threshold.")})

    @property
    def source_line(self) -> str:
        return sourced(self.source, self.source_date) if self.source else self.rule_set.source_line


class RuleOperator(Orderable):
    """An operator that a project may have convinced, and the field for which it counts."""

    class Field(models.TextChoices):
        EMPLOYMENT = "employment", _("employment")
        SOCIAL = "social", _("social benefits")
        OTHER = "other", _("another field")

    COUNTED = (Field.EMPLOYMENT, Field.SOCIAL)

    rule_set = ParentalKey(RuleSet, on_delete=models.CASCADE, related_name="operators")
    label = models.CharField(_("name"), max_length=120)
    field = models.CharField(_("field"), max_length=12, choices=Field.choices)

    class Meta(Orderable.Meta):
        verbose_name = _("operator")
        verbose_name_plural = _("operators")

    def __str__(self) -> str:
        return self.label


class FundingPart(Orderable):
    """A fund, and the part of the forecast running budget that it covers at most."""

    rule_set = ParentalKey(RuleSet, on_delete=models.CASCADE, related_name="parts")
    label = models.CharField(_("name"), max_length=160)
    percent = models.DecimalField(
        _("part of the budget, in %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("fund")
        verbose_name_plural = _("funds")

    def __str__(self) -> str:
        return self.label


def sourced(source: str, date: Any) -> str:
    """« En bref n° 33, CGET, 1er février 2017 »"""
    return ", ".join(part for part in (source, day(date)) if part)
