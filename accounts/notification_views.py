"""The page of one's notifications, and of how one wants to be told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.meta import PageMeta

from . import notify
from .models import Frequency, Notification, NotificationPreference


class ChoiceForm(forms.Form):
    """One kind: on the site or not, by e-mail how often."""

    site = forms.BooleanField(required=False)
    mail = forms.ChoiceField(choices=Frequency.choices)


@login_required
@never_cache
def notifications(request: HttpRequest) -> HttpResponse:
    """Everything one was told, newest first."""
    rows = Notification.objects.filter(user=request.user, on_site=True)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    meta = PageMeta(title=_("My notifications"), cache="private")
    return render(
        request, "accounts/notifications.html", {"notifications": page, "page_meta": meta}
    )


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    Notification.objects.filter(user=request.user, read_at=None).update(read_at=timezone.now())
    return redirect("accounts_notifications")


@login_required
@never_cache
def open_notification(request: HttpRequest, notification_uuid) -> HttpResponse:
    """Mark one as read and go where it leads."""
    row = get_object_or_404(Notification, uuid=notification_uuid, user=request.user)
    if row.read_at is None:
        Notification.objects.filter(pk=row.pk).update(read_at=timezone.now())
    if row.url and url_has_allowed_host_and_scheme(row.url, allowed_hosts=None):
        return redirect(row.url)
    return redirect("accounts_notifications")


@login_required
@never_cache
def choices(request: HttpRequest) -> HttpResponse:
    """How one wants to be told, by kind."""
    held = {row.kind: row for row in NotificationPreference.objects.filter(user=request.user)}
    lines: list[dict[str, Any]] = []
    for kind in notify.kinds():
        row = held.get(kind.code)
        initial = {"site": row.site if row else kind.site, "mail": row.mail if row else kind.mail}
        data = request.POST if request.method == "POST" else None
        form = ChoiceForm(data, initial=initial, prefix=kind.code)
        frequencies = notify.frequencies(kind)
        form.fields["mail"].choices = frequencies  # type: ignore[attr-defined]
        lines.append({"kind": kind, "form": form, "initial": initial, "frequencies": frequencies})
    if request.method == "POST" and all(line["form"].is_valid() for line in lines):
        for line in lines:
            notify.choose(request.user, line["kind"].code, **line["form"].cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("accounts_notification_choices")
    meta = PageMeta(title=_("How to be told"), cache="private")
    context = {"lines": lines, "page_meta": meta}
    return render(request, "accounts/notification_choices.html", context)
