"""Who may see which document: asked of the content itself, each time someone searches."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .sources import sources


def visible(names: Iterable[tuple[str, str]], user: Any) -> set[tuple[str, str]]:
    """Those of these (source, key) that this person may see now. What no source knows is nobody's."""
    keys: dict[str, list[str]] = defaultdict(list)
    for source, key in names:
        keys[source].append(key)
    known = sources()
    seen: set[tuple[str, str]] = set()
    for code, asked in keys.items():
        giver = known.get(code)
        if giver is not None:
            seen.update((code, key) for key in giver.visible(asked, user))
    return seen
