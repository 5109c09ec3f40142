"""What consultations give to the other apps: doors, panels, notifications, exports, personal data."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.notify import Kind
from cms import registry
from cms.exports import Export

from . import contributing
from .models import ConsultationPage, Contribution

# -- The professional space and the home page -----------------------------------------------------


@registry.pro_doors.provide("newsroom.consultations")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    from .consultations import open_now

    count = open_now(request.user).count()
    text = _("What the network was asked, and what you wrote.")
    if count:
        text = ngettext("%(count)d open now.", "%(count)d open now.", count) % {"count": count}
    yield {
        "door": "exchange",
        "label": _("Consultations"),
        "text": text,
        "url": reverse("newsroom_contributions"),
        "order": 40,
    }


@registry.pro_panels.provide("newsroom.moderation")
def moderation_panel(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for a moderator."""
    from .contribution_admin import waiting

    rows = waiting(request.user)
    count = rows.count()
    if not count:
        return None
    oldest = list(rows[:3])
    return {
        "title": _("Contributions to read"),
        "template": "newsroom/pro/moderation.html",
        "context": {"count": count, "contributions": oldest},
        "order": 30,
        "action": {
            "kicker": ngettext(
                "%(count)d contribution to read", "%(count)d contributions to read", count
            )
            % {"count": count},
            "title": oldest[0].title,
            "text": oldest[0].consultation.question,
            "label": _("Read"),
            "url": reverse("newsroom_moderation", args=[oldest[0].uuid]),
        },
    }


class OpenConsultations:
    """The consultations that are open: nothing to show when there is none."""

    label = gettext_lazy("Open consultations")
    template = "newsroom/home/consultations.html"

    def context(self, request: HttpRequest, count: int) -> dict[str, Any] | None:
        from cms.queries import with_cards

        from .consultations import open_now

        pages = list(with_cards(open_now(getattr(request, "user", None)))[:count])
        return {"consultations": pages} if pages else None


registry.home_sections.register("consultations", OpenConsultations())


# -- What people are told -------------------------------------------------------------------------

for _kind in (
    Kind(
        code="newsroom.contribution.submitted",
        label=gettext_lazy("A contribution waits for your review"),
        description=gettext_lazy("For those who moderate consultations."),
        title=lambda c: _("To review: a contribution to “%(consultation)s”") % c,
        text=lambda c: c["title"],
    ),
    Kind(
        code="newsroom.contribution.accepted",
        label=gettext_lazy("Your contribution is published"),
        title=lambda c: _("Your contribution to “%(consultation)s” is published") % c,
        text=lambda c: c["title"],
    ),
    Kind(
        code="newsroom.contribution.refused",
        label=gettext_lazy("Your contribution is not published"),
        title=lambda c: _("Your contribution to “%(consultation)s” is not published") % c,
        text=lambda c: c["reason"],
    ),
):
    registry.notification_kinds.register(_kind.code, _kind)


# -- Exports --------------------------------------------------------------------------------------


class ContributionFilters(forms.Form):
    """consultation: its slug."""

    consultation = forms.SlugField(label=gettext_lazy("Consultation"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", ""), *Contribution.State.choices],
    )


def _rows(user: Any, filters: dict[str, Any]) -> QuerySet[Contribution]:
    from .contribution_admin import to_moderate

    found = to_moderate(user)
    if filters.get("consultation"):
        keys = ConsultationPage.objects.filter(slug=filters["consultation"])
        found = found.filter(consultation__translation_key__in=keys.values("translation_key"))
    if filters.get("state"):
        found = found.filter(state=filters["state"])
    return found.order_by("consultation", "submitted_at", "pk")


CONTRIBUTIONS = Export(
    code="contributions",
    label=gettext_lazy("Contributions to consultations"),
    # The author as readers see them: who did not sign is not named in a file either.
    columns=[
        (gettext_lazy("Identifier"), lambda row: row.uuid),
        (gettext_lazy("Consultation"), lambda row: row.consultation.title),
        (gettext_lazy("Title"), lambda row: row.title),
        (gettext_lazy("Contribution"), lambda row: row.text),
        (gettext_lazy("Author"), lambda row: row.shown_as),
        (gettext_lazy("State"), lambda row: row.get_state_display()),
        (gettext_lazy("Submitted on"), lambda row: row.submitted_at),
        (gettext_lazy("Decided on"), lambda row: row.decided_at),
        (gettext_lazy("Reason"), lambda row: row.reason),
    ],
    rows=_rows,
    may_export=lambda user: contributing.may_moderate(user),
    form=ContributionFilters,
)
registry.export_kinds.register(CONTRIBUTIONS.code, CONTRIBUTIONS)


# -- Personal data --------------------------------------------------------------------------------


class PersonalData:
    retention = {"newsroom.Contribution": Contribution.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = Contribution.objects.written_by(user).select_related("consultation")
        return {
            "contributions": [
                {
                    "consultation": row.consultation.title,
                    "title": row.title,
                    "text": row.text,
                    "capacity": row.capacity,
                    "signed": row.signed,
                    "state": row.state,
                    "begun": row.created_at,
                    "submitted": row.submitted_at,
                    "decided": row.decided_at,
                    "reason": row.reason,
                }
                for row in rows.order_by("created_at")
            ]
        }

    def erase(self, user: Any) -> None:
        contributing.forget(user)

    def purge(self, now: dt.datetime) -> int:
        return contributing.purge(now)


registry.personal_data.register("newsroom.consultations", PersonalData())
