"""The form of a module in the admin; under the page of an operator, it is a training of that operator."""

from typing import Any

from cms.page_forms import PageForm

from .kinds import ModuleKind


class ModuleForm(PageForm):
    """Under an operator's page the operator is that one, and the kind is never national."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operator = operator_above(self.parent_page)
        if operator is None:
            return
        self.instance.operator = operator
        self.fields.pop("operator", None)
        if self.instance.kind == ModuleKind.NATIONAL:
            self.instance.kind = ModuleKind.OPERATOR
            self.initial["kind"] = ModuleKind.OPERATOR
        if "kind" in self.fields:
            own = [choice for choice in ModuleKind.choices if choice[0] != ModuleKind.NATIONAL]
            self.fields["kind"].choices = own  # type: ignore[attr-defined]


def operator_above(parent: Any) -> Any:
    """The operator under whose page something is written; None elsewhere."""
    from maisons.models import OperatorPage

    page = getattr(parent, "specific", None)
    return page.operator if isinstance(page, OperatorPage) else None
