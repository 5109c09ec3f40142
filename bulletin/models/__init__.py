from .article import ArticlePage, Section
from .composition import Composition, CompositionChange, Placement
from .index import BulletinIndexPage
from .issue import IssuePage
from .publication import EventConsumption, PublicationEvent

__all__ = [
    "ArticlePage",
    "BulletinIndexPage",
    "Composition",
    "CompositionChange",
    "EventConsumption",
    "IssuePage",
    "Placement",
    "PublicationEvent",
    "Section",
]
