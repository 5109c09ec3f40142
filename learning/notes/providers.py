"""What notes give to the page of a unit and to the other apps. No search document, no export but one's own."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import registry
from cms.matrix import Case, signed_in

from ..draft_forms import draft_form
from ..models import UnitNote
from ..paths import extras
from ..paths.reading import names_of
from . import services


@extras.register
def note_part(request: HttpRequest, unit: Any, enrolment: Any) -> dict[str, Any] | None:
    """The note under a unit: one query."""
    if enrolment is None:
        return None
    note = UnitNote.objects.filter(user=request.user, unit=unit.pk).order_by().first()
    shown = note.text if note is not None and note.deleted_at is None else ""
    form = draft_form(shown, note.revision if note else 0)
    form.fields["text"].widget.attrs["rows"] = 4
    form.fields["text"].label = _("For yourself alone: nobody else reads it")
    form.fields["text"].help_text = ""
    form.auto_id = "note_%s"
    return {
        "code": "notes",
        "title": _("My notes"),
        "template": "learning/notes/part.html",
        "context": {"form": form, "note": note if shown else None, "owner": request.user.uuid},
        "order": 20,
        "styles": ["css/assignments.css"],
        "scripts": ["js/autosave.js"],
    }


@registry.pro_doors.provide("learning.notes")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    yield {
        "door": "learn",
        "label": _("My notes"),
        "text": _("What you noted on the units of your paths, for yourself alone."),
        "url": reverse("learning:notes"),
        "order": 35,
    }


class PersonalData:
    retention = {"learning.UnitNote": UnitNote.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = list(UnitNote.objects.visible_to(user).exclude(text="").select_related("unit"))
        named = names_of(row.unit.uuid for row in rows)
        return {
            "notes": [
                {
                    "unit": named.get(str(row.unit.uuid), str(row.unit.uuid)),
                    "saved_on": row.saved_at.isoformat() if row.saved_at else None,
                    "text": row.text,
                }
                for row in rows
            ]
        }

    def erase(self, user: Any) -> None:
        UnitNote.objects.filter(user=user).delete()

    def purge(self, now: dt.datetime | None = None) -> int:
        return services.purge(now or timezone.now())


registry.personal_data.register("learning.notes", PersonalData())


@registry.url_cases.provide("learning.notes")
def cases() -> Iterator[Case]:
    import uuid

    from accounts.factories import UserFactory

    from ..paths.factories import make_enrolment, make_path, units_of

    path = make_path()
    unit: Any = units_of(path)[0]
    row = make_enrolment(path, UserFactory())
    note = services.save(row.user, unit, "À moi", revision=0, key=uuid.uuid4())
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/note/"
    yield Case(address, signed_in(404), method="post")
    yield Case("/espace-pro/mes-notes/", signed_in())
    yield Case("/espace-pro/mes-notes/texte/", signed_in())
    # The note of another exists for nobody, of whatever role.
    yield Case(f"/espace-pro/mes-notes/{note.uuid}/supprimer/", signed_in(404), method="post")
