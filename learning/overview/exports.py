"""Each list of online learning as a file, under the same filters and columns as its page."""

from typing import Any

from django.db.models import QuerySet

from cms import registry
from cms.exports import Export

from ..steering.network_exports import may_steer
from .columns import COLUMNS
from .forms import PathsFilters
from .network import LISTS, ListKind


def code_of(kind: ListKind) -> str:
    return f"parcours-{kind.slug}"


def export_of(kind: ListKind) -> Export:
    def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Any]:
        return kind.show(kind.rows(filters))

    return Export(
        code=code_of(kind),
        label=kind.title,
        columns=[(column.header, column.value) for column in COLUMNS[kind.of]],
        rows=rows,
        may_export=may_steer,
        form=PathsFilters,
    )


for _kind in LISTS.values():
    registry.export_kinds.register(code_of(_kind), export_of(_kind))
