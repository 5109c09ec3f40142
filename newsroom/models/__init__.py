from .base import ListingIndexPage, NewsroomPage
from .events import AgendaPage, EventCalendar, EventPage
from .news import NewsIndexPage, NewsPage
from .publications import PublicationIndexPage, PublicationPage, PublicationVersion
from .videos import VideoChapter, VideoIndexPage, VideoPage

__all__ = [
    "AgendaPage",
    "EventCalendar",
    "EventPage",
    "ListingIndexPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsroomPage",
    "PublicationIndexPage",
    "PublicationPage",
    "PublicationVersion",
    "VideoChapter",
    "VideoIndexPage",
    "VideoPage",
]
