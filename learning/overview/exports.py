"""Each list of online learning as a file, under the same filters and columns as its page."""

from cms import registry

from ..steering.network_exports import export_of
from .columns import COLUMNS
from .forms import PathsFilters
from .network import LISTS, ListKind


def code_of(kind: ListKind) -> str:
    return f"parcours-{kind.slug}"


for _kind in LISTS.values():
    _code = code_of(_kind)
    registry.export_kinds.register(_code, export_of(_kind, _code, COLUMNS[_kind.of], PathsFilters))
