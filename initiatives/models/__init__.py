"""Initiatives: their sheets, for whom they are, and who did it too."""

from .adoption import Adoption
from .audience import Audience
from .index import InitiativesIndexPage
from .sheet import CostPeriod, ProjectSheetPage, State
from .upload import SheetUpload

__all__ = [
    "Adoption",
    "Audience",
    "CostPeriod",
    "InitiativesIndexPage",
    "ProjectSheetPage",
    "SheetUpload",
    "State",
]
