"""Paths with their units, for tests."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.factories import UserFactory

from ..factories import catalogue
from ..models import (
    ChapterPage,
    Enrolment,
    LearningPath,
    LearningPathPage,
    PathVersion,
    Unit,
    UnitPage,
)
from . import structure

TERMS = ("rule", "threshold", "length")


def make_path(*units: dict[str, Any], title: str = "Parcours", **fields: Any) -> LearningPath:
    """A path of one chapter with these units (fields of `UnitPage`); three links to mark by default.

    `rule`, `threshold` and `length` are written into the version: any rule, without its recording.
    """
    slug = f"parcours-{uuid.uuid4().hex[:8]}"
    page = catalogue().add_child(instance=LearningPathPage(title=title, slug=slug, **fields))
    chapter = page.add_child(instance=ChapterPage(title="Chapitre", slug=f"{slug}-1"))
    terms = []
    for number, unit in enumerate(units or ({}, {}, {}), start=1):
        terms.append({name: unit[name] for name in TERMS if name in unit})
        add_unit(chapter, number, **{n: v for n, v in unit.items() if n not in TERMS})
    version = structure.publish_version(page)
    assert version is not None  # noqa: S101
    for held, said in zip(version.structure["chapters"][0]["units"], terms, strict=True):
        held.update(said)
    PathVersion.objects.filter(pk=version.pk).update(structure=version.structure)
    structure.forget()
    return LearningPath.objects.select_related("version").get(uuid=page.translation_key)


def add_unit(chapter: ChapterPage, number: int = 1, **fields: Any) -> UnitPage:
    content = [
        ("link", {"url": "https://example.org/", "site": "Exemple", "introduction": "Lire."})
    ]
    own = {"title": f"Étape {number}", "slug": f"etape-{uuid.uuid4().hex[:8]}", "content": content}
    return chapter.add_child(instance=UnitPage(**{**own, **fields}))


def units_of(path: LearningPath) -> list[Unit]:
    """Its units in the order of its version."""
    assert path.version is not None  # noqa: S101
    rows = {str(unit.uuid): unit for unit in path.units.all()}
    return [rows[unit.uuid] for unit in structure.read(path.version).units()]


def make_enrolment(path: LearningPath, user: Any = None, **fields: Any) -> Enrolment:
    assert path.version is not None  # noqa: S101
    row = Enrolment(
        path=path,
        user=user or UserFactory(),
        version=path.version,
        created_at=timezone.now() - dt.timedelta(days=1),
        **fields,
    )
    row.due = len(structure.read(path.version).required())
    row.save()
    return row
