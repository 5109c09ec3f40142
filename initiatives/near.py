"""What is near a place: Maisons by distance, initiatives of the same department."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.meta import PageMeta, absolute
from cms.models import Commune, Department
from cms.places import communes_by_postcode, communes_named, normalise_place_name
from maisons.models import Maison

from . import catalogue
from .listing import cards_of

if TYPE_CHECKING:
    from .models import InitiativesIndexPage

SHOWN = 8
CHOICES = 12
EARTH_KM = 6371.0
FARTHEST_KM = 60
# Degrees of latitude that hold FARTHEST_KM; twice as many of longitude do as far north as France.
BOX = 0.6


class NearForm(forms.Form):
    lieu = forms.CharField(
        label=gettext_lazy("Town, postcode or department"), required=False, max_length=80
    )


@dataclass
class Near:
    """`choices`: (label, what to ask) when the place may be several; else what was found."""

    label: str = ""
    department: Department | None = None
    choices: list[tuple[str, str]] = field(default_factory=list)
    maisons: list[tuple[Maison, int | None]] = field(default_factory=list)
    sheets: list[Any] = field(default_factory=list)


def near_page(index: "InitiativesIndexPage", request: HttpRequest) -> HttpResponse:
    """`/initiatives/pres/?lieu=…`: a page of its own, to which every story leads."""
    form = NearForm(request.GET or None)
    text = form.cleaned_data["lieu"].strip() if form.is_bound and form.is_valid() else ""
    found = find(text, request) if text else None
    if text and found is None:
        form.add_error(
            "lieu", _("No such place: write the name of a town, a postcode or a department.")
        )
    title = _("Near you")
    address = index.get_url(request) or ""
    meta = PageMeta(
        title=title,
        description=_("The Maisons and the initiatives near a town or in a department."),
        canonical=absolute(f"{address}pres/"),
        breadcrumbs=[*index.get_breadcrumbs(request), (index.title, address)],
        robots="noindex, follow" if request.GET else "",
    )
    context = {"page": index, "page_meta": meta, "form": form, "near": found}
    return render(request, "initiatives/near_page.html", context)


def find(text: str, request: HttpRequest) -> Near | None:
    """None when no place answers to the text."""
    code = _department_code(text)
    if code is not None:
        department = Department.objects.defer("outline").get(pk=code)
        return _near(department, None, request)
    communes = _communes(text)
    if not communes:
        return None
    if len(communes) > 1:
        pairs = [(f"{c.name}, {c.department.label}", c.code) for c in communes[:CHOICES]]
        return Near(choices=pairs)
    return _near(communes[0].department, communes[0], request)


def _near(department: Department, commune: Commune | None, request: HttpRequest) -> Near:
    sheets = catalogue.sheets(request.user).filter(departments=department).order_by("title")
    ids = list(sheets.values_list("pk", flat=True)[:SHOWN])
    cards = cards_of(ids)
    return Near(
        label=commune.name if commune else department.name,
        department=department,
        maisons=_maisons(department, commune, request.user),
        sheets=[cards[pk] for pk in ids],
    )


def _department_code(text: str) -> str | None:
    """The code of a department that this text names or is the code of."""
    key = normalise_place_name(text)
    known = Department.objects.values_list("code", "name")
    for code, name in known if key else ():
        if key in (code.lower(), normalise_place_name(name)):
            return code
    return None


def _communes(text: str) -> list[Commune]:
    """By postcode, by INSEE code (that is what a choice among several gives) or by name."""
    if not text[:1].isdigit():
        return communes_named(text, CHOICES)
    by_code = Commune.objects.filter(code=text.upper()).select_related("department")
    return list(by_code) or communes_by_postcode(text)


def _maisons(
    department: Department, commune: Commune | None, user: Any
) -> list[tuple[Maison, int | None]]:
    """Around a commune by distance, whatever the department; else those of the department."""
    visible = Maison.objects.visible_to(user).with_place()
    if commune is None or commune.latitude is None or commune.longitude is None:
        found = visible.filter(commune__department=department).in_order()
        return [(maison, None) for maison in found[:SHOWN]]
    around = visible.filter(
        commune__latitude__range=(commune.latitude - BOX, commune.latitude + BOX),
        commune__longitude__range=(commune.longitude - 2 * BOX, commune.longitude + 2 * BOX),
    )
    origin = (commune.latitude, commune.longitude)
    measured = [
        (maison, distance)
        for maison in around
        if (distance := _kilometres(origin, maison.point)) is not None and distance <= FARTHEST_KM
    ]
    return sorted(measured, key=lambda pair: (pair[1], pair[0].name))[:SHOWN]


def _kilometres(origin: tuple[Any, Any], point: tuple[float, float] | None) -> int | None:
    """As the crow flies, rounded."""
    if point is None:
        return None
    lat1, lon1, lat2, lon2 = (math.radians(value) for value in (*origin, *point))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return round(2 * EARTH_KM * math.asin(math.sqrt(half)))
