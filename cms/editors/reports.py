"""The reports of the editors: what each lists, how it is filtered, and the same as a file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .. import registry
from ..exports import Export
from ..meta import absolute
from ..models import ExternalAddress, FileUse, PageLink, PictureUse, SiteDocument, SiteImage
from . import access, ages

State = ExternalAddress.State


@dataclass(frozen=True)
class Report:
    """A list of the admin, made of an export: the same rows, filters and permission.

    template: the rows of its table. note: what to know to read it.
    """

    export: Export
    icon: str
    note: str | Promise
    empty: str | Promise
    template: str

    @property
    def slug(self) -> str:
        return self.export.code

    @property
    def url(self) -> str:
        return reverse("cms_report", args=[self.slug])


def _edit_url(page: Page) -> str:
    return absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))


# -- Broken links -----------------------------------------------------------------------------------


class LinkFilters(forms.Form):
    where = forms.ChoiceField(
        label=gettext_lazy("Leads to"),
        required=False,
        choices=[
            ("", gettext_lazy("anything")),
            ("inside", gettext_lazy("this site")),
            ("outside", gettext_lazy("other sites")),
        ],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("broken")),
            ("doubtful", gettext_lazy("did not answer yet, or refuses robots")),
        ],
    )


INSIDE = (PageLink.Kind.PAGE, PageLink.Kind.DOCUMENT, PageLink.Kind.PATH)


def link_rows(user: Any, filters: dict[str, Any]) -> QuerySet[PageLink]:
    """Links of public pages that lead nowhere, of the pages that this person may change."""
    target = Page.objects.filter(pk=OuterRef("target_id"))
    rows = PageLink.objects.filter(page__live=True, page__in=access.pages_of(user)).annotate(
        target_exists=Exists(target),
        target_live=Exists(target.filter(live=True)),
        document_exists=Exists(SiteDocument.objects.filter(pk=OuterRef("target_id"))),
    )
    inside = (
        Q(kind=PageLink.Kind.PAGE, target_live=False)
        | Q(kind=PageLink.Kind.DOCUMENT, document_exists=False)
        | Q(kind=PageLink.Kind.PATH, answers=False)
    )
    if filters.get("state") == "doubtful":
        wanted = Q(address__state__in=[State.DOUBTFUL, State.BY_HAND])
    else:
        wanted = inside | Q(address__state=State.BROKEN)
    if filters.get("where") == "inside":
        wanted &= Q(kind__in=INSIDE)
    elif filters.get("where") == "outside":
        wanted &= Q(kind=PageLink.Kind.EXTERNAL)
    rows = rows.filter(wanted).select_related("page__locale", "page__content_type", "address")
    return rows.order_by("page__title", "page_id", "pk")


def link_fault(link: Any) -> str:
    """Why a link of `link_rows` is there, in words."""
    if link.kind == PageLink.Kind.PAGE:
        return _("This page is not public.") if link.target_exists else _("This page is gone.")
    if link.kind == PageLink.Kind.DOCUMENT:
        return _("This document is gone.")
    if link.kind == PageLink.Kind.PATH:
        return _("Nothing stands at this address.")
    return link.address.detail or str(link.address.get_state_display())


def link_date(link: Any) -> Any:
    return link.address.checked_at if link.address_id else link.found_at


def link_target(link: Any) -> str:
    if link.url:
        return link.url
    page = Page.objects.filter(pk=link.target_id).first() if link.kind == "page" else None
    return page.get_admin_display_title() if page else f"{link.get_kind_display()} {link.target_id}"


LINKS = Report(
    Export(
        code="broken-links",
        label=gettext_lazy("Broken links"),
        columns=[
            (gettext_lazy("Page"), lambda row: row.page.get_admin_display_title()),
            (gettext_lazy("Edit at"), lambda row: _edit_url(row.page)),
            (gettext_lazy("Place"), lambda row: row.place),
            (gettext_lazy("Text of the link"), lambda row: row.text),
            (gettext_lazy("Leads to"), link_target),
            (gettext_lazy("What is wrong"), link_fault),
            (gettext_lazy("Found on"), link_date),
        ],
        rows=link_rows,
        may_export=access.is_editor,
        form=LinkFilters,
    ),
    icon="link",
    note=gettext_lazy("Public pages are read again within a quarter of an hour of each change."),
    empty=gettext_lazy("No link is broken."),
    template="cms/admin/reports/broken-links.html",
)


# -- Missing alternatives ---------------------------------------------------------------------------


class PlaceFilters(forms.Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("What is missing"),
        required=False,
        choices=[("", gettext_lazy("anything")), *PictureUse.Decision.choices],
    )
    live = forms.NullBooleanField(
        label=gettext_lazy("Public"),
        required=False,
        widget=forms.Select(
            choices=[
                ("", gettext_lazy("all pages")),
                ("true", gettext_lazy("public pages")),
                ("false", gettext_lazy("drafts")),
            ]
        ),
    )


def undescribed(prefix: str = "") -> Q:
    """Pictures that are said to be described, and are not."""
    described = SiteImage.AltDecision.DESCRIBED
    return Q(**{f"{prefix}alt_decision": described, f"{prefix}description": ""})


def place_rows(user: Any, filters: dict[str, Any]) -> QuerySet[PictureUse]:
    """Pictures in pages that say nothing to those who do not see them."""
    rows = PictureUse.objects.filter(page__in=access.pages_of(user)).filter(
        Q(decision=PictureUse.Decision.HERE) | undescribed("image__")
    )
    if filters.get("decision"):
        rows = rows.filter(decision=filters["decision"])
    if filters.get("live") is not None:
        rows = rows.filter(page__live=filters["live"])
    rows = rows.select_related("page__locale", "page__content_type", "image")
    return rows.order_by("page__title", "page_id", "pk")


PLACES = Report(
    Export(
        code="missing-alternatives",
        label=gettext_lazy("Pictures without an alternative, in pages"),
        columns=[
            (gettext_lazy("Page"), lambda row: row.page.get_admin_display_title()),
            (gettext_lazy("Edit at"), lambda row: _edit_url(row.page)),
            (gettext_lazy("Public"), lambda row: row.page.live),
            (gettext_lazy("Place"), lambda row: row.place),
            (gettext_lazy("Picture"), lambda row: row.image.title),
            (gettext_lazy("What is missing"), lambda row: row.get_decision_display()),
            (gettext_lazy("Found on"), lambda row: row.found_at),
        ],
        rows=place_rows,
        may_export=access.is_editor,
        form=PlaceFilters,
    ),
    icon="image",
    note=gettext_lazy(
        "Drafts are read as well: describe the picture, or declare it decorative, before publishing."
    ),
    empty=gettext_lazy("Every picture in a page is described or declared decorative."),
    template="cms/admin/reports/missing-alternatives.html",
)


class PictureFilters(forms.Form):
    used = forms.NullBooleanField(
        label=gettext_lazy("Used"),
        required=False,
        widget=forms.Select(
            choices=[
                ("", gettext_lazy("all pictures")),
                ("true", gettext_lazy("in public pages")),
                ("false", gettext_lazy("nowhere public")),
            ]
        ),
    )


def picture_rows(user: Any, filters: dict[str, Any]) -> QuerySet[SiteImage]:
    """Pictures of the library that are neither described nor declared decorative."""
    uses = FileUse.objects.filter(kind=SiteImage.kind, file_id=OuterRef("pk"), page__live=True)
    rows = SiteImage.objects.filter(undescribed()).annotate(used=Exists(uses))
    if filters.get("used") is not None:
        rows = rows.filter(used=filters["used"])
    return rows.select_related("uploaded_by_user").order_by("-created_at", "-pk")


PICTURES = Report(
    Export(
        code="undescribed-pictures",
        label=gettext_lazy("Pictures of the library without a description"),
        columns=[
            (gettext_lazy("Picture"), lambda row: row.title),
            (
                gettext_lazy("Edit at"),
                lambda row: absolute(reverse("wagtailimages:edit", args=[row.pk])),
            ),
            (gettext_lazy("In a public page"), lambda row: row.used),
            (gettext_lazy("Sent by"), lambda row: row.uploaded_by_user or ""),
            (gettext_lazy("Sent on"), lambda row: row.created_at),
        ],
        rows=picture_rows,
        may_export=access.is_editor,
        form=PictureFilters,
    ),
    icon="image",
    note=gettext_lazy("Once described here, a picture is described everywhere it is shown."),
    empty=gettext_lazy("Every picture is described or declared decorative."),
    template="cms/admin/reports/undescribed-pictures.html",
)


# -- Age of content ---------------------------------------------------------------------------------


class AgeFilters(forms.Form):
    months = forms.IntegerField(
        label=gettext_lazy("Not seen for (months)"),
        required=False,
        min_value=1,
        max_value=240,
        initial=ages.DEFAULT_MONTHS,
        widget=forms.NumberInput(attrs={"placeholder": str(ages.DEFAULT_MONTHS)}),
    )
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Owner"), required=False, queryset=None, empty_label=gettext_lazy("all")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(m._meta.label_lower, str(m._meta.verbose_name)) for m in ages.lasting_types()]
        self.fields["type"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("all")),
            *sorted(types, key=lambda pair: pair[1]),
        ]
        owners = Page.objects.exclude(owner=None).values("owner")
        people = get_user_model()._default_manager.filter(pk__in=owners)
        self.fields["owner"].queryset = people.order_by("last_name", "first_name")  # type: ignore[attr-defined]


def age_rows(user: Any, filters: dict[str, Any]) -> QuerySet[Page]:
    rows = ages.not_seen_for(access.pages_of(user), filters.get("months") or ages.DEFAULT_MONTHS)
    if filters.get("type"):
        app, _dot, model = filters["type"].partition(".")
        rows = rows.filter(content_type=ContentType.objects.get_by_natural_key(app, model))
    if filters.get("owner"):
        rows = rows.filter(owner=filters["owner"])
    return rows.select_related("owner", "locale", "content_type", "review__by")


AGES = Report(
    Export(
        code="content-age",
        label=gettext_lazy("Age of the content"),
        columns=[
            (gettext_lazy("Page"), lambda row: row.get_admin_display_title()),
            (gettext_lazy("Edit at"), _edit_url),
            (gettext_lazy("Type"), lambda row: str(row.specific_class._meta.verbose_name)),
            (gettext_lazy("Owner"), lambda row: row.owner or ""),
            (gettext_lazy("Published on"), lambda row: row.last_published_at),
            (gettext_lazy("Checked on"), lambda row: row.reviewed_at),
        ],
        rows=age_rows,
        may_export=access.is_editor,
        form=AgeFilters,
    ),
    icon="time",
    note=gettext_lazy(
        "A page counts as seen when it is published, or when somebody says here that it is still true. "
        "Dated pages (news, events, articles of the Bulletin) are left out."
    ),
    empty=gettext_lazy("Every page was seen since then."),
    template="cms/admin/reports/content-age.html",
)

REPORTS = {report.slug: report for report in (LINKS, PLACES, PICTURES, AGES)}

for _report in REPORTS.values():
    registry.export_kinds.register(_report.slug, _report.export)


def counts(user: Any) -> dict[str, int]:
    """How much each report holds for this person, for the dashboard."""
    return {slug: report.export.rows(user, {}).count() for slug, report in REPORTS.items()}


def addresses_in_words() -> str:
    """How far the checking of other sites has come."""
    from .checking import is_on

    if not is_on():
        return _("Other sites are not asked on this installation.")
    states = dict(
        ExternalAddress.objects.values_list("state").annotate(count=Count("pk")).order_by()
    )
    total = sum(states.values())
    return _("%(checked)d addresses of other sites out of %(total)d were checked.") % {
        "checked": total - states.get(State.WAITING, 0),
        "total": total,
    }
