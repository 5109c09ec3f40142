"""From frozen facts to paper: what the templates of PDFs are given. In French, as the law of the place asks."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from cms import pdf, qr
from cms.meta import absolute
from cms.templatetags.theme_tags import day, day_range

from ..kinds import Mode
from ..models import Certificate, SessionReport
from ..models.sessions import PARIS

LANGUAGE = "fr"


class Unprintable(ValueError):
    """A name holds characters for which the font has no drawing."""


def certificate(row: Certificate) -> bytes:
    """The PDF of a certificate. Raises Unprintable, and what `cms.pdf.make` raises."""
    says = row.facts
    if not says.get("name"):
        raise ValueError("The account was erased: nobody is named.")
    refuse_unprintable(says["name"], says["maison"], says["module"], *says["trainers"])
    with translation.override(LANGUAGE):
        context = {
            "title": f"{row.get_kind_display()} – {says['name']}",
            "heading": row.get_kind_display(),
            "description": says["module"],
            "author": says["issuer"],
            "certificate": row,
            "says": read(says),
            "issued_on": row.issued_at.astimezone(PARIS).date(),
            "replaced": row.replaces.number if row.replaces_id else "",
            "check": checking_address(row),
            "code": code_of(row),
        }
        return pdf.make("learning/closing/pdf/certificate.html", context, language=LANGUAGE)


def report(row: SessionReport) -> bytes:
    """The PDF of a session's report."""
    says = row.facts
    refuse_unprintable(says["module"], says["venue"], *says["trainers"])
    with translation.override(LANGUAGE):
        context = {
            "title": f"Bilan de session – {says['module']}",
            "description": says["module"],
            "author": says["issuer"],
            "says": read(says),
            "closed_on": (row.session.closed_at or timezone.now()).astimezone(PARIS).date(),
        }
        return pdf.make("learning/closing/pdf/report.html", context, language=LANGUAGE)


def checking_path(row: Certificate) -> str:
    return reverse("learning:verify", args=[row.number])


def checking_address(row: Certificate) -> str:
    return absolute(checking_path(row))


def code_of(row: Certificate) -> qr.Code:
    return qr.drawn(checking_address(row), quiet=0)


def refuse_unprintable(*texts: str) -> None:
    """Raises Unprintable when our font lacks the drawing of a character."""
    if missing := pdf.unprintable("".join(texts)):
        raise Unprintable(f"Our font has no drawing for: {missing}")


def read(says: dict[str, Any]) -> dict[str, Any]:
    """The facts with dates as dates and labels in words."""
    return {
        **says,
        "when": when([dt.date.fromisoformat(day) for day in says["dates"]]),
        "place": place_of(says),
        "mode_label": str(Mode(says["mode"]).label),
        "hours": duration(says["minutes"]),
        "hours_attended": duration(says.get("minutes_attended", 0)),
        "attended_by_day": by_day(says.get("attended", []), hours_of),
        "present_by_day": by_day(says.get("by_half_day", []), lambda half: half["present"]),
    }


def when(days: list[dt.date]) -> str:
    """ "1er octobre 2026", "6 – 8 octobre 2026", or each day when they do not follow."""
    follow = all((after - before).days == 1 for before, after in itertools.pairwise(days))
    if len(days) > 1 and follow:
        return day_range(days[0], days[-1])
    return ", ".join(map(day, days))


def by_day(
    half_days: list[dict[str, Any]], say: Callable[[dict[str, Any]], Any]
) -> list[dict[str, Any]]:
    """A line for each day: its date, and what is said of its morning and its afternoon."""
    lines: dict[str, dict[str, Any]] = {}
    for half in half_days:
        line = lines.setdefault(half["date"], {"date": dt.date.fromisoformat(half["date"])})
        line[half["part"]] = say(half)
    return list(lines.values())


def hours_of(half_day: dict[str, Any]) -> str:
    return f"{half_day['from']} – {half_day['to']}"


def place_of(says: dict[str, Any]) -> str:
    """ "Pavillon du verdurier, Limoges (Haute-Vienne)"."""
    place = ", ".join(part for part in (says["venue"], says["city"]) if part)
    return f"{place} ({says['department']})" if place and says["department"] else place


def duration(minutes: int) -> str:
    """ "7 h", "3 h 30", "25 min"."""
    hours, rest = divmod(minutes, 60)
    space = "\N{NO-BREAK SPACE}"
    if not hours:
        return f"{rest}{space}min"
    return f"{hours}{space}h" + (f"{space}{rest:02}" if rest else "")
