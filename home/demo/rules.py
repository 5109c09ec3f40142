"""The rule set of the sources, loaded once."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from ..models import Criterion, FundingPart, RuleOperator, RuleSet

CHILDREN: dict[str, Any] = {"criteria": Criterion, "operators": RuleOperator, "parts": FundingPart}


@transaction.atomic
def load(path: Path) -> RuleSet:
    """Create the set; one of the same name is left as editors made it."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields = {key: value for key, value in data.items() if key not in CHILDREN}
    rules, created = RuleSet.objects.get_or_create(name=fields.pop("name"), defaults=fields)
    if created:
        for name, model in CHILDREN.items():
            for order, row in enumerate(data[name]):
                model.objects.create(rule_set=rules, sort_order=order, **row)
    rules.refresh_from_db()
    return rules
