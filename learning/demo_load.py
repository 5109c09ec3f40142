"""Loads the seven modules and twenty sessions of the demonstration. What exists is left as it is."""

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import User
from cms.models import Commune

from .kinds import Mode, RegistrationState, SessionKind, SessionState
from .models import CataloguePage, Registration, RegistrationEvent, Session, TrainingModulePage
from .services.sessions import Slot, cancel_session, set_dates

FOLDER = Path(__file__).parent / "demo"
SOURCE = "Bulletin n° 2, automne 2016, et édition spéciale de 2015"
SOURCE_DATE = dt.date(2016, 9, 15)
NAMESPACE = uuid.UUID("6f3a1c52-7d0c-4c0e-9a5e-3f1c7f0f6d11")
TRAINER = "formation@example.org"
# (first name, last name): people invented, who cannot sign in.
PEOPLE = (
    ("Nour", "Fictif"),
    ("Lou", "Exemple"),
    ("Sacha", "Modèle"),
    ("Ariel", "Essai"),
    ("Yaël", "Démonstration"),
)


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> None:
    home = Site.objects.get(is_default_site=True).root_page
    catalogue = CataloguePage.objects.child_of(home).first() or _catalogue(home)
    modules = {data["slug"]: _module(catalogue, data, rank) for rank, data in enumerate(_modules())}
    if not Session.objects.exists():
        _sessions(modules)


def _modules() -> list[dict[str, Any]]:
    return list(read("modules.yaml"))


def _catalogue(home: Page) -> CataloguePage:
    page = CataloguePage(
        title="Se former",
        slug="formation",
        summary="Sept modules conçus pour les agents et les responsables des Maisons : se rencontrer, "
        "apprendre le métier, l’approfondir.",
        locale=home.locale,
    )
    home.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return page


def _module(catalogue: CataloguePage, data: dict[str, Any], rank: int) -> TrainingModulePage:
    found = TrainingModulePage.objects.child_of(catalogue).filter(slug=data["slug"]).first()
    if found:
        return found
    items = "".join(f"<li>{text}</li>" for text in data["objectives"])
    page = TrainingModulePage(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        module_theme=data["theme"],
        level=data["level"],
        half_days=data["half_days"],
        order=rank,
        objectives=f"<ul>{items}</ul>",
        audience=data["audience"],
        prerequisites=data["prerequisites"],
        programme=json.dumps([_half_day(data["slug"], block) for block in data["programme"]]),
        source=SOURCE,
        source_date=SOURCE_DATE,
        is_fictitious=True,
        locale=catalogue.locale,
    )
    catalogue.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return page


def _half_day(slug: str, block: dict[str, Any]) -> dict[str, Any]:
    def named(name: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{slug}/{name}"))

    points = [{"type": "item", "value": text, "id": named(text)} for text in block["points"]]
    value = {"title": block["title"], "points": points}
    return {"type": "half_day", "value": value, "id": named(block["title"])}


# -- Sessions -------------------------------------------------------------------------------------


def _sessions(modules: dict[str, TrainingModulePage]) -> None:
    data = read("sessions.yaml")
    trainer = User.objects.filter(email=TRAINER).first()
    people = [_person(first, last) for first, last in PEOPLE]
    for entry in data["sessions"]:
        session = _session(modules[entry["module"]], entry, data["cities"])
        if trainer:
            session.trainers.add(trainer)
        _fill(session, entry, people)


def _person(first: str, last: str) -> User:
    email = f"{first}.{last}@agents.example.org".lower().replace("ï", "i").replace("ë", "e")
    email = email.replace("è", "e").replace("é", "e")
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User.objects.create_user(email, None, first_name=first, last_name=last)
    return found


def _session(module: TrainingModulePage, entry: dict[str, Any], cities: dict[str, Any]) -> Session:
    place = cities.get(entry.get("city", ""), {})
    state = entry.get("state", SessionState.OPEN)
    mode = entry.get("mode", Mode.IN_PERSON)
    remote = mode != Mode.IN_PERSON
    session = Session.objects.create(
        module=module,
        kind=entry.get("kind", SessionKind.REGULAR),
        mode=mode,
        state=SessionState.DRAFT if state == SessionState.DRAFT else SessionState.OPEN,
        capacity=entry["capacity"],
        minimum=min(6, entry["capacity"]),
        needs_approval=bool(entry.get("approval")),
        venue=place.get("venue", ""),
        commune=Commune.objects.filter(code=place["commune"]).first() if place else None,
        access="Entrée de plain-pied. Arrêt de bus à deux minutes. (Détails fictifs.)"
        if place
        else "",
        meeting_url="https://salle.example.org/formation" if remote else "",
        costs="Inscription gratuite pour les membres du réseau ; déplacement et repas à la charge de la "
        "structure porteuse.",
        is_fictitious=True,
    )
    first = (timezone.localtime() + dt.timedelta(days=entry["in"])).date()
    first += dt.timedelta(days=(1 - first.weekday()) % 7)  # sessions begin on a Tuesday
    slots = []
    for number in range(entry["days"]):
        day = first + dt.timedelta(days=number)
        slots.append(
            Slot(
                dt.datetime.combine(day, dt.time(9, 30), session.zone),
                dt.datetime.combine(day, dt.time(16, 30), session.zone),
            )
        )
    set_dates(session, slots)
    session.refresh_from_db()
    return session


def _fill(session: Session, entry: dict[str, Any], people: list[User]) -> None:
    """Registrations as they would be; written here because past sessions take none."""
    if session.state == SessionState.DRAFT:
        return
    count = session.capacity + 2 if entry.get("full") else min(3, session.capacity)
    rows = []
    for number, person in enumerate(people[:count]):
        state = (
            RegistrationState.CONFIRMED if number < session.capacity else RegistrationState.WAITING
        )
        row = Registration.objects.create(
            session=session,
            user=person,
            state=state,
            registered_by=person,
            queued_at=timezone.now(),
        )
        RegistrationEvent.objects.create(registration=row, after=state, by=person)
        rows.append(row)
    if entry.get("state") == SessionState.CANCELLED:
        cancel_session(session, by=None, reason=entry["reason"])


class DemoLoader:
    # After the accounts and their Maisons; before the menus.
    order = 62

    def load(self, verbosity: int = 1) -> None:
        load()
