"""Loads the demonstration's paths, and people at every stage of them. What exists is left as it is."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import slugify

from accounts.models import User
from cms import registry
from cms.demo_odt import odt
from cms.models import SiteDocument
from cms.text import french_spaces

from ..models import (
    CataloguePage,
    ChapterPage,
    Enrolment,
    LearningPath,
    LearningPathPage,
    TrainingModulePage,
    Unit,
    UnitPage,
)
from . import services, structure
from .record import Report, record

FOLDER = Path(__file__).parent.parent / "demo" / "paths"
PRACTICE = FOLDER / "practice"
SLUGS = ("accompagnement-numerique", "communication-territoriale")
# (e-mail, units done (99: all), days since the last): one has just begun, one stopped long ago, one is through.
STAGES = (
    ("agent@example.org", 4, 1),
    ("nour.fictif@agents.example.org", 99, 20),
    ("lou.exemple@agents.example.org", 1, 40),
    ("sacha.modele@agents.example.org", 8, 3),
    ("ariel.essai@agents.example.org", 0, 6),
)
EVERY = dt.timedelta(days=4)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def paragraphs(texts: list[str]) -> str:
    return format_html_join("", "<p>{}</p>", ((french_spaces(text),) for text in texts))


# Kind of a unit → what makes its block from the demonstration's YAML: (data, modules by slug) → (name, value).
Builder = Callable[[dict[str, Any], dict[str, TrainingModulePage]], tuple[str, Any]]
_builders: dict[str, Builder] = {}


def builds(kind: str) -> Callable[[Builder], Builder]:
    """Register what makes the block of the units of this kind; other rooms give theirs."""

    def keep(builder: Builder) -> Builder:
        _builders[kind] = builder
        return builder

    return keep


@builds("link")
def _link(data: dict[str, Any], modules: dict[str, TrainingModulePage]) -> tuple[str, Any]:
    introduction = paragraphs(data["paragraphs"])
    return "link", {"url": data["url"], "site": data["site"], "introduction": introduction}


@builds("document")
def _document(data: dict[str, Any], modules: dict[str, TrainingModulePage]) -> tuple[str, Any]:
    """A text document, made of the lines that the file gives."""
    title = french_spaces(data["document"]["title"])
    found = SiteDocument.objects.filter(title=title).first()
    if found is None:
        lines = [french_spaces(line) for line in data["document"]["content"].split("\n")]
        name = f"{slugify(title)}.odt"
        found = SiteDocument.objects.create(
            title=title, file=ContentFile(odt(title, lines), name=name)
        )
    introduction = paragraphs(data["paragraphs"])
    return "document", {"document": found.pk, "introduction": introduction}


@builds("session")
def _session(data: dict[str, Any], modules: dict[str, TrainingModulePage]) -> tuple[str, Any]:
    introduction = paragraphs(data["paragraphs"])
    return "session", {"module": modules[data["module"]].pk, "introduction": introduction}


@builds("text")
def _text(data: dict[str, Any], modules: dict[str, TrainingModulePage]) -> tuple[str, Any]:
    body: list[dict[str, Any]] = [{"type": "rich_text", "value": paragraphs(data["paragraphs"])}]
    if "callout" in data:
        title, said = data["callout"]
        value = {"tone": "success", "title": title, "text": paragraphs([said])}
        body.append({"type": "callout", "value": value})
    if "accordion" in data:
        body.append(_accordion(data["accordion"]))
    return "text", {"body": [*body, *_practice(data.get("practice"))]}


def _accordion(items: list[tuple[str, str]]) -> dict[str, Any]:
    shown = [{"title": french_spaces(title), "text": paragraphs([said])} for title, said in items]
    return {"type": "accordion", "value": {"items": shown}}


def _heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "level": "h2"}}


def _practice(data: dict[str, Any] | None) -> list[dict[str, Any]]:
    """A made-up case with what to find before looking, and an exercise."""
    if data is None:
        return []
    steps = format_html_join(
        "", "<li>{}</li>", ((french_spaces(step),) for step in data["exercise"])
    )
    return [
        _heading("Un cas, inventé"),
        {"type": "rich_text", "value": paragraphs(data["case"])},
        _accordion(data["solve"]),
        _heading("Exercice"),
        {"type": "rich_text", "value": f"<ol>{steps}</ol>"},
    ]


def _load_path(catalogue: CataloguePage, data: dict[str, Any]) -> None:
    if LearningPathPage.objects.child_of(catalogue).filter(slug=data["slug"]).exists():
        return
    modules = {page.slug: page for page in TrainingModulePage.objects.child_of(catalogue)}
    objectives = format_html_join("", "<li>{}</li>", ((text,) for text in data["objectives"]))
    page = catalogue.add_child(
        instance=LearningPathPage(
            title=data["title"],
            slug=data["slug"],
            summary=data["summary"],
            module_theme=data["theme"],
            level=data["level"],
            audience=data["audience"],
            objectives=f"<ul>{objectives}</ul>",
            module=modules.get(data["module"]),
            source=data["source"],
            source_date=data["source_date"],
            is_fictitious=True,
            locale=catalogue.locale,
        )
    )
    practice = _read(PRACTICE / f"{data['slug'].removeprefix('parcours-')}.yaml")
    pages: dict[str, UnitPage] = {}
    for number, chapter in enumerate(data["chapters"], start=1):
        slug = f"chapitre-{number}"
        above = page.add_child(
            instance=ChapterPage(title=chapter["title"], slug=slug, locale=catalogue.locale)
        )
        for unit in chapter["units"]:
            unit["practice"] = practice.get(unit["title"])
            pages[unit["title"]] = _load_unit(above, unit, modules)
            if unit.get("needs"):
                pages[unit["title"]].needs.set([pages[title] for title in unit["needs"]])
                pages[unit["title"]].save()
    # Last: one version for all of it.
    page.save_revision(changed=False).publish()


def _load_unit(
    chapter: ChapterPage, data: dict[str, Any], modules: dict[str, TrainingModulePage]
) -> UnitPage:
    kind, value = _builders[data["kind"]](data, modules)
    field = UnitPage._meta.get_field("content")
    page = UnitPage(
        title=data["title"],
        summary=french_spaces(data["summary"]),
        content=field.to_python([{"type": kind, "value": value, "id": str(uuid.uuid4())}]),
        act=french_spaces(data["act"]),
        minutes=data["minutes"],
        required=not data.get("optional", False),
        rule=data.get("rule", UnitPage.Rule.MARKED),
        threshold=data.get("threshold", 0),
        locale=chapter.locale,
    )
    return chapter.add_child(instance=page)


def _load_people(path: LearningPath, number: int) -> None:
    """number: of the path; what somebody does on two of them is not at the same hours."""
    if Enrolment.objects.filter(path=path).exists() or path.version is None:
        return
    units = {str(unit.uuid): unit for unit in Unit.objects.filter(path=path)}
    ordered = [units[unit.uuid] for unit in structure.read(path.version).units()]
    people = {user.email: user for user in User.objects.filter(email__in=[e for e, *_ in STAGES])}
    for email, done, days in STAGES:
        if person := people.get(email):
            enrolment = services.enrol(path, person, by=person)
            last = timezone.now() - dt.timedelta(days=days + 2 * number, hours=number)
            advance(enrolment, ordered[:done], last)


def advance(enrolment: Enrolment, units: list[Unit], last: dt.datetime) -> None:
    """A unit every few days until the last, a quarter of an hour each."""
    began = last - EVERY * len(units)
    Enrolment.objects.filter(pk=enrolment.pk).update(created_at=began)
    for number, unit in enumerate(units, start=1):
        now = began + EVERY * number
        for minute in range(14, -1, -2):
            end = now - dt.timedelta(minutes=minute)
            spent = Report(
                active=(end - dt.timedelta(minutes=2), end), completed=minute == 0, seconds=None
            )
            record(enrolment, unit, uuid.uuid4(), spent, now=end)


class PathsLoader:
    # After the modules and the people of training; before the menus.
    order = 68

    def load(self, verbosity: int = 1) -> None:
        catalogue = CataloguePage.objects.first()
        if catalogue is None:
            return
        for slug in SLUGS:
            data = _read(FOLDER / f"{slug}.yaml")
            with transaction.atomic():
                _load_path(catalogue, data)
        for number, path in enumerate(
            LearningPath.objects.select_related("version").order_by("pk")
        ):
            with transaction.atomic():
                _load_people(path, number)


registry.demo_loaders.register("learning.paths", PathsLoader())
