from .home_page import HomePage
from .rules import Criterion, FundingPart, RuleOperator, RuleSet

__all__ = ["Criterion", "FundingPart", "HomePage", "RuleOperator", "RuleSet"]
