"""The webinars of the demonstration: two replays with notes, questions and people, one to come.

What exists is left as it is. People, dates and words are made up, and the pages say so.
"""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.models import Message, Thread, User
from cms import demo_videos, registry
from cms.demo_content import Pictures, read
from cms.models import SiteDocument, SiteMedia

from ..demo_load import TRAINER
from ..models import (
    CataloguePage,
    Webinar,
    WebinarChapter,
    WebinarDocument,
    WebinarNote,
    WebinarPage,
    WebinarPresence,
    WebinarRegistration,
    WebinarSpeaker,
)
from ..paths import demo as paths
from .calendars import PARIS, fingerprint
from .discussions import KIND
from .kinds import CalendarMethod

FOLDER = Path(__file__).parent.parent / "demo"
FILMS = FOLDER / "videos"
SOURCE = "Bulletin n° 2, automne 2016 (annonce de deux webinaires : des vidéos avec notes et commentaires)"
SOURCE_DATE = dt.date(2016, 9, 15)
AGENT = "agent@example.org"
# (e-mail, there live, share of the replay watched)
FOLLOWED = (
    (AGENT, False, 0.35),
    ("nour.fictif@agents.example.org", True, 0.0),
    ("lou.exemple@agents.example.org", True, 1.0),
    ("sacha.modele@agents.example.org", False, 1.0),
    ("ariel.essai@agents.example.org", False, 0.0),
)


def recording(slug: str, pictures: Pictures) -> SiteMedia:
    """The film of a unit or of a webinar, in the library once."""
    rows = [*read(FOLDER / "videos.yaml"), *read(FOLDER / "webinars.yaml")]
    row = next(each for each in rows if each["slug"] == slug)
    return demo_videos.recording(row, lambda name: pictures.known[name][1]["alt"], FILMS)


@paths.builds("video")
def _video_unit(data: dict[str, Any], modules: dict[str, Any]) -> tuple[str, Any]:
    film = recording(data["film"], Pictures())
    value = {"video": film.pk, "title": data["title"], "caption": ""}
    return "video", {"recording": value, "introduction": paths.paragraphs(data["paragraphs"])}


@paths.builds("replay")
def _replay_unit(data: dict[str, Any], modules: dict[str, Any]) -> tuple[str, Any]:
    page = WebinarPage.objects.get(slug=data["webinar"])
    return "replay", {
        "webinar": page.pk,
        "introduction": paths.paragraphs(data["paragraphs"]),
    }


class WebinarsLoader:
    # After the modules and the people of training; before the paths, whose units show replays.
    order = 67

    def load(self, verbosity: int = 1) -> None:
        catalogue = CataloguePage.objects.first()
        if catalogue is None:
            return
        held = set(WebinarPage.objects.child_of(catalogue).values_list("slug", flat=True))
        pictures = Pictures()
        for data in read(FOLDER / "webinars.yaml"):
            if data["slug"] in held:
                continue
            film = recording(data["slug"], pictures) if "scenes" in data else None
            image = pictures(data["picture"])
            documents = [_document(title, data) for title in data.get("documents", ())]
            with transaction.atomic():
                webinar = _page(catalogue, data, film, image, documents)
                _people(webinar, data)


def _document(title: str, data: dict[str, Any]) -> SiteDocument:
    """A sheet of text: what the webinar says, to keep."""
    found = SiteDocument.objects.filter(title=title).first()
    if found is None:
        lines = [title, "", *(f"- {text}" for text in data["objectives"]), "", "Document fictif."]
        found = SiteDocument(title=title)
        text = "\n".join(lines).encode()
        found.file.save(f"{data['slug']}.txt", ContentFile(text), save=False)
        found.save()
    return found


