"""Meetings, consultations, contributions and prizes for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.factories import UserFactory

from .factories import child, index
from .models import (
    AwardCategory,
    AwardEditionPage,
    AwardIndexPage,
    ConsultationIndexPage,
    ConsultationPage,
    Contribution,
    Laureate,
    MeetingEditionPage,
    MeetingIndexPage,
    MeetingPage,
    MeetingSession,
    Scenario,
    SessionProject,
    SessionSpeaker,
)


def meeting_index() -> MeetingIndexPage:
    return index(MeetingIndexPage, "Rencontres", "rencontres")


def meeting(title: str = "", **fields: Any) -> MeetingPage:
    return child(meeting_index(), MeetingPage, title, {}, **fields)


def edition(title: str = "", parent: MeetingPage | None = None, **fields: Any) -> Any:
    fields = {"starts_on": dt.date(2015, 7, 7), "ends_on": dt.date(2015, 11, 24), **fields}
    return child(parent or meeting(), MeetingEditionPage, title, {}, **fields)


def session(
    page: MeetingEditionPage, title: str = "Un atelier", projects: Any = (), **fields: Any
) -> MeetingSession:
    """A session with one speaker and its projects: (name, department, page)."""
    fields.setdefault("what_was_said", "<p>Ce qui fut dit.</p>")
    row = MeetingSession(title=title, **fields)
    row.speakers = [SessionSpeaker(role="Élue locale", view="<p>Elle y voit un moteur.</p>")]
    row.projects = [
        SessionProject(name=name, department=department, page=target)
        for name, department, target in projects
    ]
    page.sessions.add(row)
    page.save()
    return row


def consultation_index() -> ConsultationIndexPage:
    return index(ConsultationIndexPage, "Consultations", "consultations")


def consultation(title: str = "", **fields: Any) -> ConsultationPage:
    """Open since yesterday, for five days."""
    now = timezone.now()
    values = {
        "question": "Que ferons-nous demain ?",
        "opens_at": now - dt.timedelta(days=1),
        "closes_at": now + dt.timedelta(days=5),
        **fields,
    }
    return child(consultation_index(), ConsultationPage, title, {}, **values)


def scenario(page: ConsultationPage, title: str = "Un scénario") -> Scenario:
    row = Scenario(title=title, text="<p>Un futur.</p>")
    page.scenarios.add(row)
    page.save()
    return row


def contribution(
    page: ConsultationPage | None = None, state: str = "published", **fields: Any
) -> Contribution:
    values = {
        "title": "Une idée",
        "text": "Ouvrir le samedi.",
        "capacity": Contribution.Capacity.AGENT,
        **fields,
    }
    if "author" not in values:
        values["author"] = UserFactory()
    if state not in ("draft", "withdrawn"):
        values.setdefault("submitted_at", timezone.now())
    if state == "refused":
        values.setdefault("reason", "Hors du sujet.")
    return Contribution.objects.create(consultation=page or consultation(), state=state, **values)


def award_index() -> AwardIndexPage:
    return index(AwardIndexPage, "Grand Prix", "grand-prix")


def award(title: str = "", **fields: Any) -> AwardEditionPage:
    return child(award_index(), AwardEditionPage, title, {}, **{"year": 2017, **fields})


def laureate(edition: AwardEditionPage, title: str = "Un projet", **fields: Any) -> Laureate:
    """A laureate in a category of its own."""
    row = Laureate(title=title, **fields)
    category = AwardCategory(title="Une catégorie")
    category.laureates = [row]
    edition.categories.add(category)
    edition.save()
    return row
