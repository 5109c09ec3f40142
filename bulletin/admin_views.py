"""Screens of the editors: the issues, composing one, previewing it, publishing it whole."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from . import preview, services
from .composing import CompositionConflict, Layout, arrange, composition_of
from .models import BulletinIndexPage, IssuePage, Section
from .rules import can_compose, can_publish_issue
from .state import issue_state


class ComposeForm(forms.Form):
    """The arrangement on the screen, and the version from which it was made.

    `place` is repeated, "section:article" each, in the order shown. `move` is "up:article" or
    "down:article" when one of these buttons was pressed.
    """

    version = forms.IntegerField(min_value=1)
    move = forms.RegexField(r"^(up|down):\d{1,18}$", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.places = data.getlist("place")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        layout: dict[str, list[int]] = {code: [] for code in Section.values}
        for place in self.places:
            section, _colon, article = place.partition(":")
            if section not in layout or not article.isdecimal() or len(article) > 18:
                raise forms.ValidationError(_("This arrangement cannot be read."))
            layout[section].append(int(article))
        if cleaned.get("move"):
            way, _colon, article = cleaned["move"].partition(":")
            _move(layout, int(article), -1 if way == "up" else 1)
        cleaned["layout"] = list(layout.items())
        return cleaned


def _move(layout: dict[str, list[int]], article: int, step: int) -> None:
    """One place up or down; from the end of a section, into the next one."""
    codes = list(layout)
    section = next((code for code in codes if article in layout[code]), None)
    if section is None:
        return
    rows = layout[section]
    here = rows.index(article)
    if 0 <= here + step < len(rows):
        rows[here], rows[here + step] = rows[here + step], rows[here]
        return
    beyond = codes.index(section) + step
    if 0 <= beyond < len(codes):
        rows.remove(article)
        target = layout[codes[beyond]]
        target.insert(len(target) if step < 0 else 0, article)


def _issue(request: HttpRequest, pk: int) -> IssuePage:
    """The issue, for somebody who may edit it."""
    issue = get_object_or_404(IssuePage.objects.select_related("locale"), pk=pk)
    if not can_compose(request.user, issue):
        raise PermissionDenied
    return issue


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """Every issue that this person may compose, newest first."""
    found = IssuePage.objects.select_related("locale").defer_streamfields()
    issues = [i for i in found.order_by("-display_date", "-pk") if can_compose(request.user, i)]
    if not issues and not BulletinIndexPage.objects.exists():
        raise PermissionDenied
    indexes = [
        index
        for index in BulletinIndexPage.objects.select_related("locale")
        if index.permissions_for_user(request.user).can_add_subpage()
    ]
    context = {"issues": issues, "indexes": indexes}
    return render(request, "bulletin/admin/issues.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    issue = _issue(request, pk)
    if request.method != "POST":
        return _compose_screen(request, issue)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    form = ComposeForm(request.POST)
    if not form.is_valid():
        text = " ".join(str(e) for errors in form.errors.values() for e in errors)
        if wants_json:
            return JsonResponse({"error": text}, status=400)
        messages.error(request, text)
        return redirect("bulletin_compose", pk)
    layout = form.cleaned_data["layout"]
    try:
        version = arrange(issue, request.user, form.cleaned_data["version"], layout)
    except CompositionConflict as conflict:
        if wants_json:
            return JsonResponse({"conflict": True}, status=409)
        return _compose_screen(request, issue, layout, conflict)
    if wants_json:
        return JsonResponse({"version": version})
    moved = form.cleaned_data.get("move")
    anchor = f"#article-{moved.partition(':')[2]}" if moved else ""
    if not moved:
        messages.success(request, _("The order of the issue is saved."))
    return redirect(reverse("bulletin_compose", args=[pk]) + anchor)


def _compose_screen(
    request: HttpRequest,
    issue: IssuePage,
    layout: Layout | None = None,
    conflict: CompositionConflict | None = None,
) -> HttpResponse:
    """In a conflict the arrangement of this editor stays on the screen, to be saved or given up."""
    version = conflict.version if conflict else composition_of(issue.pk).version
    if layout is not None:
        layout = _with_newcomers(issue, layout)
    context = {
        "issue": issue,
        "state": issue_state(issue, layout),
        "version": version,
        "conflict": conflict,
        "changes": _in_words(conflict) if conflict else [],
        "may_publish": can_publish_issue(request.user, issue),
        "may_add": issue.permissions_for_user(request.user).can_add_subpage(),
        "last_event": issue.events.select_related("by").first(),
    }
    template = "bulletin/admin/compose.html"
    return render(request, template, context, status=409 if conflict else 200)


def _with_newcomers(issue: IssuePage, layout: Layout) -> Layout:
    """This editor's arrangement, with the articles that came in meanwhile at the end of theirs."""
    from .composing import placements

    held = {article for _code, articles in layout for article in articles}
    rows = {code: list(articles) for code, articles in layout}
    for place in placements(issue):
        if place.article_id not in held:
            rows.setdefault(place.section, []).append(place.article_id)
    return list(rows.items())


def _in_words(conflict: CompositionConflict) -> list[dict[str, Any]]:
    """What the others did: who, when, and each move."""
    texts = {
        "moved": _("“%(article)s” moved in “%(section)s”"),
        "added": _("“%(article)s” added to “%(section)s”"),
        "removed": _("“%(article)s” removed"),
    }
    labels = dict(Section.choices)
    return [
        {
            "who": str(change.by) if change.by else _("Somebody"),
            "at": change.at,
            "what": [
                texts[move["action"]]
                % {"article": move["article"], "section": labels.get(move["section"], "")}
                for move in change.changes
            ],
        }
        for change in conflict.changes
    ]


@never_cache
@require_safe
def preview_issue(request: HttpRequest, pk: int) -> HttpResponse:
    return preview.render_issue(_issue(request, pk), request)


@never_cache
@require_safe
def preview_article(request: HttpRequest, pk: int, article_pk: int) -> HttpResponse:
    return preview.render_article(_issue(request, pk), article_pk, request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will become public, then do it on confirmation."""
    issue = _issue(request, pk)
    if not can_publish_issue(request.user, issue):
        raise PermissionDenied
    problems: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            event = services.publish_issue(issue, request.user)
        except services.IssueNotReady as error:
            problems = error.problems
        except services.IssueMoved:
            messages.error(
                request, _("Other editors are saving pages of this issue: try again in a moment.")
            )
        else:
            text = ngettext(
                "The issue is published: %(count)d page.",
                "The issue is published: %(count)d pages.",
                event.pages,
            )
            messages.success(request, text % {"count": event.pages})
            return redirect("bulletin_compose", pk)
    context = {"issue": issue, "state": issue_state(issue), "problems": problems}
    status = 422 if problems else 200
    return render(request, "bulletin/admin/publish.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    issue = _issue(request, pk)
    if not can_publish_issue(request.user, issue):
        raise PermissionDenied
    if request.method == "POST":
        event = services.unpublish_issue(issue, request.user)
        text = ngettext(
            "The issue is no longer public: %(count)d page.",
            "The issue is no longer public: %(count)d pages.",
            event.pages,
        )
        messages.success(request, text % {"count": event.pages})
        return redirect("bulletin_compose", pk)
    context = {"issue": issue, "state": issue_state(issue)}
    return render(request, "bulletin/admin/unpublish.html", context)
