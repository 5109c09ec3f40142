"""Who may see a page. The only truth about it is here; `visible_to` is the only way to list."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import PageViewRestriction

from .request_scope import remember


def restrictions() -> list[tuple[str, str, frozenset[int]]]:
    """(page path, restriction type, group ids) of every restriction, in one query."""

    def load() -> list[tuple[str, str, frozenset[int]]]:
        rows = PageViewRestriction.objects.order_by("pk")
        groups: dict[tuple[int, str, str], set[int]] = {}
        for pk, path, kind, group in rows.values_list(
            "pk", "page__path", "restriction_type", "groups"
        ):
            groups.setdefault((pk, path, kind), set()).update([] if group is None else [group])
        return [(path, kind, frozenset(held)) for (_pk, path, kind), held in groups.items()]

    return remember("page-restrictions", load)


def _group_ids(user: Any) -> frozenset[int]:
    return remember(
        ("group-ids", user.pk), lambda: frozenset(user.groups.values_list("pk", flat=True))
    )


def closed_paths(user: Any | None) -> list[str]:
    """Tree paths under which this person sees nothing.

    A page behind a password is in no listing, whoever asks: the password opens it, and only it.
    """
    user = user or AnonymousUser()
    closed = []
    held: frozenset[int] | None = None
    for path, kind, groups in restrictions():
        if kind == PageViewRestriction.PASSWORD:
            closed.append(path)
        elif user.is_authenticated and user.is_superuser:
            continue
        elif kind == PageViewRestriction.LOGIN:
            if not user.is_authenticated:
                closed.append(path)
        elif not user.is_authenticated:
            closed.append(path)
        else:
            held = _group_ids(user) if held is None else held
            if not groups & held:
                closed.append(path)
    return closed


def visible_pages(pages: QuerySet[Any], user: Any | None, prefix: str = "") -> QuerySet[Any]:
    """Those of `pages` that are live and open to this person. `prefix` leads to the page ("page__")."""
    hidden = Q()
    for path in closed_paths(user):
        hidden |= Q(**{f"{prefix}path__startswith": path})
    shown = pages.filter(**{f"{prefix}live": True})
    return shown.exclude(hidden) if hidden else shown


def may_see(page: Any, user: Any | None) -> bool:
    return page.live and not any(page.path.startswith(path) for path in closed_paths(user))