def _page(
    catalogue: CataloguePage,
    data: dict[str, Any],
    film: SiteMedia | None,
    image: Any,
    documents: list[SiteDocument],
) -> Webinar:
    day = (timezone.localtime() + dt.timedelta(days=data["in_days"])).date()
    day += dt.timedelta(days=(3 - day.weekday()) % 7)  # webinars are on Thursdays
    hour = dt.time.fromisoformat(data["hour"])
    items = format_html_join("", "<li>{}</li>", ((text,) for text in data["objectives"]))
    page = catalogue.add_child(
        instance=WebinarPage(
            title=data["title"],
            slug=data["slug"],
            summary=data["summary"],
            listing_image=image,
            starts_at=dt.datetime.combine(day, hour, PARIS),
            minutes=data["minutes"],
            objectives=f"<ul>{items}</ul>",
            audience=data["audience"],
            recording=film,
            recording_is_public=data.get("public", False),
            is_fictitious=True,
            source=SOURCE,
            source_date=SOURCE_DATE,
            locale=catalogue.locale,
        )
    )
    for name, role in data["speakers"]:
        page.speakers.add(WebinarSpeaker(name=name, role=role))
    for moment, scene in demo_videos.timed(data.get("scenes", [])):
        page.chapters.add(WebinarChapter(starts_at=moment, title=scene["title"]))
    for document in documents:
        page.documents.add(WebinarDocument(document=document))
    page.trainers.set(User.objects.filter(email=TRAINER))
    page.save_revision(changed=False).publish()
    webinar = Webinar.objects.get(uuid=page.translation_key)
    webinar.meeting_url = data.get("link", "")
    # Nobody is told that the replay of a demonstration is there.
    webinar.replay_told_at = timezone.now() if film else None
    webinar.save(update_fields=["meeting_url", "replay_told_at"])
    return webinar


def _people(webinar: Webinar, data: dict[str, Any]) -> None:
    emails = [email for email, *_ in FOLLOWED]
    people = {user.email: user for user in User.objects.filter(email__in=emails)}
    before = webinar.starts_at - dt.timedelta(days=6)
    mark = fingerprint(webinar)
    for email, live, share in FOLLOWED:
        user = people.get(email)
        # The agent of the demonstration has yet to register for the one to come.
        if user is None or (email == AGENT and not webinar.has_recording):
            continue
        WebinarRegistration.objects.create(
            webinar=webinar,
            user=user,
            created_at=before,
            told=CalendarMethod.REQUEST,
            told_at=before,
            fingerprint=mark,
        )
        if webinar.has_recording:
            _presence(webinar, user, live, share, data)
    trainer = User.objects.filter(email=TRAINER).first()
    _notes(webinar, data, trainer, people.get(AGENT))
    _discussion(webinar, data, trainer, people)


def _presence(webinar: Webinar, user: User, live: bool, share: float, data: dict) -> None:
    length = demo_videos.length(data["scenes"])
    seen_at = webinar.ends_at + dt.timedelta(days=2, hours=1)
    WebinarPresence.objects.create(
        webinar=webinar,
        user=user,
        joined_at=webinar.starts_at if live else None,
        replay_started_at=seen_at if share else None,
        replay_last_at=seen_at if share else None,
        played=[[0, round(length * share, 1)]] if share else [],
        played_for=length * share,
        place={"second": int(length * share)} if 0 < share < 1 else {},
        replay_done_at=seen_at if share == 1 else None,
    )


def _notes(webinar: Webinar, data: dict[str, Any], trainer: Any, agent: Any) -> None:
    written = [(trainer, True, note) for note in data.get("notes", ())]
    written += [(agent, False, note) for note in data.get("own_notes", ())]
    for author, public, (moment, text) in written:
        if author is not None:
            WebinarNote.objects.create(
                webinar=webinar,
                author=author,
                moment=moment,
                text=text,
                is_public=public,
                submission=uuid.uuid4(),
                created_at=webinar.ends_at + dt.timedelta(days=1),
            )


def _discussion(
    webinar: Webinar, data: dict[str, Any], trainer: Any, people: dict[str, User]
) -> None:
    asked = [
        (who, moment, text, answer, True) for moment, who, text, answer in data.get("questions", ())
    ]
    asked += [(who, moment, text, "", False) for moment, who, text in data.get("comments", ())]
    if not asked:
        return
    thread = Thread.objects.create(target_kind=KIND, target_key=webinar.uuid)
    at = webinar.ends_at + dt.timedelta(days=1)
    for number, (who, moment, text, answer, is_question) in enumerate(asked):
        author = people.get(f"{who}@agents.example.org")
        if author is None:
            continue
        at = webinar.ends_at + dt.timedelta(days=1 + number)
        said = {"thread": thread, "created_at": at}
        message = Message.objects.create(
            author=author,
            text=text,
            moment=moment,
            is_question=is_question,
            submission=uuid.uuid4(),
            **said,
        )
        if answer and trainer is not None:
            said["created_at"] = at + dt.timedelta(hours=3)
            Message.objects.create(
                author=trainer, text=answer, parent=message, submission=uuid.uuid4(), **said
            )
    thread.last_message_at = at
    thread.save(update_fields=["last_message_at"])


registry.demo_loaders.register("learning.webinars", WebinarsLoader())
