"""The screens where members of a Maison write their sheets. All of them need a sign-in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import TaskState

from accounts import moderation
from cms.meta import PageMeta

from . import adopting, catalogue, contributing, uploading
from .forms import AdoptionForm, SheetForm, StartForm, UploadForm, row_formsets, write_rows
from .models import Adoption, ProjectSheetPage
from .rules import maisons_of

PER_PAGE = 20
READ_OR_WRITE = ["GET", "HEAD", "POST"]


def _meta(title: str, below: bool = True) -> PageMeta:
    trail = [(_("Professional space"), reverse("pro:home"))]
    if below:
        trail.append((_("My initiatives"), reverse("initiatives:mine")))
    return PageMeta(title=title, breadcrumbs=trail, cache="private")


def _sheet(request: HttpRequest, key: Any, permission: str = "edit_sheet") -> ProjectSheetPage:
    """A sheet that this person may write; to anybody else it does not exist."""
    sheet = get_object_or_404(
        contributing.mine(request.user).select_related("locale", "contributed_by"),
        translation_key=key,
    )
    if not request.user.has_perm(f"initiatives.{permission}", sheet):
        raise Http404
    return sheet


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The sheets of one's Maisons and where each stands."""
    if not request.user.has_perm("initiatives.contribute"):
        raise PermissionDenied
    try:
        number = int(request.GET.get("page", "1"))
        page = Paginator(contributing.mine(request.user), PER_PAGE).page(number)
    except (ValueError, EmptyPage) as error:
        raise Http404 from error
    statuses = moderation.statuses(page.object_list)
    adoptions = Adoption.objects.filter(maison__in=maisons_of(request.user))
    context = {
        "page_meta": _meta(_("My initiatives"), below=False),
        "page": page,
        "rows": [(sheet, statuses[sheet.pk]) for sheet in page.object_list],
        "adoptions": adoptions.select_related("sheet__locale", "maison")[:PER_PAGE],
    }
    return render(request, "initiatives/pro/mine.html", context)


