"""One's own account, and the doors that lead to the one sign-in."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, UpdateView
from wagtail.log_actions import log

from cms.meta import PageMeta

from . import invitations, second_factor
from . import personal_data as data
from .forms import AcceptForm, EraseForm, ProfileForm
from .models import Invitation, User
from .roles import roles_of
from .services import described


def _meta(title: str) -> PageMeta:
    return PageMeta(title=title, cache="private", robots="noindex, nofollow")


# -- Doors ---------------------------------------------------------------------
@csrf_exempt
@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail would ask for a password: whatever is sent here, one signs in elsewhere."""
    if request.user.is_authenticated:
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied(_("Your roles do not open the administration."))
        return HttpResponseRedirect(_next(request) or reverse("wagtailadmin_home"))
    return _to_sign_in(request)


@csrf_exempt
@never_cache
def page_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends those who may not read a restricted page."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("This page is reserved to others than you."))
    return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    url, asked = reverse("account_login"), _next(request)
    return HttpResponseRedirect(f"{url}?{urlencode({'next': asked})}" if asked else url)


def _next(request: HttpRequest) -> str:
    url = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )
    return url if safe else ""


@never_cache
@login_required
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Tells those who must have a second factor why, and how to set one up."""
    if not second_factor.is_required(request.user) or second_factor.is_set_up(request.user):
        return redirect("mfa_index")
    context = {"page_meta": _meta(_("One more lock for your account"))}
    return render(request, "accounts/second_factor_needed.html", context)


# -- Invitation ------------------------------------------------------------------
@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptView(FormView[AcceptForm]):
    """Open the account that an invitation offers."""

    form_class = AcceptForm
    template_name = "accounts/accept.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.invitation = Invitation.objects.for_token(kwargs["token"])
        if self.invitation is None:
            context = {"page_meta": _meta(_("This invitation is closed"))}
            return render(request, "accounts/invitation_closed.html", context, status=404)
        response = super().dispatch(request, *args, **kwargs)
        # The address holds the token: it goes to no other site.
        response["Referrer-Policy"] = "same-origin"
        return response

    def get_initial(self) -> dict[str, Any]:
        names = {"first_name", "last_name"}
        return {name: getattr(self.invitation, name) for name in names}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "email": self.invitation.email}

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        chosen = {k: v for k, v in form.cleaned_data.items() if k != "password_again"}
        try:
            user = invitations.accept(self.kwargs["token"], **chosen)
        except invitations.InvitationClosed:
            return redirect(self.request.path)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if self.request.user.is_authenticated:
            logout(self.request)
        record_authentication(self.request, user, "password", email=user.email)
        messages.success(self.request, _("Your account is open. Welcome to the network."))
        return perform_login(self.request, user, email=user.email)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            invitation=self.invitation,
            grants=invitations.labels(self.invitation),
            page_meta=_meta(_("Open your account")),
            **kwargs,
        )


# -- One's own account -----------------------------------------------------------
@method_decorator(never_cache, name="dispatch")
class ProfileView(LoginRequiredMixin, UpdateView[User, ProfileForm]):
    """Name, language, roles, and the way to everything else about one's account."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("account_profile")

    def get_object(self, queryset: Any = None) -> User:
        # A copy: what is typed wrong must not show as the name in the header.
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        response = super().form_valid(form)
        log(instance=self.object, action="wagtail.edit", user=self.object)
        messages.success(self.request, _("Your profile is saved."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = [(described(h.role, h.scope), h.ends_at) for h in roles_of(self.request.user)]
        return super().get_context_data(roles=held, page_meta=_meta(_("My account")), **kwargs)


@login_required
@never_cache
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is held about oneself, and for how long."""
    context = {"page_meta": _meta(_("My data"))}
    return render(request, "accounts/personal_data.html", context)


@never_cache
@login_required
@reauthentication_required
def personal_data_file(request: HttpRequest) -> HttpResponse:
    """Everything held about oneself, as JSON."""
    log(instance=request.user, action="accounts.export", user=request.user)
    response = JsonResponse(
        data.export(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@method_decorator([never_cache, login_required, reauthentication_required], name="dispatch")
class EraseView(FormView[EraseForm]):
    """Erase one's own account."""

    form_class = EraseForm
    template_name = "accounts/erase.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: EraseForm) -> HttpResponse:
        try:
            data.erase(self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        logout(self.request)
        messages.success(self.request, _("Your account is erased."))
        return redirect(get_adapter().get_logout_redirect_url(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page_meta=_meta(_("Erase my account")), **kwargs)
