"""The toolbox: its front page, its two sections, its articles with their files, and who follows them."""

from .article import ToolboxArticlePage
from .families import Family
from .files import FileVersion, ToolboxFile
from .following import ArticleChange, Follow
from .index import ToolboxIndexPage
from .sections import MembersSectionPage, PublicSectionPage

__all__ = [
    "ArticleChange",
    "Family",
    "FileVersion",
    "Follow",
    "MembersSectionPage",
    "PublicSectionPage",
    "ToolboxArticlePage",
    "ToolboxFile",
    "ToolboxIndexPage",
]
