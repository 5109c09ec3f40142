"""People and invitations in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import ModelLogEntry

from . import invitations, personal_data, second_factor, services
from .admin_forms import GrantForm, InviteForm
from .links import password_link
from .models import Invitation, RoleAssignment, User
from .roles import roles_of
from .rules import roles_to_give


def _person(request: HttpRequest, uuid: Any, permission: str = "accounts.manage_person") -> User:
    """The person, if the one who asks may do this to them."""
    person = get_object_or_404(User, uuid=uuid, erased_at=None)
    if not request.user.has_perm(permission, person):
        raise PermissionDenied
    return person


def _manager(request: HttpRequest) -> None:
    if not request.user.has_perm("accounts.manage_people"):
        raise PermissionDenied


def person(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One person: who, which roles and since when, and what may be done. POST gives a role."""
    who = _person(request, uuid)
    form = GrantForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = {k: form.cleaned_data[k] for k in ("role", "scope", "starts_at", "ends_at")}
        try:
            services.grant(who, **chosen, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("accounts_person", who.uuid)
    context = {
        "person": who,
        "form": form,
        "assignments": _assignments(request, who),
        "elsewhere": [h for h in roles_of(who) if h.label],
        "has_second_factor": second_factor.is_set_up(who),
        "may_deactivate": request.user.has_perm("accounts.deactivate_person", who),
        "may_reset": request.user.has_perm("accounts.reset_second_factor", who),
        "may_erase": request.user.has_perm("accounts.erase_person", who),
        "entries": ModelLogEntry.objects.for_instance(who).select_related("user")[:20],
    }
    return render(request, "accounts/admin/person.html", context)


def _assignments(request: HttpRequest, who: User) -> list[dict[str, Any]]:
    given = roles_to_give(request.user)
    rows = who.role_assignments.select_related("granted_by").order_by("-starts_at")
    return [
        {
            "row": row,
            "label": services.described(row.role, row.scope),
            "may_end": row.role in given and not (row.ends_at and not row.is_in_force),
        }
        for row in rows
    ]


@require_POST
def end_role(request: HttpRequest, uuid: Any) -> HttpResponse:
    who = _person(request, uuid)
    number = request.POST.get("assignment", "")
    if not number.isdecimal():
        raise PermissionDenied
    assignment = get_object_or_404(RoleAssignment, user=who, pk=number)
    if assignment.role not in roles_to_give(request.user):
        raise PermissionDenied
    services.revoke(assignment, by=request.user)
    messages.success(request, _("The role has ended."))
    return redirect("accounts_person", who.uuid)


@require_POST
def set_active(request: HttpRequest, uuid: Any) -> HttpResponse:
    who = _person(request, uuid, "accounts.deactivate_person")
    active = request.POST.get("active") == "yes"
    services.set_active(who, active, by=request.user)
    messages.success(
        request,
        _("This person may sign in again.") if active else _("This person can no longer sign in."),
    )
    return redirect("accounts_person", who.uuid)


@require_POST
def reset_second_factor(request: HttpRequest, uuid: Any) -> HttpResponse:
    who = _person(request, uuid, "accounts.reset_second_factor")
    services.reset_second_factor(who, by=request.user)
    messages.success(
        request, _("The second factors are taken away; the person was told by e-mail.")
    )
    return redirect("accounts_person", who.uuid)


@require_POST
def send_password_link(request: HttpRequest, uuid: Any) -> HttpResponse:
    """To the person's own address: nobody else reads it."""
    who = _person(request, uuid)
    services.send_password_link(who, password_link(who), by=request.user)
    messages.success(request, _("The link was sent to %(email)s.") % {"email": who.email})
    return redirect("accounts_person", who.uuid)


def erase(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Erase the account of somebody who asked for it, after a confirmation."""
    who = _person(request, uuid, "accounts.erase_person")
    if request.method != "POST":
        return render(request, "accounts/admin/erase.html", {"person": who})
    try:
        personal_data.erase(who, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts_person", who.uuid)
    messages.success(request, _("The account is erased."))
    return redirect("wagtailusers_users:index")


# -- Invitations -----------------------------------------------------------------
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    _manager(request)
    rows = Invitation.objects.select_related("invited_by", "accepted_by")
    page = Paginator(rows, 30).get_page(request.GET.get("p"))
    for row in page:
        row.words = _words(row)  # type: ignore[attr-defined]
    return render(request, "accounts/admin/invitations.html", {"invitations": page})


def _words(invitation: Invitation) -> str:
    try:
        return ", ".join(invitations.labels(invitation)) or "–"
    except ValidationError as error:
        return " ".join(error.messages)


def invite(request: HttpRequest) -> HttpResponse:
    _manager(request)
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        who = {k: form.cleaned_data[k] for k in ("email", "first_name", "last_name", "language")}
        try:
            invitations.invite(**who, grants=form.grants(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The invitation is sent to %(email)s.") % who)
            return redirect("accounts_invitations")
    return render(request, "accounts/admin/invite.html", {"form": form})


@require_POST
def invitation_resend(request: HttpRequest, uuid: Any) -> HttpResponse:
    _manager(request)
    invitation = get_object_or_404(Invitation, uuid=uuid)
    try:
        invitations.resend(invitation, by=request.user)
    except invitations.InvitationClosed:
        messages.error(request, _("This invitation is closed."))
    else:
        messages.success(request, _("The invitation is sent again, with a new link."))
    return redirect("accounts_invitations")


@require_POST
def invitation_take_back(request: HttpRequest, uuid: Any) -> HttpResponse:
    _manager(request)
    invitations.take_back(get_object_or_404(Invitation, uuid=uuid), by=request.user)
    messages.success(request, _("The invitation is taken back: its link opens nothing."))
    return redirect("accounts_invitations")
