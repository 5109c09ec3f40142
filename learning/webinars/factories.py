"""Webinars for tests."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.factories import UserFactory
from maisons.factories import MembershipFactory

from ..factories import catalogue
from ..models import Webinar, WebinarNote, WebinarPage, WebinarRegistration
from .announcing import announce

MEETING = "https://salle-secrete.example.org/webinaire"


def make_webinar(
    title: str = "Webinaire", begins: float = 48, link: str = MEETING, **fields: Any
) -> Webinar:
    """A webinar that begins in so many hours (negative: ago) and lasts an hour, with its page."""
    slug = f"webinaire-{uuid.uuid4().hex[:8]}"
    trainers = fields.pop("trainers", ())
    starts_at = timezone.now() + dt.timedelta(hours=begins)
    values = {"summary": "Une heure ensemble.", "starts_at": starts_at, "minutes": 60, **fields}
    page = catalogue().add_child(instance=WebinarPage(title=title, slug=slug, **values))
    if trainers:
        page.trainers.set(trainers)
        page.save()
    webinar = announce(page)
    assert webinar is not None  # noqa: S101
    webinar.meeting_url = link
    webinar.save(update_fields=["meeting_url"])
    return webinar


def page_of(webinar: Webinar) -> WebinarPage:
    page: WebinarPage = WebinarPage.objects.get(translation_key=webinar.uuid)
    return page


def recording(**fields: Any) -> Any:
    """A recording of 40 seconds with captions of four moments."""
    from django.core.files.base import ContentFile

    from cms.models import SiteMedia

    lines = ("Bonjour à tous.", "On commence par l’accueil.", "Puis le dossier.", "Merci.")
    cues = [
        f"00:00:{n * 10:02}.000 --> 00:00:{n * 10 + 9:02}.000\n{text}"
        for n, text in enumerate(lines)
    ]
    values = {"title": "Enregistrement", "type": "video", "duration": 40.0, **fields}
    media = SiteMedia(transcript="\n".join(lines), **values)
    media.file.save("film.mp4", ContentFile(b"film"), save=False)
    vtt = "\n\n".join(["WEBVTT", *cues])
    media.captions.save("film.vtt", ContentFile(vtt.encode()), save=False)
    media.save()
    return media


def make_replay(**fields: Any) -> Webinar:
    """A webinar of yesterday, with its recording."""
    return make_webinar(
        begins=-24, recording=fields.pop("recording", None) or recording(), **fields
    )


def make_member(**fields: Any) -> Any:
    user = UserFactory(**fields)
    MembershipFactory(user=user)
    return user


def make_registration(webinar: Webinar, user: Any = None, **fields: Any) -> WebinarRegistration:
    return WebinarRegistration.objects.create(webinar=webinar, user=user or make_member(), **fields)


def make_note(webinar: Webinar, author: Any, text: str = "Une note.", **fields: Any) -> WebinarNote:
    values = {"moment": 12, "submission": uuid.uuid4(), **fields}
    return WebinarNote.objects.create(webinar=webinar, author=author, text=text, **values)
