"""The named fields of messages, and how they are filled: a closed list, never a template language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import MessageKind

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}")
K = MessageKind


@dataclass(frozen=True)
class Field:
    """One name that stands for something. kinds: the messages that know it; empty, all of them."""

    name: str
    label: str | Promise
    kinds: tuple[str, ...] = ()


FIELDS = (
    Field("prenom", gettext_lazy("first name of the person")),
    Field("nom", gettext_lazy("last name of the person")),
    Field("maison", gettext_lazy("Maison on whose behalf they register")),
    Field("module", gettext_lazy("title of the module")),
    Field("dates", gettext_lazy("dates and hours, one a line")),
    Field("lieu", gettext_lazy("venue, address and commune, or the remote room")),
    Field("acces", gettext_lazy("how to get there")),
    Field("consignes", gettext_lazy("note of the session for those registered")),
    Field("lien", gettext_lazy("address of the registration")),
    Field("site", gettext_lazy("name of the site")),
    Field("rang", gettext_lazy("rank on the waiting list"), (K.WAITING,)),
    Field("delai", gettext_lazy("until when the place is kept"), (K.OFFER,)),
    Field("changements", gettext_lazy("what changes"), (K.CHANGE,)),
    Field("motif", gettext_lazy("reason given"), (K.CANCELLATION, K.REFUSAL)),
    Field("quand", gettext_lazy("“tomorrow”, “in 7 days”"), (K.REMINDER,)),
    Field("formations", gettext_lazy("address of “My training”"), (K.AFTER,)),
)


def fields_of(kind: str) -> list[Field]:
    return [field for field in FIELDS if not field.kinds or kind in field.kinds]


def unknown_fields(kind: str, text: str) -> str:
    """What is wrong with the fields of a text, in words; empty when nothing is."""
    known = [field.name for field in fields_of(kind)]
    unknown = sorted({name for name in FIELD.findall(text) if name not in known})
    if unknown:
        return _("This message has no field %(unknown)s. It may hold: %(known)s.") % {
            "unknown": ", ".join(f"{{{{ {name} }}}}" for name in unknown),
            "known": ", ".join(f"{{{{ {name} }}}}" for name in known),
        }
    if BRACES.search(FIELD.sub("", text)):
        return _("A field begins with {{ and ends with }}: one of them is missing.")
    return ""


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Put values in the place of fields, once: what a value holds is never read as a field.

    A line all of whose fields are empty is left out with them: “Access: ” says nothing.
    """
    lines = []
    for line in text.splitlines():
        names = FIELD.findall(line)
        if names and not any(str(values.get(name) or "") for name in names):
            continue
        lines.append(FIELD.sub(lambda found: str(values.get(found[1]) or ""), line))
    filled = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()
