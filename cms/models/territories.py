"""Regions, departments and communes of France, by their INSEE codes.

Reference data, loaded by `manage.py load_territories` and never edited by hand. Codes are text
(01, 2A, 971) and are the primary keys: they are public, stable, and make imports readable.
"""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

# INSEE's "type de nom en clair": the article of a name, and the name after « de ».
_ARTICLES = {"2": "le ", "3": "la ", "4": "les ", "5": "l’"}
_OF = {"0": "de ", "1": "d’", "2": "du ", "3": "de la ", "4": "des ", "5": "de l’"}


class NamedTerritory(models.Model):
    """What a region and a department have in common."""

    code = models.CharField(_("INSEE code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    name_type = models.CharField(_("type of name"), max_length=1, default="0", editable=False)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_with_article(self) -> str:
        """« l’Ain », « la Corrèze », « les Landes », « Paris »."""
        return f"{_ARTICLES.get(self.name_type, '')}{self.name}"

    @property
    def name_with_of(self) -> str:
        """« de l’Ain », « des Landes », « de Paris »."""
        return f"{_OF.get(self.name_type, 'de ')}{self.name}"


class Region(NamedTerritory):
    """A region, or a collectivity overseas that is its own region."""

    class Meta(NamedTerritory.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Department(NamedTerritory):
    """A department, or a collectivity overseas.

    `outline` is an SVG path in the units of the map of `cms.maps`, empty for the eight collectivities
    that the map does not show; `inset` says that it is drawn in a frame of its own.
    """

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="departments"
    )
    # A plain code: a foreign key would make the two tables depend on each other.
    prefecture_code = models.CharField(_("commune of the prefecture"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    outline = models.TextField(_("outline"), blank=True, editable=False)
    centre_x = models.FloatField(_("centre on the map, across"), null=True, editable=False)
    centre_y = models.FloatField(_("centre on the map, down"), null=True, editable=False)
    inset = models.BooleanField(_("drawn in a frame"), default=False, editable=False)

    class Meta(NamedTerritory.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the territory: times are stored in UTC and shown in it."""
        return ZoneInfo(self.time_zone)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"


class Commune(models.Model):
    """A commune, or an arrondissement of Paris, Lyon or Marseille (whose `parent` is the city)."""

    class Point(models.TextChoices):
        TOWN_HALL = "h", _("town hall")
        CENTROID = "c", _("centroid of the commune")
        PLACE = "g", _("populated place")
        PARENT = "p", _("centroid of the commune it was part of")
        UNKNOWN = "", _("unknown")

    code = models.CharField(_("INSEE code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    normalised_name = models.CharField(
        _("normalised name"), max_length=80, db_index=True, editable=False
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="communes"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("city of the arrondissement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="arrondissements",
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    point = models.CharField(
        _("what the point is"),
        max_length=1,
        choices=Point.choices,
        blank=True,
        default=Point.UNKNOWN,
    )

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["normalised_name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="commune_point_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommunePostcode(models.Model):
    """One postcode of one commune: a postcode covers 5.6 communes on average."""

    commune = models.ForeignKey(
        Commune, verbose_name=_("commune"), on_delete=models.CASCADE, related_name="postcodes"
    )
    postcode = models.CharField(_("postcode"), max_length=5, db_index=True)

    class Meta:
        verbose_name = _("postcode of a commune")
        verbose_name_plural = _("postcodes of communes")
        ordering = ["postcode", "commune_id"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "postcode"], name="commune_postcode_once")
        ]

    def __str__(self) -> str:
        return self.postcode


class ReferenceData(models.Model):
    """Which version of a set of reference data the tables hold, so that loading again costs nothing."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    version = models.CharField(_("version"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded on"), auto_now=True)

    class Meta:
        verbose_name = _("reference data")
        verbose_name_plural = _("reference data")

    def __str__(self) -> str:
        return self.name
