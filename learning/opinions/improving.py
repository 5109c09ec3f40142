"""Units that people find of little use, for those who write them: in the Wagtail admin, beside the paths."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from cms.bin import outside

from ..authoring import access
from ..models import Unit, UnitPage
from ..paths.reading import names_of
from . import results
from .kinds import Reason

PER_PAGE = 30


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why it was not useful"),
        choices=[("", _("All reasons")), *Reason.choices],
        required=False,
    )


@dataclass(frozen=True)
class Line:
    """A unit to improve: its page, the title of its path, what people said. Nothing under five answers."""

    page: UnitPage
    path: str
    result: results.Result


def lines(user: Any, reason: str = "") -> list[Line]:
    """Units that this person may change, the least useful first; of one reason, where it is given most.

    Seven queries, whatever the number of units.
    """
    found = results.to_improve()
    if reason:
        label = str(Reason(reason).label)
        counts = {row.unit: dict(row.reasons).get(label, 0) for row in found}
        found = [row for row in found if counts[row.unit]]
        found.sort(key=lambda row: (-counts[row.unit], row.percent))
    return _lines(user, found)


def _lines(user: Any, found: list[results.Result]) -> list[Line]:
    keys = [row.unit for row in found]
    rows = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    pages = outside(UnitPage.objects.filter(pk__in=rows.values("pk"), translation_key__in=keys))
    # The page that others are translated from, which opinions of every language are about.
    held = {str(page.translation_key): page for page in pages.order_by("-locale_id", "-pk")}
    paths = dict(Unit.objects.filter(uuid__in=keys).values_list("uuid", "path__uuid"))
    titles = names_of(set(paths.values()))
    above = {str(unit): titles.get(str(key), "") for unit, key in paths.items()}
    return [Line(held[row.unit], above.get(row.unit, ""), row) for row in found if row.unit in held]


@require_safe
def to_improve(request: HttpRequest) -> HttpResponse:
    """The list, of all reasons or of one."""
    access.check_author(request.user)
    form = ReasonForm(request.GET)
    valid = form.is_valid()
    found = lines(request.user, form.cleaned_data["reason"]) if valid else []
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "rows": rows, "fewest": results.FEWEST}
    status = 200 if valid else 400
    return render(request, "learning/opinions/admin/to_improve.html", context, status=status)


@require_safe
def opinions_on(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What is said of one unit: figures, reasons, words without names."""
    access.check_author(request.user)
    unit = get_object_or_404(Unit, uuid=uuid, archived_at=None)
    result = results.results([unit.uuid]).get(str(unit.uuid))
    found = _lines(request.user, [result]) if result is not None else []
    if not found:
        raise Http404
    return render(request, "learning/opinions/admin/opinions_on.html", {"line": found[0]})


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    base = "formation/parcours/a-ameliorer/"
    return [
        path(base, to_improve, name="learning_units_to_improve"),
        path(f"{base}<uuid:uuid>/", opinions_on, name="learning_unit_opinions"),
    ]


class ImproveMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return access.catalogue_for(request.user) is not None


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    url = reverse("learning_units_to_improve")
    return ImproveMenuItem(
        _("Units to improve"), url, name="units-to-improve", icon_name="edit", order=167
    )
