"""What the screens of training read."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import languages
from cms.listings import Listing, narrow

from .forms import CatalogueFilters, SessionFilters
from .kinds import (
    GROUP_LABELS,
    HOLDING,
    ModuleKind,
    ModuleTheme,
    RegistrationState,
    SessionState,
)
from .models import CataloguePage, LearningPathPage, Registration, Session, TrainingModulePage
from .models.sessions import PARIS
from .places import Near, find_near, kilometres

# Beyond this many, a list by distance would be read by nobody.
MOST_NEAR = 500


def with_coming(modules: Any) -> QuerySet[TrainingModulePage]:
    """With what a list shows of modules: `coming`, the number of sessions that one may come to."""
    # Sessions belong to the French page, whatever the language in which it is read.
    open_ones = Session.objects.filter(
        module__translation_key=OuterRef("translation_key"),
        state=SessionState.OPEN,
        last_ends_at__gt=timezone.now(),
    )
    counted = open_ones.order_by().values("module__translation_key").annotate(n=Count("pk"))
    coming = Coalesce(Subquery(counted.values("n")), 0)
    shown = modules.select_related("operator", "locale").defer_streamfields()
    found: QuerySet[TrainingModulePage] = shown.annotate(coming=coming)
    return found


def below(catalogue: CataloguePage) -> Q:
    """Pages just below a catalogue, and below its translations where another language is read."""
    if languages.is_source():
        return Q(path__startswith=catalogue.path, depth=catalogue.depth + 1)
    trees = CataloguePage.objects.filter(translation_key=catalogue.translation_key)
    found = Q(pk__in=[])
    for path, depth in trees.values_list("path", "depth"):
        found |= Q(path__startswith=path, depth=depth + 1)
    return found


def paths_of(catalogue: CataloguePage, user: Any) -> list[LearningPathPage]:
    """The online paths of a catalogue, in the reader's language, else in French."""
    visible = LearningPathPage.objects.visible_to(user)
    rows = languages.in_one_language(visible.filter(below(catalogue)), visible)
    # In the order of the French tree, whichever tree a page is in.
    french = LearningPathPage.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=languages.SOURCE
    )
    order = Coalesce(Subquery(french.values("path")[:1]), "path")
    return list(rows.select_related("locale").order_by(order, "path"))


def modules_of(catalogue: CataloguePage, user: Any) -> QuerySet[TrainingModulePage]:
    """The modules of a catalogue, and what operators add to it under their own pages: each in the reader's
    language, else in French."""
    visible = TrainingModulePage.objects.visible_to(user)
    found = visible.filter(below(catalogue) | ~Q(kind=ModuleKind.NATIONAL))
    shown = languages.in_one_language(found, visible)
    return with_coming(shown).order_by("kind", "order", "title", "pk")


@dataclass
class Group:
    """A part of the catalogue under its heading. `proposed`: by operators."""

    title: str
    modules: list[TrainingModulePage]
    proposed: bool = False


def grouped(modules: list[TrainingModulePage]) -> list[Group]:
    """The national modules by theme, those without one last; then what operators propose, by kind."""
    themes = [*ModuleTheme.values, ""]
    kinds = [code for code in ModuleKind.values if code != ModuleKind.NATIONAL]
    national = [page for page in modules if page.kind == ModuleKind.NATIONAL]
    found = [
        Group(
            str(ModuleTheme(theme).label) if theme else _("Other modules"),
            [page for page in national if page.module_theme == theme],
        )
        for theme in themes
    ]
    found += [
        Group(str(GROUP_LABELS[kind]), [page for page in modules if page.kind == kind], True)
        for kind in kinds
    ]
    return [group for group in found if group.modules]


def catalogue(page: CataloguePage, user: Any, form: CatalogueFilters) -> Listing:
    return narrow(modules_of(page, user), form, per_page=60)


def coming(user: Any, now: dt.datetime | None = None) -> QuerySet[Session]:
    """Sessions that one may still come to, soonest first."""
    return (
        Session.objects.visible_to(user)
        .coming(now)
        .with_times()
        .with_places()
        .order_by("first_starts_at", "pk")
    )