@login_required
@never_cache
@require_http_methods(READ_OR_WRITE)
def start(request: HttpRequest) -> HttpResponse:
    """Name a new sheet, in the name of one's Maison."""
    maisons = maisons_of(request.user)
    if not maisons:
        raise PermissionDenied
    form = StartForm(request.POST or None, maisons=maisons)
    if form.is_valid():
        data = form.cleaned_data
        try:
            sheet = contributing.start(request.user, data["maison"], data["title"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("initiatives:edit", sheet.translation_key)
    context = {"page_meta": _meta(_("A new initiative")), "form": form, "maisons": maisons}
    return render(request, "initiatives/pro/start.html", context)


@login_required
@never_cache
@require_http_methods(READ_OR_WRITE)
def edit(request: HttpRequest, key: Any) -> HttpResponse:
    """Write a sheet: save, look at it, propose it, take it back."""
    sheet = _sheet(request, key)
    status = moderation.status(sheet)
    action = request.POST.get("action", "save")
    if request.method == "POST" and action == "take_back":
        if contributing.take_back(sheet, request.user):
            messages.success(request, _("The sheet is yours again: change it, then propose it."))
        return redirect("initiatives:edit", key)
    if status.state == moderation.SUBMITTED:
        if request.method == "POST":
            messages.error(
                request, _("This sheet is being reviewed: take it back before you change it.")
            )
            return redirect("initiatives:edit", key)
        return _show(request, sheet, status, {})
    return _write(request, sheet, status, action)


def _write(
    request: HttpRequest, sheet: ProjectSheetPage, status: moderation.Status, action: str
) -> HttpResponse:
    draft = contributing.working_copy(sheet)
    posted = request.POST or None
    form = SheetForm(
        posted,
        sheet=draft,
        user=request.user,
        initial={"version": contributing.version_of(sheet)},
    )
    formsets = row_formsets(draft, posted)
    upload = UploadForm(posted, request.FILES or None)
    shown = {"form": form, "formsets": formsets, "upload": upload, "draft": draft}
    if request.method != "POST":
        return _show(request, sheet, status, shown)
    if not all([form.is_valid(), upload.is_valid(), *(f.is_valid() for f in formsets.values())]):
        return _show(request, sheet, status, shown)
    try:
        _save(request, sheet, draft, form, formsets, upload)
    except contributing.Stale as error:
        return _show(request, sheet, status, shown | _conflict(request, sheet, form, error))
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, sheet, status, shown)
    return _after(request, sheet, action)


def _save(
    request: HttpRequest,
    sheet: ProjectSheetPage,
    draft: ProjectSheetPage,
    form: SheetForm,
    formsets: dict[str, Any],
    upload: UploadForm,
) -> None:
    """Files first, outside the transaction that keeps the version; taken back if it cannot be kept."""
    version = form.cleaned_data["version"]
    if version != contributing.version_of(sheet):
        raise contributing.Stale(sheet.get_latest_revision())
    form.write_to(draft)
    write_rows(formsets, draft)
    files = uploading.store(upload, sheet, request.user)
    uploading.arrange(draft, request.POST, files, upload)
    try:
        contributing.save(draft, version, request.user)
    except Exception:
        uploading.forget(files)
        raise


def _after(request: HttpRequest, sheet: ProjectSheetPage, action: str) -> HttpResponse:
    """Where the button that was pressed leads, once the version is kept."""
    key = sheet.translation_key
    if action == "preview":
        return redirect("initiatives:preview", key)
    if action == "propose":
        try:
            contributing.propose(sheet, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, _("Proposed. Somebody reads it, and you are told what comes of it.")
            )
        return redirect("initiatives:edit", key)
    messages.success(request, _("Your draft is saved."))
    return redirect("initiatives:edit", key)


def _conflict(
    request: HttpRequest, sheet: ProjectSheetPage, form: SheetForm, error: contributing.Stale
) -> dict[str, Any]:
    """Their version beside each field that differs; saving again keeps this one, knowingly."""
    fresh = ProjectSheetPage.objects.get(pk=sheet.pk)
    theirs = SheetForm(sheet=contributing.working_copy(fresh), user=request.user)
    data: Any = form.data
    data = data.copy()
    data["version"] = contributing.version_of(fresh)
    form.data = data
    form.add_error(None, error)
    differing = [
        (form[name], theirs.initial.get(name) or "—")
        for name in ("title", "summary", "objectives", "actions", "results", "reuse", "stop_reason")
        if str(form.cleaned_data.get(name, "")).split()
        != str(theirs.initial.get(name) or "").split()
    ]
    return {"form": form, "differing": differing}


def _show(
    request: HttpRequest, sheet: ProjectSheetPage, status: moderation.Status, shown: dict[str, Any]
) -> HttpResponse:
    draft = shown.get("draft") or contributing.working_copy(sheet)
    context = {
        "page_meta": _meta(draft.title),
        "sheet": sheet,
        "draft": draft,
        "status": status,
        "missing": contributing.missing(draft),
        "comments": _comments(sheet),
        "pictures": [block.value for block in draft.pictures if block.value["image"]],
        "documents": [b.value["document"] for b in draft.files if b.value["document"]],
        "public_url": sheet.get_url(request) if sheet.live else "",
        **shown,
    }
    return render(request, "initiatives/pro/edit.html", context)


def _comments(sheet: ProjectSheetPage) -> list[TaskState]:
    """What moderators wrote, the newest first."""
    states = TaskState.objects.filter(workflow_state__in=sheet.workflow_states.all())
    return list(states.exclude(comment="").select_related("finished_by").order_by("-finished_at"))


@login_required
@never_cache
@require_safe
def preview(request: HttpRequest, key: Any) -> HttpResponse:
    """The draft exactly as it will be read."""
    sheet = _sheet(request, key)
    draft = contributing.working_copy(sheet)
    context = draft.get_context(request)
    context["page_meta"].robots = "noindex, nofollow"
    context["page_meta"].cache = "private"
    context["preview_of"] = {
        "label": _("Back to the form"),
        "url": reverse("initiatives:edit", args=[key]),
    }
    return render(request, draft.get_template(request), context)


@login_required
@never_cache
@require_http_methods(READ_OR_WRITE)
def discard(request: HttpRequest, key: Any) -> HttpResponse:
    """Throw away a draft that was never public, after a question."""
    sheet = _sheet(request, key, "discard_sheet")
    if request.method == "POST":
        contributing.discard(sheet, request.user)
        messages.success(request, _("The draft is in the bin: editors can bring it back."))
        return redirect("initiatives:mine")
    context = {"page_meta": _meta(_("Throw this draft away?")), "sheet": sheet}
    return render(request, "initiatives/pro/discard.html", context)


@login_required
@never_cache
@require_http_methods(READ_OR_WRITE)
def adopt(request: HttpRequest, key: Any) -> HttpResponse:
    """« We did it too », said of a public sheet in the name of one's Maison."""
    sheet = get_object_or_404(
        catalogue.sheets(request.user).select_related("locale"), translation_key=key
    )
    maisons = maisons_of(request.user)
    if not maisons:
        raise PermissionDenied
    own = contributing.mine(request.user).exclude(pk=sheet.pk)
    form = AdoptionForm(
        request.POST or None, maisons=maisons, sheets=own, initial={"maison": maisons[0].pk}
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            adopting.declare(
                sheet,
                data["maison"],
                request.user,
                year=data["year"],
                note=data["note"],
                own_sheet=data["own_sheet"],
            )
        except ValidationError as error:
            form.add_error("maison", error)
        else:
            messages.success(
                request, _("Thank you. Somebody reads it, and you are told what comes of it.")
            )
            return redirect("initiatives:mine")
    context = {
        "page_meta": _meta(_("We did it too")),
        "sheet": sheet,
        "form": form,
        "declared": Adoption.objects.filter(sheet=sheet, maison__in=maisons).select_related(
            "maison"
        ),
    }
    return render(request, "initiatives/pro/adopt.html", context)
