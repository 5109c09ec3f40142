"""What pages read of the network."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.maps import DepartmentMap, build_map, project
from cms.meta import absolute
from cms.models import Department
from cms.places import normalise_place_name
from cms.templatetags.theme_tags import day

from .hours import SCHEMA_DAYS
from .models import Maison, MaisonQuerySet, Operator, OperatorPage
from .operators import with_operator

PER_PAGE = 24
_MOST_WORDS = 8


def matching(maisons: MaisonQuerySet, query: str) -> MaisonQuerySet:
    """Those whose name, commune, postcode or department hold every word, however written."""
    for word in normalise_place_name(query).split()[:_MOST_WORDS]:
        maisons = maisons.filter(search_text__contains=word)
    return maisons


@dataclass
class Directory:
    """One page of the list of Maisons, by department, and the map that goes with it."""

    page: Page[Maison]
    total: int
    department: Department | None
    departments: list[Department]
    map: DepartmentMap
    groups: list[tuple[Department, list[Maison]]] = field(default_factory=list)


def directory(
    user: Any, query: str, department: str, number: int, operator: Operator | None = None
) -> Directory:
    """Raises EmptyPage for a page after the last."""
    visible = with_operator(Maison.objects.visible_to(user), operator)
    found = matching(visible, query) if query else visible
    counts = _counts(found)
    departments = list(Department.objects.filter(code__in=[*counts, department]).defer("outline"))
    chosen = next((d for d in departments if d.code == department), None)
    listed = found.filter(commune__department=chosen) if chosen else found
    page = Paginator(listed.with_place().in_order(), PER_PAGE).page(number)
    groups: dict[str, tuple[Department, list[Maison]]] = {}
    for maison in page:
        groups.setdefault(maison.department.code, (maison.department, []))[1].append(maison)
    return Directory(
        page=page,
        total=page.paginator.count,
        department=chosen,
        departments=[d for d in departments if d.code in counts],
        map=network_map(counts, [department] if chosen else counts, operator),
        groups=list(groups.values()),
    )


def _counts(maisons: QuerySet[Maison]) -> dict[str, int]:
    rows = maisons.order_by().values_list("commune__department").annotate(Count("pk"))
    return dict(rows)


def network_map(
    counts: dict[str, int], highlighted: Iterable[str], operator: Operator | None = None
) -> DepartmentMap:
    """Departments that have Maisons, each linked to its list."""
    address = reverse("maisons:list")
    kept = f"&operateur={operator.code}" if operator else ""
    return build_map(
        _("Maisons by department"),
        highlighted,
        links={code: f"{address}?departement={code}{kept}" for code in counts},
        labels={
            code: ngettext("%(count)s Maison", "%(count)s Maisons", count) % {"count": count}
            for code, count in counts.items()
        },
    )


def sheets(user: Any) -> MaisonQuerySet:
    """Maisons with all that their sheet shows."""
    return (
        Maison.objects.visible_to(user)
        .select_related("commune__department__region", "host_organisation")
        .prefetch_related("operators", "services")
    )


def operators_of(maison: Maison, user: Any) -> list[tuple[Operator, str]]:
    """Its operators, each with the address of its page here, else of its own site."""
    operators = list(maison.operators.all())
    if not operators:
        return []
    pages = OperatorPage.objects.visible_to(user).filter(operator__in=operators)
    addresses = {page.operator_id: page.url for page in pages.select_related("locale")}
    return [(operator, addresses.get(operator.pk) or operator.url) for operator in operators]


def locator_map(maison: Maison) -> DepartmentMap | None:
    """The region of a Maison with its department and its point; None where the map has no outline."""
    department = maison.department
    if not department.outline:
        return None
    dot = project(*maison.point, department.code) if maison.point else None
    return build_map(
        _("Where it is: %(commune)s, %(department)s")
        % {"commune": maison.commune.name, "department": department.label},
        [department.code],
        region=department.region_id,
        dots=[dot] if dot else [],
    )


def json_ld(maison: Maison) -> dict[str, Any]:
    """schema.org GovernmentOffice: what is known, nothing guessed."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": maison.address,
        "postalCode": maison.postcode,
        "addressLocality": maison.commune.name,
        "addressRegion": maison.department.region.name,
        "addressCountry": "FR",
    }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "@id": absolute(maison.get_absolute_url()),
        "name": maison.name,
        "url": absolute(maison.get_absolute_url()),
        "description": maison.description,
        "telephone": maison.phone,
        "email": maison.email,
        "sameAs": maison.website,
        "address": {key: value for key, value in address.items() if value},
    }
    if maison.has_own_point:
        point = {"latitude": maison.latitude, "longitude": maison.longitude}
        data["geo"] = {"@type": "GeoCoordinates", **point}
    if maison.week:
        data["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": SCHEMA_DAYS[day.index],
                "opens": opens,
                "closes": closes,
            }
            for day in maison.week
            for opens, closes in day.ranges
        ]
    return {key: value for key, value in data.items() if value}


def alternates(path: str) -> dict[str, str]:
    """The path of a view in each language."""
    return {code: translate_url(path, code) for code, _name in settings.LANGUAGES}


def departments_of_the_network(user: Any) -> QuerySet[Department]:
    """Those in which this person sees a Maison, by code."""
    seen = Maison.objects.visible_to(user).order_by().values("commune__department")
    return Department.objects.filter(code__in=seen).defer("outline").order_by("code")


# -- For the registry -----------------------------------------------------------------------------


def summary_of(maison: Maison) -> str:
    place = f"{maison.commune.name}, {maison.department.label}"
    return f"{place}. {maison.description}" if maison.description else f"{place}."


def cards(maisons: Iterable[Maison], request: HttpRequest | None) -> list[dict[str, Any]]:
    """Listing cards, in the order given, without those this reader may not see; one query."""
    user = getattr(request, "user", None)
    wanted = [maison.pk for maison in maisons]
    found = {m.pk: m for m in Maison.objects.visible_to(user).filter(pk__in=wanted).with_place()}
    return [
        {
            "title": found[pk].name,
            "url": found[pk].get_absolute_url(),
            "summary": found[pk].description,
            "kicker": found[pk].department.label,
            "image": None,
        }
        for pk in wanted
        if pk in found
    ]


def sitemap_entries() -> Iterator[dict[str, Any]]:
    """The list and every public sheet, in both languages."""
    address = reverse("maisons:list")
    lists = alternates(address)
    yield {"location": address, "lastmod": None, "alternates": lists}
    rows = Maison.objects.visible_to(None).order_by("slug").values_list("slug", "updated_at")
    for slug, updated in rows.iterator(chunk_size=2000):
        yield {
            "location": f"{address}{slug}/",
            "lastmod": updated,
            "alternates": {code: f"{path}{slug}/" for code, path in lists.items()},
        }


def source_line(source: str, date: Any) -> str:
    """« Source : …, 5 mai 2021 »: where a fact comes from and of when it is."""
    if not source:
        return ""
    if not date:
        return _("Source: %(source)s.") % {"source": source}
    return _("Source: %(source)s. Information of %(date)s.") % {"source": source, "date": day(date)}
