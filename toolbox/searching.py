"""Finding articles by words, however they are written."""

from typing import TYPE_CHECKING, Any

from cms.places import normalise_place_name

if TYPE_CHECKING:
    from .models import ToolboxArticlePage

_MOST_WORDS = 8
_SHORT = 4


def searchable_text(article: "ToolboxArticlePage") -> str:
    """Every word under which an article is found, normalised: no query for what it holds itself."""
    body = article.body
    texts = [
        article.title,
        article.summary,
        article.source,
        *(file.title for file in article.files.all()),
        *(text for child in body for text in child.block.get_searchable_content(child.value)),
    ]
    return normalise_place_name(" ".join(map(str, texts)))


def matching(articles: Any, query: str) -> Any:
    """Those that hold every word, in the singular or in the plural."""
    for word in normalise_place_name(query).split()[:_MOST_WORDS]:
        articles = articles.filter(search_text__contains=_stem(word))
    return articles


def _stem(word: str) -> str:
    """Without the mark of the plural, which the other text may lack."""
    if len(word) > _SHORT and word.endswith("aux"):
        return word[:-3] + "a"
    return word[:-1] if len(word) >= _SHORT and word[-1] in "sx" else word
