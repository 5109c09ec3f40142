"""A Maison: where it is, who carries it, whether it is recognised, and where we know it from."""

import uuid
from typing import Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from cms.phones import parse_phone
from cms.places import normalise_place_name

from .organisations import HostOrganisation, Operator, Sourced


class Service(models.Model):
    """Something that a Maison does for people. One row per concept, labels in columns."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label_fr = models.CharField(_("French label"), max_length=150)
    label_en = models.CharField(_("English label"), max_length=150)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") else self.label_fr


class MaisonQuerySet(models.QuerySet["Maison"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those that this person may see: the only way to list Maisons.

        Everybody sees recognised ones. A project or a closed Maison is seen by its members, the
        managers of its host organisation, the prefecture referent of its department and the
        national team.
        """
        from ..roles import reach_of

        reach = reach_of(user)
        if reach.everything:
            return self.all()
        recognised = models.Q(status=Maison.Status.RECOGNISED)
        if reach.nothing:
            return self.filter(recognised)
        return self.filter(
            recognised
            | models.Q(pk__in=reach.maisons)
            | models.Q(host_organisation__slug__in=reach.host_organisations)
            | models.Q(commune__department__in=reach.departments)
        )

    def managed_by(self, user: Any | None) -> Self:
        """Those whose sheet and team this person may change."""
        from ..roles import reach_of

        reach = reach_of(user)
        if reach.everything:
            return self.all()
        return self.filter(
            models.Q(pk__in=reach.managed)
            | models.Q(host_organisation__slug__in=reach.host_organisations)
        )

    def with_place(self) -> Self:
        """With what a line of a list shows, in the same query."""
        return self.select_related("commune__department", "host_organisation")

    def in_order(self) -> Self:
        """By department, then commune."""
        return self.order_by(
            "commune__department", "commune__normalised_name", "commune_id", "name", "pk"
        )


class Maison(RevisionMixin, Sourced):
    """A Maison de services au public. Closed when it ends, never deleted."""

    class Status(models.TextChoices):
        PROJECT = "project", _("project")
        RECOGNISED = "recognised", _("recognised")
        CLOSED = "closed", _("closed")

    class Label(models.TextChoices):
        MSAP = "msap", "Maison de services au public"
        FRANCE_SERVICES = "france-services", "France services"

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PROJECT, db_index=True
    )
    label = models.CharField(_("label"), max_length=20, choices=Label.choices, default=Label.MSAP)
    description = models.TextField(
        _("in a few words"), max_length=700, blank=True, help_text=_("What the source says of it.")
    )
    host_organisation = models.ForeignKey(
        HostOrganisation,
        verbose_name=_("host organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="maisons",
    )
    operators = models.ManyToManyField(
        Operator, verbose_name=_("operators"), blank=True, related_name="maisons"
    )
    services = models.ManyToManyField(
        Service, verbose_name=_("services"), blank=True, related_name="maisons"
    )

    commune = models.ForeignKey(
        "cms.Commune", verbose_name=_("commune"), on_delete=models.PROTECT, related_name="maisons"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("Empty: that of the commune.")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Never a person's own."))
    website = models.URLField(_("web site"), blank=True)
    opening_hours = models.CharField(
        _("opening hours"),
        max_length=255,
        blank=True,
        help_text=_("OpenStreetMap syntax: Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"),
    )

    source_reference = models.CharField(
        _("identifier in the source"), max_length=60, blank=True, editable=False
    )
    is_fictitious = models.BooleanField(_("fictitious"), default=False)
    search_text = models.TextField(editable=False, default="", blank=True)
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated on"), auto_now=True)

    _revisions = GenericRelation(
        "wagtailcore.Revision", related_query_name="maison", for_concrete_model=False
    )
    objects = MaisonQuerySet.as_manager()

    personal_data_retention = _("None: the telephone and the address of the Maison itself.")

    class Meta:
        verbose_name = _("Maison")
        verbose_name_plural = _("Maisons")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_reference"],
                condition=~models.Q(source_reference=""),
                name="maison_source_reference_once",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="maison_point_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def revisions(self) -> Any:
        return self._revisions

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.make_search_text()
        if (phone := parse_phone(self.phone, self.commune.department_id)) is not None:
            self.phone = phone.e164
        super().save(*args, **kwargs)

    def make_search_text(self) -> str:
        """Every word under which the Maison is found, normalised."""
        department = self.commune.department
        words = (self.name, self.commune.name, self.postcode, department.name, department.code)
        return normalise_place_name(" ".join(words))

    def get_absolute_url(self) -> str:
        return reverse("maisons:detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.RECOGNISED

    @property
    def department(self) -> Any:
        return self.commune.department

    @property
    def postal_address(self) -> str:
        """The address on its lines, down to what is known."""
        city = f"{self.postcode} {self.commune.name}".strip()
        return "\n".join(line for line in (self.address, city) if line)

    @property
    def has_own_point(self) -> bool:
        return self.latitude is not None

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude): its own, else the commune's (town hall or centroid), else None."""
        for place in (self, self.commune):
            if place.latitude is not None:
                return place.latitude, place.longitude
        return None

    @cached_property
    def week(self) -> Any:
        """Opening hours by weekday, or None when they are unknown or not a plain week."""
        from ..hours import parse_week

        return parse_week(self.opening_hours)
