"""Meetings, consultations and prize of the demonstration. Adds what is missing, changes nothing."""

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms import registry
from cms.demo_content import Pictures, Resolver, read
from cms.models import SiteDocument, Theme

from .models import (
    AwardCategory,
    AwardEditionPage,
    AwardIndexPage,
    ConsultationFigure,
    ConsultationIndexPage,
    ConsultationPage,
    ConsultationStep,
    Contribution,
    JuryMember,
    Laureate,
    MeetingEditionPage,
    MeetingFigure,
    MeetingIndexPage,
    MeetingPage,
    MeetingReport,
    MeetingSession,
    MeetingStop,
    Scenario,
    SessionProject,
    SessionSpeaker,
)

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "demo"
MEETINGS = ("tournee-territoriale", "rencontres-nationales")
CONSULTATIONS = ("le-samedi-matin", "feuille-de-route-2017", "prospective-2015")
# Written by nobody in particular, but for the two that show what an author sees of their own.
DEMO_AUTHOR = "agent@example.org"


class DemoLoader:
    # After what these pages lead to: the Bulletin and the initiatives; before the home page and the menus.
    order = 70

    def load(self, verbosity: int = 1) -> None:
        Loader().run()


registry.demo_loaders.register("newsroom.meetings", DemoLoader())


class Loader:
    """One run: files first, since none is written inside the transaction; then the pages."""

    def __init__(self) -> None:
        self.home = Site.objects.get(is_default_site=True).root_page
        self.picture = Pictures()
        self.resolver = Resolver(self.picture, self.page_id, logger.warning)
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        self.files: dict[str, SiteDocument] = {}

    def run(self) -> None:
        meetings = [read(FOLDER / "meetings" / f"{name}.yaml") for name in MEETINGS]
        consultations = [read(FOLDER / "consultations" / f"{name}.yaml") for name in CONSULTATIONS]
        prize = read(FOLDER / "grand-prix.yaml")
        self._load_files(meetings)
        with transaction.atomic():
            self._load_prize(prize)
            self._load_consultations(consultations)
            self._load_meetings(meetings)

    def _load_files(self, meetings: list[dict[str, Any]]) -> None:
        for meeting in meetings:
            for edition in meeting["editions"]:
                for report in edition["reports"]:
                    if "file" in report:
                        self.files[report["file"]] = document(report["file"], report["title"])

    def page_id(self, path: str) -> int | None:
        """The page at this path below the home page."""
        url_path = f"{self.home.url_path}{path}/"
        return Page.objects.filter(url_path=url_path).values_list("pk", flat=True).first()

    def _target(self, row: dict[str, Any]) -> int | None:
        path = row.get("page")
        found = self.page_id(path) if path else None
        if path and found is None:
            logger.info("Demo content: page %s is not there", path)
        return found

    # -- Pages ------------------------------------------------------------------------------------

    def _index(
        self, model: type[Any], title: str, slug: str, summary: str, body: Any = None
    ) -> Any:
        found = model.objects.child_of(self.home).first()
        if found is None:
            found = model(title=title, slug=slug, summary=summary, locale=Locale.get_default())
            if body:
                found.body = self._stream(body, slug)
            self.home.add_child(instance=found)
            found.save_revision(changed=False).publish()
        return found

    def _page(self, model: type[Any], row: dict[str, Any], fields: tuple[str, ...]) -> Any:
        """A page with what all have, and these fields of its file."""
        page = model(title=row["title"], slug=row["slug"], locale=Locale.get_default(), live=False)
        page.summary = row["summary"].strip()
        page.listing_image = self.picture(row["picture"])
        for name in fields:
            if name in row:
                setattr(page, name, row[name])
        if "fictitious" in row:
            page.is_fictitious = row["fictitious"]
        page.body = self._stream(row.get("body") or [], row["slug"])
        return page

    def _add(self, parent: Any, page: Any, row: dict[str, Any]) -> Any:
        parent.add_child(instance=page)
        page.themes.set([self.themes[code] for code in row.get("themes") or ()])
        page.save_revision(changed=False).publish()
        return page

    def _stream(self, blocks: list[dict[str, Any]], owner: str) -> str:
        return json.dumps(self.resolver.stream(blocks, owner))

    @staticmethod
    def _missing(parent: Any, slug: str) -> bool:
        return not parent.get_children().filter(slug=slug).exists()

    # -- Meetings ---------------------------------------------------------------------------------

    def _load_meetings(self, meetings: list[dict[str, Any]]) -> None:
        index = self._index(
            MeetingIndexPage,
            "Rencontres",
            "rencontres",
            "Ce que le réseau se dit quand il se voit\N{NO-BREAK SPACE}: les villes, les débats, les comptes rendus.",
        )
        for data in meetings:
            row = data["meeting"]
            if self._missing(index, row["slug"]):
                self._add(index, self._page(MeetingPage, row, ()), row)
            meeting = MeetingPage.objects.child_of(index).get(slug=row["slug"])
            for edition in data["editions"]:
                if self._missing(meeting, edition["slug"]):
                    self._add(meeting, self._edition(edition), edition)

    def _edition(self, row: dict[str, Any]) -> MeetingEditionPage:
        fields = ("starts_on", "ends_on", "when_text", "place", "sources")
        page: MeetingEditionPage = self._page(MeetingEditionPage, row, fields)
        page.figures = _rows(MeetingFigure, row["figures"])
        page.stops = _rows(
            MeetingStop,
            [{**stop, "commune_id": stop["commune"]} for stop in row["stops"]],
            "commune",
        )
        page.sessions = [self._session(number, one) for number, one in enumerate(row["sessions"])]
        page.reports = [
            MeetingReport(
                title=report["title"],
                summary=report["summary"].strip(),
                document=self.files.get(report.get("file")),
                page_id=self._target(report),
                sort_order=number,
            )
            for number, report in enumerate(row["reports"])
        ]
        return page

    def _session(self, number: int, row: dict[str, Any]) -> MeetingSession:
        plain = ("kind", "title", "summary", "what_was_said", "takeaway")
        session = MeetingSession(
            sort_order=number, **{name: row[name] for name in plain if name in row}
        )
        session.speakers = _rows(SessionSpeaker, row.get("speakers") or [])
        session.projects = [
            SessionProject(
                name=project["name"],
                department_id=project.get("department"),
                page_id=self._target(project),
                sort_order=order,
            )
            for order, project in enumerate(row.get("projects") or [])
        ]
        return session

    # -- Consultations ----------------------------------------------------------------------------

    def _load_consultations(self, consultations: list[dict[str, Any]]) -> None:
        index = self._index(
            ConsultationIndexPage,
            "Consultations",
            "consultations",
            "Le réseau est interrogé, il répond, et l’on dit ce qui a été fait de ses réponses.",
        )
        for row in consultations:
            if self._missing(index, row["slug"]):
                page = self._add(index, self._consultation(row), row)
                if row.get("contributions"):
                    _contribute(page, row)

    def _consultation(self, row: dict[str, Any]) -> ConsultationPage:
        fields = ("question", "takes_contributions", "when_text", "how_to", "sources", "outcome_on")
        page: ConsultationPage = self._page(ConsultationPage, row, fields)
        if "opens_in_days" in row:
            now = timezone.now().replace(minute=0, second=0, microsecond=0)
            page.opens_at = now + dt.timedelta(row["opens_in_days"])
            page.closes_at = now + dt.timedelta(row["closes_in_days"])
        page.outcome = self._stream(row["outcome"], f"{row['slug']}/outcome")
        page.figures = _rows(ConsultationFigure, row["figures"])
        page.steps = _rows(ConsultationStep, row["steps"])
        page.scenarios = _rows(Scenario, row["scenarios"])
        return page

    # -- Prize ------------------------------------------------------------------------------------

    def _load_prize(self, data: dict[str, Any]) -> None:
        about, row = data["index"], data["edition"]
        index = self._index(
            AwardIndexPage, about["title"], about["slug"], about["summary"].strip(), about["body"]
        )
        if not self._missing(index, row["slug"]):
            return
        fields = ("year", "opens_on", "closes_on", "awarded_on", "place", "rules")
        page: AwardEditionPage = self._page(AwardEditionPage, row, fields)
        page.jury = _rows(JuryMember, row["jury"])
        page.categories = [
            self._category(number, one) for number, one in enumerate(row["categories"])
        ]
        self._add(index, page, row)

    def _category(self, number: int, row: dict[str, Any]) -> AwardCategory:
        category = AwardCategory(title=row["title"], text=row["text"], sort_order=number)
        category.laureates = [
            Laureate(
                distinction=one["distinction"],
                title=one["title"],
                bearer=one["bearer"],
                department_id=one["department"],
                text=one["text"],
                page_id=self._target(one),
                sort_order=order,
            )
            for order, one in enumerate(row["laureates"])
        ]
        return category


