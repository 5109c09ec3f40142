"""Place names as people write them, and the questions asked of the territories."""

import re

from django.db.models import QuerySet

from .models.territories import Commune, Department
from .text import without_accents

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_WORDS = {"saint": "st", "sainte": "ste"}
_OVER = re.compile(r"(?<![^\W_])s/(?=s\b)s(?![^\W_])")
_ON = re.compile(r"(?<![^\W_])s/")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_ARTICLES = ("le", "la", "les", "l")
_POSTCODE = re.compile(r"\d{5}")


def normalise_place_name(name: str) -> str:
    """Return the key under which a place is found, whatever the spelling.

    Case, accents, ligatures, hyphens and apostrophes vanish; saint and sainte become st and ste,
    "s/" becomes sur and "s/s" sous: "Sainte-Mère-l’Œuvre s/ Loire" → "ste mere l oeuvre sur loire".
    The result holds a to z, 0 to 9 and single spaces only, and normalising it again changes nothing.
    """
    text = without_accents(without_accents(name).casefold().translate(_LIGATURES))
    text = _ON.sub(" sur ", _OVER.sub(" sous ", text))
    words = _SEPARATORS.sub(" ", text).split()
    return " ".join(_WORDS.get(word, word) for word in words)


def communes_named(query: str, limit: int = 20) -> list[Commune]:
    """Communes that bear this name, the most populated first; else those whose name begins so.

    The article may be missing or too many ("Bourg d'Oisans" finds Le Bourg-d'Oisans). 1,482 names are
    shared by several communes: show the department. Arrondissements are never answers to a name.
    """
    key = normalise_place_name(query)
    if not key:
        return []
    communes = Commune.objects.filter(parent=None).select_related("department")
    named = communes.filter(normalised_name__in=_with_or_without_article(key))
    found = list(_by_size(named)[:limit])
    if found or len(key) < 2:
        return found
    return list(_by_size(communes.filter(normalised_name__startswith=key))[:limit])


def _with_or_without_article(key: str) -> list[str]:
    first, _, rest = key.partition(" ")
    keys = [key, *(f"{article} {key}" for article in _ARTICLES)]
    return [*keys, rest] if rest and first in _ARTICLES else keys


def communes_by_postcode(postcode: str) -> list[Commune]:
    """Communes of a postcode, the most populated first. An arrondissement stands for its city.

    A wrong postcode (not five digits, unknown, CEDEX) finds nothing.
    """
    code = re.sub(r"[\s.]", "", postcode)
    if not _POSTCODE.fullmatch(code) or not code.isascii():
        return []
    found = list(
        _by_size(Commune.objects.filter(postcodes__postcode=code).select_related("department"))
    )
    cities = {commune.parent_id for commune in found if commune.parent_id}
    return [commune for commune in found if commune.code not in cities]


def _by_size(communes: QuerySet[Commune]) -> QuerySet[Commune]:
    return communes.order_by("-population", "normalised_name", "code")


def department_of_postcode(postcode: str) -> Department | None:
    """The department of most inhabitants behind a postcode.

    Never by its first digits: 20xxx is two departments, and some 50 postcodes cross a border.
    """
    found = communes_by_postcode(postcode)
    people: dict[str, int] = {}
    for commune in found:
        people[commune.department_id] = people.get(commune.department_id, 0) + (
            commune.population or 0
        )
    if not people:
        return None
    code = max(people, key=lambda code: (people[code], code))
    return next(commune.department for commune in found if commune.department_id == code)
