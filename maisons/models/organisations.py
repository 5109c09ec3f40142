"""Operators, whose services a Maison gives access to, and organisations that host Maisons."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptCode(models.Model):
    """A code that other rows name as text, so that it never changes once saved."""

    code_field = "code"

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        name = self.code_field
        before = type(self)._default_manager.filter(pk=self.pk).values_list(name, flat=True).first()
        if before is not None and before != getattr(self, name):
            raise ValidationError({name: _("This code cannot change: roles name it.")})


class Sourced(models.Model):
    """Facts that say where they come from and of when they are."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    class Meta:
        abstract = True


class Operator(KeptCode, Sourced):
    """A public or private body whose services are given at the counter of a Maison."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("national operator")
        OTHER = "other", _("other partner")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    current_name = models.CharField(
        _("name today"),
        max_length=150,
        blank=True,
        help_text=_("When it has changed since the source."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    url = models.URLField(_("web site"), blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operators")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.short_name or self.name


class HostOrganisation(KeptCode, Sourced):
    """The body that carries one or several Maisons (« structure porteuse »).

    The slug names the scope of its managers' roles: it never changes.
    """

    class Kind(models.TextChoices):
        LOCAL_AUTHORITY = "local-authority", _("local authority")
        ASSOCIATION = "association", _("association")
        PUBLIC_INTEREST_GROUP = "public-interest-group", _("public interest group")
        LA_POSTE = "la-poste", _("La Poste")
        OTHER = "other", _("other")

    code_field = "slug"

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    department = models.ForeignKey(
        "cms.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="host_organisations",
        help_text=_("Empty when it works in several departments."),
    )
    url = models.URLField(_("web site"), blank=True)

    class Meta:
        verbose_name = _("host organisation")
        verbose_name_plural = _("host organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
