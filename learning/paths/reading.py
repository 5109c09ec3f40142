"""What the screens of paths read: a path as one person sees it, in their language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.models import Page

from ..models import Enrolment, LearningPath, LearningPathPage, Unit, UnitPage
from . import structure, wording
from .kinds import EnrolmentState
from .preview import is_preview
from .services import has_left, page_of, paths_missing, takes
from .shown import Held, Known, PathView, put_together, titled

# Of one person's paths, how many "Mes formations" shows.
MOST_SHOWN = 10


def titles(uuids: Iterable[str]) -> dict[str, str]:
    """{identity: title in the reader's language} of units, chapters or paths, for what is translated: one query."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return {}
    pages = Page.objects.filter(
        translation_key__in=list(uuids), locale__language_code=language, live=True
    )
    return {str(key): title for key, title in pages.values_list("translation_key", "title")}


def names_of(uuids: Iterable[Any]) -> dict[str, str]:
    """{identity: title} of units, paths or chapters, shown or not, in the reader's language, else in French.

    One query.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    wanted = (settings.LANGUAGE_CODE, language)
    pages = Page.objects.filter(
        translation_key__in=list(uuids), locale__language_code__in=wanted
    ).values_list("translation_key", "title", "locale__language_code")
    # The reader's language last, so that it stays.
    ordered = sorted(pages, key=lambda row: row[2] == language)
    return {str(key): title for key, title, _code in ordered}


def path_view(
    path: LearningPath, enrolment: Enrolment | None = None, *, places: bool = False
) -> PathView | None:
    """The path in the version that the person follows; None while it has none.

    places: with where they stopped within each unit.
    """
    version = enrolment.version if enrolment else path.version
    if version is None:
        return None
    outline = structure.read(version)
    known = _known([path.pk], [enrolment.pk] if enrolment else [], places=places)[path.pk]
    newer = None
    if enrolment is not None and _may_change(enrolment, path):
        newer = structure.read(path.version)
    outlines = [outline, newer] if newer else [outline]
    named = titles(uuid for each in outlines for uuid in titled(path.uuid, each))
    view = put_together(path.uuid, outline, replace(known, titles=named), enrolment)
    if newer:
        named = {unit.uuid: unit.title for unit in newer.units()} | named
        view.change = structure.compare(outline, newer, named)
        view.altered = [
            (named[after.uuid], wording.altered(before, after, named))
            for before, after in structure.altered(outline, newer)
        ]
    return view


def _known(
    paths: list[int], enrolments: list[int], *, places: bool = False
) -> defaultdict[int, Known]:
    """{path: its units and what is held of them}: one query. enrolments: one a path at most."""
    units = Unit.objects.filter(path__in=paths)
    names = ["path", "pk", "uuid", "archived_at"]
    if enrolments:
        own = FilteredRelation("progress", condition=Q(progress__enrolment__in=enrolments))
        units = units.annotate(own=own)
        names += ["own__pk", "own__completed_at", "own__active", *(["own__place"] * places)]
    found: defaultdict[int, Known] = defaultdict(Known)
    for path, pk, uuid, gone, *own_columns in units.values_list(*names):
        known, key = found[path], str(uuid)
        known.units[key] = pk
        if gone:
            known.archived.add(key)
        if own_columns and own_columns[0]:
            known.progress[key] = Held(*own_columns[1:])
    return found


def _may_change(enrolment: Enrolment, path: LearningPath) -> bool:
    return enrolment.state == EnrolmentState.ACTIVE and enrolment.version_id != path.version_id


def enrolment_of(path: LearningPath, user: Any) -> Enrolment | None:
    """The person's enrolment in force; none while a preview lasts."""
    if is_preview() or not getattr(user, "is_authenticated", False):
        return None
    return _in_force(user, path=path)


def enrolment_in(path_uuid: Any, user: Any) -> Enrolment | None:
    """The same, by the identity of the path."""
    if is_preview():
        return None
    return _in_force(user, path__uuid=path_uuid)


def _in_force(user: Any, **path: Any) -> Enrolment | None:
    """What versions hold is read once a process (`structure.read`), not with each enrolment."""
    rows = Enrolment.objects.filter(user=user, **path).in_force().order_by()
    return (
        rows.select_related("version", "path__version")
        .defer("version__structure", "path__version__structure")
        .first()
    )


def unit_page(uuid: str) -> UnitPage | None:
    """The page of a unit in the reader's language, else in French; draft pages are shown to nobody."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    pages = UnitPage.objects.filter(translation_key=uuid, live=True).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(language) or by_language.get(settings.LANGUAGE_CODE)


def path_context(page: LearningPathPage, request: HttpRequest) -> dict[str, Any]:
    """What the public page of a path shows."""
    path = LearningPath.objects.select_related("version").filter(uuid=page.translation_key).first()
    if path is None:
        return {"path": None, "view": None}
    enrolment = enrolment_of(path, request.user)
    french = page_of(path)
    missing: list[str] = []
    if french is not None and request.user.is_authenticated:
        missing = paths_missing(french, request.user)
    return {
        "path": path,
        "view": path_view(path, enrolment),
        "enrolment": enrolment,
        "left": enrolment is None and has_left(path, request.user),
        "why_not": takes(french, timezone.localdate()),
        "missing_words": wording.to_complete_first(missing) if missing else "",
        "may_follow": request.user.has_perm("learning.follow_path"),
        "may_preview": request.user.has_perm("learning.preview_path"),
        "needs": list(page.needs.all()),
    }


@dataclass
class MyPath:
    enrolment: Enrolment
    view: PathView


def my_paths(user: Any, *, active: bool = False, most: int = MOST_SHOWN) -> list[MyPath]:
    """The paths that somebody follows or completed, the last active first: two queries in all.

    active: without those that are completed. Progress comes without where to resume within a unit.
    """
    rows = (
        Enrolment.objects.filter(user=user)
        .in_force()
        .select_related("path", "version")
        .defer("version__structure")
        .order_by(F("last_at").desc(nulls_last=True), "-created_at", "pk")
    )
    if active:
        rows = rows.filter(state=EnrolmentState.ACTIVE)
    shown = list(rows[:most])
    known = _known([row.path_id for row in shown], [row.pk for row in shown])
    outlines = {row.pk: structure.read(row.version) for row in shown}
    named = titles(uuid for row in shown for uuid in titled(row.path.uuid, outlines[row.pk]))
    found = []
    for row in shown:
        own = replace(known[row.path_id], titles=named)
        found.append(MyPath(row, put_together(row.path.uuid, outlines[row.pk], own, row)))
    return found
