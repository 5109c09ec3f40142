"""Operators, whose services a Maison gives access to, and organisations that host Maisons."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """Facts that say where they come from and of when they are."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    class Meta:
        abstract = True


class Operator(Sourced):
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


class HostOrganisation(Sourced):
    """The body that carries one or several Maisons (« structure porteuse »).

    The slug names the scope of its managers' roles: it never changes.
    """

    class Kind(models.TextChoices):
        LOCAL_AUTHORITY = "local-authority", _("local authority")
        ASSOCIATION = "association", _("association")
        PUBLIC_INTEREST_GROUP = "public-interest-group", _("public interest group")
        LA_POSTE = "la-poste", _("La Poste")
        OTHER = "other", _("other")

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
