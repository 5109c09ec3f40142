"""The sections of an issue, in the order in which they are read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    ACTORS = "actors", _("The programme’s actors")
    PUBLIC_POLICY = "public-policy", _("Public policy news")
    PARTNERS_NEWS = "partners-news", _("Partners’ news")
    NATIONAL_TEAM = "national-team", _("National team")
    ZOOM = "zoom", _("Zoom on")
    LOCAL_VOICES = "local-voices", _("Local voices")
    WITNESSES = "witnesses", _("Witnesses")
    WORKSHOPS = "workshops", _("Workshops")
    MAP = "map", _("The map")


SECTION_ORDER = {code: rank for rank, code in enumerate(Section.values)}