def next_sessions(user: Any, count: int) -> list[Session]:
    """The next ones, without their dates: one query."""
    rows = Session.objects.visible_to(user).coming()
    shown = rows.select_related("module", "commune__department")
    return list(shown.order_by("first_starts_at", "pk")[:count])


@dataclass
class Sessions:
    """The coming sessions as a page of the list shows them."""

    listing: Listing
    near: Near
    distances: dict[int, float] = field(default_factory=dict)
    mine: dict[int, Registration] = field(default_factory=dict)


@dataclass
class Wanted:
    """The coming sessions that a form asks for, its facets not yet applied."""

    rows: QuerySet[Session]
    near: Near
    distances: dict[int, float]


def wanted(user: Any, form: SessionFilters) -> Wanted:
    """What the list, the calendar and the map start from."""
    form.is_valid()
    near = find_near(form.value("pres_de") or "", form.value("commune") or "")
    rows = coming(user)
    if first := form.value("du"):
        rows = rows.filter(last_ends_at__gte=dt.datetime.combine(first, dt.time(), PARIS))
    if last := form.value("au"):
        after = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), PARIS)
        rows = rows.filter(first_starts_at__lt=after)
    distances: dict[int, float] = {}
    if near.commune is not None:
        distances = _distances(near, form.value("rayon"))
        rows = rows.filter(pk__in=distances)
    return Wanted(rows, near, distances)


def faceted(rows: QuerySet[Session], form: SessionFilters) -> QuerySet[Session]:
    """Those that the facets of the form leave."""
    chosen = {
        facet.path: value for facet in form.facets if (value := form.value(facet.name)) is not None
    }
    return rows.filter(**chosen)


def sessions(user: Any, form: SessionFilters) -> Sessions:
    found = wanted(user, form)
    listing = narrow(found.rows, form)
    if found.near.commune is not None:
        _nearest_first(listing, found.rows, found.distances, form)
    shown = list(listing.page.object_list)
    mine = registrations_by_session(user, shown)
    return Sessions(listing, found.near, found.distances, mine)


def _distances(near: Near, radius: str | None) -> dict[int, float]:
    """{session: kilometres} of the coming ones that have a place, within the radius."""
    rows = Session.objects.coming().filter(commune__latitude__isnull=False)
    found = {}
    for session in rows.select_related("commune")[:MOST_NEAR]:
        distance = kilometres(near.commune, session.commune)
        if distance is not None and (not radius or distance <= int(radius)):
            found[session.pk] = distance
    return found


def _nearest_first(
    listing: Listing, rows: QuerySet[Session], distances: dict[int, float], form: SessionFilters
) -> None:
    """Order the page by distance: the database knows nothing of it."""
    ids = list(faceted(rows, form).values_list("pk", flat=True))
    ids.sort(key=lambda pk: (distances.get(pk, 0), pk))
    page = listing.page
    size = page.paginator.per_page
    wanted = ids[(page.number - 1) * size : page.number * size]
    by_id = {session.pk: session for session in rows.filter(pk__in=wanted)}
    page.object_list = [by_id[pk] for pk in wanted if pk in by_id]


def registrations_by_session(user: Any, shown: list[Session]) -> dict[int, Registration]:
    """One's own registrations for these sessions, by session."""
    if not getattr(user, "is_authenticated", False) or not shown:
        return {}
    rows = Registration.objects.filter(user=user, session__in=[s.pk for s in shown])
    return {row.session_id: row for row in rows}


@dataclass
class Places:
    """How full a session is. `waiting`: how many are on the list."""

    capacity: int
    held: int
    waiting: int

    @property
    def left(self) -> int:
        return max(self.capacity - self.held, 0)


def places_of(session: Session) -> Places:
    counts = session.registrations.aggregate(
        held=Count("pk", filter=Q(state__in=HOLDING)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
    )
    return Places(session.capacity, counts["held"], counts["waiting"])


def rank_of(row: Registration) -> int:
    """The rank on the waiting list; 1 is the next."""
    before = Registration.objects.filter(session_id=row.session_id).queue()
    ids = list(before.values_list("pk", flat=True))
    return ids.index(row.pk) + 1 if row.pk in ids else 0
