"""The families by which articles are shelved, in the order in which they are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Family(models.TextChoices):
    OPERATORS = "operateurs", _("Reference documents of the operators")
    COMMUNICATION = "communication", _("Communication kit")
    OFFICE = "bureautique", _("Office kit")
    CHARTER = "charte", _("Graphic charter")
    SIGNAGE = "signaletique", _("Signage")
    STEERING = "pilotage", _("Steering the Maison")
    LEGAL = "juridique", _("Legal questions and answers")
    WATCH = "veille", _("Legal and sector watch")


ORDER = {code: rank for rank, code in enumerate(Family.values)}
# What is read for its date: the newest comes first.
DATED = (Family.LEGAL.value, Family.WATCH.value)
