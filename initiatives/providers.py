"""What the initiatives give to the other apps."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import moderation
from cms import registry
from cms.jobs import Job
from cms.queries import index_page

from . import adopting, catalogue, contributing, kinds, url_cases  # noqa: F401
from .exporting import INITIATIVES
from .listing import with_lines
from .models import Adoption, InitiativesIndexPage, ProjectSheetPage, SheetUpload
from .rules import contributes


class DemoLoader:
    # After the Maisons, whose projects they are; before the Bulletin, which embeds one.
    order = 48

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import load

        load()


registry.demo_loaders.register("initiatives", DemoLoader())
registry.export_kinds.register(INITIATIVES.code, INITIATIVES)


@registry.admin_permissions.provide("initiatives")
def admin_permissions() -> dict[str, list[str]]:
    return {role: ["initiatives.*"] for role in ("editor", "chief-editor", "national-team")}


# -- The professional space and the home page -------------------------------------------------------

PANEL = 3


@registry.pro_doors.provide("initiatives")
def doors(request: HttpRequest) -> Iterable[dict[str, Any]]:
    """Sheets of one's Maisons, for whoever writes; the list, for everybody."""
    if contributes(request.user):
        yield {
            "door": "exchange",
            "label": _("My initiatives"),
            "text": _("Show what your Maison does: write its sheet, follow its review."),
            "url": reverse("initiatives:mine"),
            "order": 10,
        }
    index = visible_index(request)
    if index is not None:
        yield {
            "door": "exchange",
            "label": _("Initiatives of the network"),
            "text": _("What others do, and what can be taken up."),
            "url": index.get_url(request),
            "order": 20,
        }


@registry.pro_panels.provide("initiatives")
def panel(request: HttpRequest) -> dict[str, Any] | None:
    """The last sheets that this person's Maisons write; those sent back come as the action to do."""
    if not contributes(request.user):
        return None
    sheets = list(contributing.mine(request.user)[: PANEL * 3])
    if not sheets:
        return None
    statuses = moderation.statuses(sheets)
    rows = [(sheet, statuses[sheet.pk]) for sheet in sheets]
    # What is sent back waits for its authors; then drafts, then the rest.
    order = {moderation.REFUSED: 0, moderation.DRAFT: 1, moderation.SUBMITTED: 2}
    rows.sort(key=lambda row: order.get(row[1].state, 3))
    sent_back = next((row for row in rows if row[1].state == moderation.REFUSED), None)
    return {
        "title": _("My initiatives"),
        "template": "initiatives/pro/panel.html",
        "context": {"rows": rows[:PANEL]},
        "order": 40,
        "action": {
            "kicker": _("A sheet is sent back to you"),
            "title": sent_back[0].draft_title,
            "text": sent_back[1].comment,
            "label": _("Take it up again"),
            "url": sent_back[0].get_author_url(),
        }
        if sent_back
        else None,
    }


@registry.home_sections.provide("initiatives")
class LatestInitiatives:
    """The newest sheets, as editors place them on the home page."""

    label = gettext_lazy("Latest initiatives")
    template = "initiatives/home_section.html"

    @staticmethod
    def context(request: HttpRequest, count: int) -> dict[str, Any] | None:
        index = visible_index(request)
        if index is None:
            return None
        newest = catalogue.sheets(request.user).filter(is_fictitious=False)
        ordered = newest.order_by("-display_date", "-pk").defer_streamfields()
        cards = list(with_lines(ordered)[: max(count, 1)])
        title = _("Initiatives of the network")
        shown = {"cards": cards, "url": index.get_url(request), "default_title": title}
        return shown if cards else None


def visible_index(request: HttpRequest) -> Any:
    return index_page(InitiativesIndexPage, request)


# -- People's data, files, jobs ---------------------------------------------------------------------


@registry.file_readers.provide("initiatives")
def reads_upload(user: Any, file: Any) -> bool:
    return contributing.may_read_upload(user, file)


registry.periodic_jobs.register(
    "initiatives.purge_refused",
    Job("initiatives.purge_refused", timedelta(hours=24), adopting.purge),
)


class PersonalData:
    """Sheets that a person began and declarations that they made."""

    retention = {"initiatives.Adoption": Adoption.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        sheets = ProjectSheetPage.objects.filter(owner=user)
        adoptions = Adoption.objects.filter(declared_by=user).select_related("sheet", "maison")
        return {
            "initiatives_begun": [
                {"title": sheet.draft_title, "on": str(sheet.first_published_at or "")}
                for sheet in sheets
            ],
            "initiatives_taken_up": [
                {
                    "title": row.sheet.title,
                    "maison": row.maison.name,
                    "note": row.note,
                    "on": row.declared_at.isoformat(),
                }
                for row in adoptions
            ],
        }

    def erase(self, user: Any) -> None:
        """Texts stay with the Maison, whose they are; only who wrote them goes."""
        adopting.erase(user)
        SheetUpload.objects.filter(by=user).update(by=None)


registry.personal_data.register("initiatives", PersonalData())
