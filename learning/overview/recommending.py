"""Which path somebody might follow next, each with the reason that is shown.

Reasons, the strongest first: a module attended that the path goes on from; a theme that one chose to
follow; new in the network, for the paths of the first level; the team that one manages follows it; the
theme of what one attended or completed; colleagues of one's Maison did it, said only as a number of at
least `FEWEST`. Of two paths for which the strongest reason is the same, the one with more reasons goes
first. A path completed, or followed now, is proposed no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from maisons.models import Membership
from maisons.roles import memberships_of

from ..kinds import Level, ModuleTheme
from ..models import Enrolment, FollowedTheme, LearningPathPage
from ..steering.newcomers import new_since

MOST = 3
# Fewer people of one Maison could be told by name.
FEWEST = 5
COLUMNS = (
    *("title", "summary", "slug", "url_path", "translation_key", "module_id", "module_theme"),
    *("level", "locale_id", "depth", "path"),
)


@dataclass(frozen=True)
class Recommendation:
    """A path and why it is proposed."""

    page: LearningPathPage
    reason: str


@dataclass(frozen=True)
class About:
    """What is known of somebody. attended: {module: title}; held: identities of the paths that they
    follow or completed, with their themes."""

    user: Any
    attended: dict[int, str]
    held: frozenset[str]

    @property
    def memberships(self) -> list[Membership]:
        return memberships_of(self.user)


def recommended(about: About) -> list[Recommendation]:
    """At most three, the best reason first: two queries."""
    chosen = FollowedTheme.objects.filter(user=about.user)
    pages = list(
        LearningPathPage.objects.visible_to(about.user)
        .filter(locale__language_code="fr")
        .only(*COLUMNS)
        .annotate(theme_is_followed=Exists(chosen.filter(theme=OuterRef("module_theme"))))
        .order_by("path")
    )
    others = [page for page in pages if str(page.translation_key) not in about.held]
    if not others:
        return []
    themes = _themes(about, pages)
    followed = _followed(about)
    ranked = []
    for page in others:
        why = list(_reasons(page, about, themes, followed))
        if why:
            rank, reason = why[0]
            ranked.append((rank, -len(why), Recommendation(page, reason)))
    ranked.sort(key=lambda each: each[:2])
    return [found for _rank, _reasons, found in ranked[:MOST]]


def _reasons(
    page: LearningPathPage, about: About, themes: set[str], followed: dict[str, int]
) -> Iterator[tuple[int, str]]:
    if title := about.attended.get(page.module_id or 0):
        yield (
            1,
            _("You attended the module “%(module)s”: this path goes on from it.")
            % {"module": title},
        )
    if page.theme_is_followed:  # type: ignore[attr-defined]
        yield 2, _("You follow the theme “%(theme)s”.") % {"theme": _theme(page)}
    if page.level == Level.DISCOVERY and _is_new(about):
        yield 3, _("You joined the network lately: this path is a first discovery of it.")
    number = followed.get(str(page.translation_key), 0)
    if number and _manages(about):
        yield 4, _("Your team follows it: you will be able to speak of it together.")
    if page.module_theme and page.module_theme in themes:
        yield 5, _("You already learn about “%(theme)s”.") % {"theme": _theme(page)}
    if number >= FEWEST:
        yield 6, _("%(n)d colleagues of your Maison follow it or completed it.") % {"n": number}


def _theme(page: LearningPathPage) -> str:
    return str(ModuleTheme(page.module_theme).label)


def _is_new(about: About) -> bool:
    held = about.memberships
    return bool(held) and min(row.starts_at for row in held) >= new_since()


def _manages(about: About) -> bool:
    return any(row.role == Membership.Role.MANAGER for row in about.memberships)


def _themes(about: About, pages: list[LearningPathPage]) -> set[str]:
    """Of the paths that one has, and of those that go with a module that one attended."""
    return {
        page.module_theme
        for page in pages
        if str(page.translation_key) in about.held or page.module_id in about.attended
    } - {""}


def _followed(about: About) -> dict[str, int]:
    """{identity of a path: how many colleagues of one's Maisons are on it or completed it}."""
    maisons = {row.maison_id for row in about.memberships}
    if not maisons:
        return {}
    colleagues = Membership.objects.in_force().filter(maison__in=maisons)
    rows = (
        Enrolment.objects.in_force()
        .filter(user__in=colleagues.order_by().values("user"))
        .exclude(user=about.user)
        .order_by()
        .values_list("path__uuid")
        .annotate(n=Count("user", distinct=True))
    )
    return {str(uuid): n for uuid, n in rows}
