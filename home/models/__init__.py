from .creation import CreationPathPage, CreationStepPage
from .figures import Figure, FiguresPage
from .home_page import HomePage
from .rules import Criterion, FundingPart, RuleOperator, RuleSet

__all__ = [
    "CreationPathPage",
    "CreationStepPage",
    "Criterion",
    "Figure",
    "FiguresPage",
    "FundingPart",
    "HomePage",
    "RuleOperator",
    "RuleSet",
]
