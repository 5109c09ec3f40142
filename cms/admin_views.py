"""Admin screens of the foundation: the bin, background tasks, undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import Page

from . import bin, registry, tasks, undo
from .models import BinEntry


def may_use_bin(user) -> bool:
    """Whoever may delete some page may see the bin; each entry says who may restore it."""
    return user.is_superuser or user.has_perm("wagtailcore.delete_page") or _edits_pages(user)


def _edits_pages(user) -> bool:
    from wagtail.permissions import page_permission_policy

    return page_permission_policy.user_has_any_permission(
        user, ["change", "publish", "bulk_delete"]
    )


def may_run_tasks(user) -> bool:
    return user.is_superuser or user.has_perm("django_tasks_database.change_dbtaskresult")


def may_restore(user, entry: BinEntry) -> bool:
    if user.is_superuser:
        return True
    if entry.kind != bin.PAGE_KIND:
        kind = registry.bin_kinds.get(entry.kind)
        return bool(kind and kind.may_restore(user))
    parent = Page.objects.filter(pk=entry.payload.get("parent")).first()
    return bool(parent and parent.permissions_for_user(user).can_add_subpage())


@require_safe
def bin_list(request: HttpRequest) -> HttpResponse:
    if not may_use_bin(request.user):
        raise PermissionDenied
    entries = Paginator(BinEntry.objects.select_related("deleted_by"), 50).get_page(
        request.GET.get("p")
    )
    rows = [{"entry": entry, "may_restore": may_restore(request.user, entry)} for entry in entries]
    context = {"rows": rows, "entries": entries, "keep_days": bin.KEEP_DAYS}
    return render(request, "cms/admin/bin.html", context)


@require_POST
def bin_restore(request: HttpRequest, entry_uuid) -> HttpResponse:
    entry = get_object_or_404(BinEntry, uuid=entry_uuid)
    if not may_restore(request.user, entry):
        raise PermissionDenied
    try:
        bin.restore(entry, request.user)
    except bin.CannotRestore as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(label)s” is back where it was.") % {"label": entry.label})
    return redirect("cms_bin")


def bin_pages(request: HttpRequest, pages: list[Page]) -> HttpResponse:
    """Put pages in the bin on behalf of the admin's delete views, which checked nothing yet."""
    for page in pages:
        if not page.permissions_for_user(request.user).can_delete():
            raise PermissionDenied
    parent = pages[0].get_parent()
    for page in pages:
        bin.put_page(page, request.user)
    text = ngettext(
        "%(count)d page put in the bin, where it stays for %(days)d days.",
        "%(count)d pages put in the bin, where they stay for %(days)d days.",
        len(pages),
    ) % {"count": len(pages), "days": bin.KEEP_DAYS}
    messages.success(request, text)
    return redirect("wagtailadmin_explore", parent.pk)


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """What failed for good, with its cause and a way to try again; and what waits."""
    if not may_run_tasks(request.user):
        raise PermissionDenied
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    page = Paginator(failed, 50).get_page(request.GET.get("p"))
    for row in page:
        row.cause = row.traceback.strip().rpartition("\n")[2]  # type: ignore[attr-defined]
    context = {
        "failed": page,
        "waiting": DBTaskResult.objects.filter(status=TaskResultStatus.READY).count(),
        "running": DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count(),
    }
    return render(request, "cms/admin/tasks.html", context)


@require_POST
def task_retry(request: HttpRequest, task_id) -> HttpResponse:
    if not may_run_tasks(request.user):
        raise PermissionDenied
    if tasks.retry_now(task_id):
        log(
            instance=request.user,
            action="cms.task_retry",
            user=request.user,
            data={"id": str(task_id)},
        )
        messages.success(request, _("The task will run again within seconds."))
    else:
        messages.error(request, _("This task is no longer among the failed ones."))
    return redirect("cms_tasks")


def undo_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say what would come back, then do it on confirmation."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    target = undo.earlier_revision(page)
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if target is None:
        messages.error(request, _("There is no earlier version to go back to."))
        return redirect(edit_url)
    if request.method != "POST":
        context = {"page": page, "target": target, "edit_url": edit_url}
        return render(request, "cms/admin/undo.html", context)
    try:
        undo.undo_last_change(page, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("The draft is as it was before the last change. Publish it to show it.")
        )
    return redirect(edit_url)
