"""Quizzes of the demonstration: their questions, and what fictitious people answered."""

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html

from cms import demo_content, registry
from cms.demo_content import Pictures
from cms.text import french_spaces

from ..demo_load import _person
from ..models import (
    BankTheme,
    Enrolment,
    LearningPath,
    Question,
    QuizAttempt,
    TrainingModulePage,
    Unit,
)
from ..paths import demo as path_demo
from ..paths import services as paths
from ..paths import structure
from . import bank, pictured, pictures, services, texts, units, wording
from .asking import read
from .content import Content, from_json, matching_of
from .kinds import ShowWhen

FOLDER = Path(__file__).parent.parent / "demo"
NAMES = uuid.UUID("7c0c1a52-6c5c-4f0e-9a76-5f7f2f3f2b9e")
# People invented, who cannot sign in: with the others they are more than five at a quiz.
PEOPLE = (
    ("Camille", "Inventée"),
    ("Alex", "Fictive"),
    ("Dany", "Prototype"),
    ("Noa", "Maquette"),
)
WORDS = (
    "text",
    "feedback",
    "when_right",
    "when_partial",
    "when_wrong",
    "feedback_true",
    "feedback_false",
)


def paragraph(text: str) -> str:
    return text if text.lstrip().startswith("<") else str(format_html("<p>{}</p>", text))


def _said(text: str) -> str:
    return paragraph(french_spaces(text))


def _content(data: dict[str, Any], drawings: Pictures) -> Content:
    """A question of the YAML file: choices are [text, share, why], pairs [text, answer, why]."""
    left = ("code", "theme", "title", "picture")
    said = {key: value for key, value in data.items() if key not in left}
    said |= {name: _said(said[name]) for name in WORDS if said.get(name)}
    said["text"] += _drawing(data, drawings, "alt")
    if "choices" in said:
        said["choices"] = [
            {"text": french_spaces(text), "fraction": share, "feedback": french_spaces(why)}
            for text, share, why in said["choices"]
        ]
    if "pairs" in said:
        pairs = [tuple(map(french_spaces, pair)) for pair in said.pop("pairs")]
        extra = [french_spaces(text) for text in said.pop("extra", ())]
        said |= matching_of(pairs, extra)
    if "items" in said:
        said["items"] = [{"text": french_spaces(text)} for text in said["items"]]
    if "answers" in said:
        key = "pattern" if said["kind"] == "short" else "value"
        said["answers"] = [
            {
                key: value,
                "fraction": share,
                "feedback": french_spaces(why),
                "tolerance": (more or ["0"])[0],
            }
            for value, share, why, *more in said["answers"]
        ]
    return from_json(said)


def _drawing(data: dict[str, Any], drawings: Pictures, alt: str) -> str:
    """The picture of a question, said in a language: `alt`, `alt_en`."""
    image = drawings(data["picture"]) if data.get("picture") else None
    if image is None:
        return ""
    place = pictures.collection()
    if image.collection != place:
        image.collection = place
        image.save()
    return str(pictured.Picture(image=image.pk, alt=drawings.known[data["picture"]][1][alt]))


def _in_english(question: Question, said: list[str], drawing: str) -> None:
    """Word a question with these texts, in the order of its own."""
    assert question.version is not None  # noqa: S101
    places = texts.texts_of(question.version.read())
    worded = {
        place: paragraph(text) if french.startswith("<p>") else text
        for (place, french), text in zip(places.items(), said, strict=True)
    }
    worded["text"] += drawing
    wording.write(question, "en", worded, by=None)


def load_questions() -> dict[str, Question]:
    """{code: question}; those that are there already are left as they are."""
    data = demo_content.read(FOLDER / "questions.yaml")
    english = demo_content.read(FOLDER / "questions_en.yaml")
    drawings = Pictures()
    themes = {
        code: BankTheme.objects.get_or_create(
            name=said["name"], defaults={"description": said["description"]}
        )[0]
        for code, said in data["themes"].items()
    }
    found = {}
    for row in data["questions"]:
        key = uuid.uuid5(NAMES, row["code"])
        held = Question.objects.filter(uuid=key).first()
        if held is None:
            held = Question(uuid=key, theme=themes[row["theme"]], title=row["title"])
            held.source = "Contenu du parcours de démonstration (fictif)"
            bank.write(held, _content(row, drawings), by=None)
            if said := english.get(row["code"]):
                _in_english(held, said, _drawing(row, drawings, "alt_en"))
        found[row["code"]] = held
    return found


