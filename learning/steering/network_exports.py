"""Each list of the network as a file, under the same filters and columns as its page."""

from typing import Any

from django.db.models import QuerySet

from cms import registry
from cms.exports import Export
from cms.listings import FilterForm

from .columns import COLUMNS
from .forms import NetworkFilters
from .network import LISTS, ListKind


def may_steer(user: Any) -> bool:
    return bool(user.has_perm("learning.steer"))


def code_of(kind: ListKind) -> str:
    return f"formation-{kind.slug}"


def export_of(kind: Any, code: str, columns: list[Any], form: type[FilterForm]) -> Export:
    """The file of a list: `kind` has a title, `rows(filters)` and `show(rows)`."""

    def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Any]:
        return kind.show(kind.rows(filters))

    return Export(
        code=code,
        label=kind.title,
        columns=[(column.header, column.value) for column in columns],
        rows=rows,
        may_export=may_steer,
        form=form,
    )


for _kind in LISTS.values():
    _code = code_of(_kind)
    registry.export_kinds.register(
        _code, export_of(_kind, _code, COLUMNS[_kind.of], NetworkFilters)
    )
