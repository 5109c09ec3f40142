from .awards import AwardCategory, AwardEditionPage, AwardIndexPage, JuryMember, Laureate
from .base import ListingIndexPage, NewsroomPage
from .consultations import (
    ConsultationFigure,
    ConsultationIndexPage,
    ConsultationPage,
    ConsultationStep,
    Scenario,
)
from .contributions import Contribution
from .events import AgendaPage, EventCalendar, EventPage
from .meetings import (
    MeetingEditionPage,
    MeetingFigure,
    MeetingIndexPage,
    MeetingPage,
    MeetingReport,
    MeetingSession,
    MeetingStop,
    SessionProject,
    SessionSpeaker,
)
from .news import NewsIndexPage, NewsPage
from .publications import PublicationIndexPage, PublicationPage, PublicationVersion
from .videos import VideoChapter, VideoIndexPage, VideoPage

__all__ = [
    "AgendaPage",
    "AwardCategory",
    "AwardEditionPage",
    "AwardIndexPage",
    "ConsultationFigure",
    "ConsultationIndexPage",
    "ConsultationPage",
    "ConsultationStep",
    "Contribution",
    "EventCalendar",
    "EventPage",
    "JuryMember",
    "Laureate",
    "ListingIndexPage",
    "MeetingEditionPage",
    "MeetingFigure",
    "MeetingIndexPage",
    "MeetingPage",
    "MeetingReport",
    "MeetingSession",
    "MeetingStop",
    "NewsIndexPage",
    "NewsPage",
    "NewsroomPage",
    "PublicationIndexPage",
    "PublicationPage",
    "PublicationVersion",
    "Scenario",
    "SessionProject",
    "SessionSpeaker",
    "VideoChapter",
    "VideoIndexPage",
    "VideoPage",
]
