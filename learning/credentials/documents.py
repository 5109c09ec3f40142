"""The attestation on paper, from its frozen facts. In French, as its path is."""

import datetime as dt
from typing import Any

from django.utils import translation

from cms import pdf, qr
from cms.meta import absolute

from ..closing.documents import LANGUAGE, duration, refuse_unprintable
from ..models import PathCertificate
from ..models.sessions import PARIS


def attestation(row: PathCertificate) -> bytes:
    """The PDF. Raises closing.documents.Unprintable, and what `cms.pdf.make` raises."""
    says = row.facts
    if not says.get("name"):
        raise ValueError("The account was erased: nobody is named.")
    titles = [title for chapter in says["chapters"] for title in chapter["units"]]
    refuse_unprintable(says["name"], says["path"], *titles)
    with translation.override(LANGUAGE):
        check = absolute(row.get_check_url())
        context = {
            "title": f"Attestation de réussite – {says['name']}",
            "description": says["path"],
            "author": says["issuer"],
            "certificate": row,
            "says": read(says),
            "issued_on": row.issued_at.astimezone(PARIS).date(),
            "replaced": row.replaces.number if row.replaces else "",
            "check": check,
            "code": qr.drawn(check, quiet=0),
        }
        return pdf.make("learning/credentials/pdf/attestation.html", context, language=LANGUAGE)


def read(says: dict[str, Any]) -> dict[str, Any]:
    """The facts with dates as dates and times in words."""
    return {
        **says,
        "completed_on": dt.date.fromisoformat(says["completed_on"]),
        "version_of": dt.date.fromisoformat(says["version_of"]),
        "planned": duration(says["minutes"]),
        "spent": duration(round(says["seconds"] / 60)),
    }
