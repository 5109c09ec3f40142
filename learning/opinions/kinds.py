"""Why a unit was not useful."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    KNOWN = "known", _("I knew it already")
    HARD = "hard", _("It is too hard to follow")
    LONG = "long", _("It is too long")
    FAR = "far", _("It is far from what I do at the counter")
    DATED = "dated", _("It is wrong or out of date")
    BROKEN = "broken", _("Something in it does not work")
