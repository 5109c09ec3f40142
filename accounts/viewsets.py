"""People in the Wagtail admin: the list, and what takes the place of Wagtail's own forms."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.users.views.users import IndexView, UserViewSet

from .models import User
from .roles import holders, role_codes_of
from .scopes import MEMBERSHIP_ROLES, ROLES, role_label


class PeopleFilterSet(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("Active"))
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        method="with_role",
        choices=lambda: [(code, role_label(code)) for code in (*ROLES, *MEMBERSHIP_ROLES)],
    )

    def with_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(pk__in=holders(value).values("pk"))

    class Meta:
        model = User
        fields: list[str] = []


class PeopleIndex(IndexView):
    """Everybody who has an account, by name; erased accounts are left out."""

    page_title = _("People")
    default_ordering = "name"
    any_permission_required = ["view"]
    paginate_by = 30

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", accessor=str, label=_("Name"), sort_key="name", get_url=person_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", accessor="roles_in_words", label=_("Roles")),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(_("Invite somebody"), url=reverse("accounts_invite"), icon_name="plus"),
            HeaderButton(_("Invitations"), url=reverse("accounts_invitations"), icon_name="mail"),
        ]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        # Without what Wagtail's own list of users adds for its filter of groups.
        return super(IndexView, self).get_filterset_kwargs()

    def get_table(self, object_list: Any) -> Any:
        held = role_codes_of(object_list)
        for user in object_list:
            labels = sorted(role_label(code) for code in held[user.pk])
            user.roles_in_words = ", ".join(labels) or "–"
        return super().get_table(object_list)

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.filter(erased_at=None).select_related("wagtail_userprofile")

    def get_edit_url(self, instance: User) -> str:
        return person_url(instance)

    def get_delete_url(self, instance: User) -> None:
        return None

    def get_list_buttons(self, instance: User) -> list[Any]:
        return []


def person_url(user: User) -> str:
    return reverse("accounts_person", args=[user.uuid])


def to_person(request: HttpRequest, pk: str) -> HttpResponse:
    """Wagtail links to people by number from its reports."""
    return redirect(person_url(get_object_or_404(User, pk=pk)))


def to_invitation(request: HttpRequest) -> HttpResponse:
    return redirect("accounts_invite")


class PeopleViewSet(UserViewSet):
    menu_label = _("People")
    menu_order = 100
    filterset_class = PeopleFilterSet
    index_view_class = PeopleIndex
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        # Wagtail's forms for users do not exist: their addresses lead to ours.
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", to_invitation, name="add"),
            path("edit/<str:pk>/", to_person, name="edit"),
            path("history/<str:pk>/", to_person, name="history"),
            path("delete/<str:pk>/", to_person, name="delete"),
        ]
