"""The network in the Wagtail admin, for the national team."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.snippets.views.snippets import SnippetViewSet

from .forms import EndForm, JoinForm, MaisonForm
from .models import ContactRequest, HostOrganisation, Maison, Membership, Operator

_SOURCE = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")])],
    heading=_("Where this is known from"),
)


class MaisonViewSet(SnippetViewSet):
    model = Maison
    icon = "home"
    menu_label = _("Maisons")
    list_display = [
        "name",
        "commune",
        Column("department", label=_("Department")),
        "status",
        UpdatedAtColumn(),
    ]
    list_filter = ["status", "label", "commune__department"]
    search_fields = ["search_text", "slug"]
    ordering = ["slug"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("label")]),
        FieldPanel("description"),
        FieldPanel("host_organisation"),
        FieldPanel("operators"),
        FieldPanel("services"),
        MultiFieldPanel(
            [
                FieldPanel("commune"),
                FieldRowPanel([FieldPanel("address"), FieldPanel("postcode")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Place"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("website"),
                FieldPanel("opening_hours"),
            ],
            heading=_("Contact and hours"),
        ),
        _SOURCE,
    ]

    edit_handler = ObjectList(panels, base_form_class=MaisonForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Maison]:
        return Maison.objects.visible_to(request.user).select_related("commune__department")


class OperatorViewSet(ModelViewSet):
    model = Operator
    icon = "group"
    menu_label = _("Operators")
    list_display = ["name", "short_name", "kind", "active"]
    list_filter = ["kind", "active"]
    search_fields = ["name", "short_name", "current_name"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("short_name")]),
        FieldPanel("current_name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("active")]),
        FieldPanel("url"),
        _SOURCE,
    ]


class HostOrganisationViewSet(ModelViewSet):
    model = HostOrganisation
    icon = "group"
    menu_label = _("Host organisations")
    list_display = ["name", "kind", "department"]
    list_filter = ["kind"]
    search_fields = ["name"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("department"),
        FieldPanel("url"),
        _SOURCE,
    ]


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "user"
    menu_label = _("Memberships")
    list_display = ["user", "maison", "role", "starts_at", "ends_at"]
    list_filter = ["role"]
    search_fields = ["user__email", "user__last_name", "maison__name"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return EndForm if for_update else JoinForm


class ContactRequestViewSet(ModelViewSet):
    """All requests, to look at and to erase on demand; they are answered in the professional space."""

    model = ContactRequest
    icon = "mail"
    menu_label = _("Contact requests")
    list_display = [
        "created_at",
        Column("kind_label", label=_("Subject")),
        "state",
        "desk",
        "maison",
        "department",
        "handled_by",
    ]
    list_filter = ["state", "desk", "department"]
    ordering = ["-created_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["created_at", "kind", "about", "message", "state", "desk", "answered_at"]
    form_fields = ["state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactRequest]:
        found = ContactRequest.objects.visible_to(request.user)
        return found.select_related("maison", "department", "handled_by")


class NetworkGroup(ModelViewSetGroup):
    menu_label = _("Network")
    menu_icon = "site"
    menu_order = 250
    items = (
        MaisonViewSet,
        HostOrganisationViewSet,
        OperatorViewSet,
        MembershipViewSet,
        ContactRequestViewSet,
    )