@path_demo.builds("quiz")
def _quiz(data: dict[str, Any], modules: dict[str, TrainingModulePage]) -> tuple[str, Any]:
    questions = load_questions()
    asked = []
    for part in data["asked"]:
        if isinstance(part, str):
            kind, value = "question", questions[part].pk
        else:
            theme = BankTheme.objects.get(name=part["pool"])
            kind, value = "pool", {"theme": theme.pk, "count": part["count"]}
        asked.append({"type": kind, "value": value, "id": str(uuid.uuid4())})
    return "quiz", {
        "introduction": path_demo.paragraphs(data["paragraphs"]),
        "asked": asked,
        "shuffle_questions": data.get("shuffle_questions", True),
        "shuffle_choices": True,
        "attempts": data.get("attempts", 0),
        "minutes": data.get("time_limit", 0),
        "feedback": ShowWhen.EACH,
        "answers": data.get("answers", ShowWhen.END),
    }


# -- What people answered --------------------------------------------------------------------------


class AttemptsLoader:
    # After the paths and the people who follow them.
    order = 69

    def load(self, verbosity: int = 1) -> None:
        if QuizAttempt.objects.exists():
            return
        for path in LearningPath.objects.exclude(version=None).select_related("version"):
            with transaction.atomic():
                _load_attempts(path)


def _load_attempts(path: LearningPath) -> None:
    """Those who did a quiz handed it in; some needed two attempts, one is in the middle of it."""
    rng = random.Random(str(path.uuid))  # noqa: S311 (the same demonstration each time)
    outline = structure.read(path.version) if path.version else None
    places = [each for each in outline.units() if each.kind == units.KIND] if outline else []
    rows = {str(unit.uuid): unit for unit in Unit.objects.filter(path=path)}
    people = [_person(first, last) for first, last in PEOPLE]
    enrolments = list(Enrolment.objects.filter(path=path).select_related("user").order_by("pk"))
    known = {row.user_id for row in enrolments}
    for person in people:
        if person.pk not in known:
            enrolments.append(_enrolled(path, person, rng))
    for number, place in enumerate(places):
        unit = rows[place.uuid]
        value = units.quiz_value(units.page_of_unit(unit))
        for enrolment in enrolments:
            progress = enrolment.progress.filter(unit=unit).first()
            invented = enrolment.user_id in {person.pk for person in people}
            if progress is not None and progress.completed_at:
                _answered(enrolment, unit, value, progress.completed_at, 0.9, rng)
            elif invented and number == 0:
                moment = timezone.now() - dt.timedelta(days=rng.randint(2, 20))
                _answered(enrolment, unit, value, moment, 0.55, rng)
                _answered(enrolment, unit, value, moment + dt.timedelta(hours=20), 0.85, rng)


def _enrolled(path: LearningPath, person: Any, rng: random.Random) -> Enrolment:
    enrolment = paths.enrol(path, person, by=person)
    began = timezone.now() - dt.timedelta(days=rng.randint(21, 40))
    Enrolment.objects.filter(pk=enrolment.pk).update(created_at=began)
    enrolment.refresh_from_db()
    return enrolment


def hand_in(
    enrolment: Enrolment, unit: Unit, end: dt.datetime, skill: float, rng: random.Random
) -> None:
    """The same for one person of another demonstration."""
    _answered(enrolment, unit, units.quiz_value(units.page_of_unit(unit)), end, skill, rng)


def _answered(
    enrolment: Enrolment, unit: Unit, value: Any, end: dt.datetime, skill: float, rng: Any
) -> None:
    """An attempt handed in at that moment: each question is right with this probability."""
    began = end - dt.timedelta(minutes=rng.randint(4, 9))
    try:
        attempt = services.start(enrolment, unit, value, now=began)
    except services.CannotAnswer:
        return
    for item in attempt.items.select_related("version"):
        content = item.version.read()
        item.response = content.right() if rng.random() < skill else _wrong(item, rng)
        item.saved_at, item.revision = end, 1
        item.save()
    services.submit(attempt, now=end)


def _wrong(item: Any, rng: random.Random) -> Any:
    """Something that somebody might answer."""
    content, layout = item.version.read(), item.layout
    name = f"q{item.order}"
    if content.kind in ("short", "numeric"):
        return {"short": "je ne sais pas", "numeric": "12"}[content.kind]
    if content.kind in ("matching", "ordering"):
        count = len(layout.get("options", layout["parts"]))
        fields = {f"{name}-{n}": str(rng.randrange(count)) for n in range(len(layout["parts"]))}
        return read(content, layout, fields, item.order)
    if content.kind == "true_false":
        return "false" if content.right() == "true" else "true"
    wrong = [choice.id for choice in content.choices if choice.fraction <= 0]
    return wrong[0] if content.kind == "single" else wrong[:1] + content.right()[:1]


registry.demo_loaders.register("learning.quizzes", AttemptsLoader())