def _rows(model: type[Any], rows: list[dict[str, Any]], *without: str) -> list[Any]:
    """Rows of a page, in the order of the file."""
    return [
        model(
            sort_order=number, **{name: value for name, value in row.items() if name not in without}
        )
        for number, row in enumerate(rows)
    ]


def _contribute(page: ConsultationPage, row: dict[str, Any]) -> None:
    """The contributions of the file; those of a demonstration account only where it exists."""
    scenarios = [scenario.translation_key for scenario in page.scenarios.all()]
    now = timezone.now()

    def make(one: dict[str, Any], state: str, **fields: Any) -> Contribution:
        chosen = one["scenario"]
        return Contribution(
            consultation=page,
            title=one["title"],
            text=one["text"],
            capacity=one["capacity"],
            scenario_key=None if chosen is None else scenarios[chosen],
            state=state,
            **fields,
        )

    state = Contribution.State
    made = [
        make(one, state.PUBLISHED, submitted_at=moment, decided_at=moment)
        for one in row["contributions"]
        for moment in [now + dt.timedelta(one["days"])]
    ]
    author = get_user_model().objects.filter(email=DEMO_AUTHOR).first()
    if author is not None:
        made.append(make(row["waiting"], state.SUBMITTED, author=author, submitted_at=now))
        made.append(make(row["draft"], state.DRAFT, author=author))
    Contribution.objects.bulk_create(made)


def document(name: str, title: str) -> SiteDocument:
    """A file of the folder, put in the library at its first use."""
    found = SiteDocument.objects.filter(title=title).first()
    if found is None:
        found = SiteDocument(title=title)
        with (FOLDER / "files" / name).open("rb") as file:
            found.file.save(name, File(file), save=False)
            found.save()
    return found
