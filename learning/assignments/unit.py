"""The type of unit "assignment"."""

from django.utils.translation import gettext_lazy as _

from ..paths.kinds import CompletionRule
from ..paths.unit_types import UnitType, register
from .blocks import terms_of
from .reading import context, waiting

register(
    UnitType(
        "assignment",
        _("Assignment"),
        "pencil",
        (CompletionRule.DECIDED,),
        "learning/assignments/unit.html",
        context=context,
        terms=terms_of,
        styles=("css/assignments.css",),
        scripts=("js/autosave.js",),
        waiting=waiting,
        grants=("attempts",),
    )
)
