"""The pages of discussions: one for each object, one's own list, and what moderators do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.listings import FilterForm, narrow
from cms.meta import PageMeta
from cms.ratelimit import allowed

from ..models import Message
from . import holding, queries, services
from .forms import (
    STATES,
    HideForm,
    MessageForm,
    ModerationFilters,
    PageForm,
    ReportForm,
    TextForm,
)
from .targets import moderates_something

A_MINUTE = 6
READ = ["GET", "HEAD", "POST"]


def _meta(title: str, *above: tuple[str, str]) -> PageMeta:
    trail = [(_("Professional space"), reverse("pro:home")), *above]
    return PageMeta(title=title, breadcrumbs=trail, robots="noindex, nofollow", cache="private")


def _list_trail() -> tuple[str, str]:
    return (_("Discussions"), reverse("threads:mine"))


# -- Reading and writing --------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(READ)
def discussion(request: HttpRequest, kind: str, key: Any) -> HttpResponse:
    """The discussion of one object, newest conversation first. Parameters: page, reponse."""
    found = queries.discussion(kind, key, request.user)
    if found is None:
        raise Http404
    asked = PageForm(request.GET)
    answers = _answered(found, asked.value("reponse"), request.user)
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        initial={"answers": answers.uuid if answers else None},
        has_moments=found.has_moments,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        answers = _answered(found, form.cleaned_data["answers"], request.user)
        if form.cleaned_data["answers"] and answers is None:
            form.add_error(None, _("The message that you answer is no longer there."))
        elif not allowed(request, "thread-post", A_MINUTE):
            form.add_error(None, _("That is many messages in a minute: wait a little."))
            status = 429
        else:
            try:
                return _post(request, found, form, answers)
            except services.CannotDo as error:
                form.add_error(None, error)
                status = 409
    context = {
        "page_meta": _meta(found.target.title, _list_trail()),
        "found": found,
        "page": queries.page_of(found, request.user, asked.value("page") or 1),
        "asked": asked,
        "form": form,
        "answers": answers,
        "rule_of": holding.RULE_OF,
    }
    return render(request, "accounts/threads/discussion.html", context, status=status)


def _answered(found: queries.Discussion, uuid: Any, user: Any) -> Message | None:
    if not uuid or found.thread is None:
        return None
    rows = Message.objects.visible_to(user).filter(thread=found.thread, state=Message.State.SHOWN)
    return rows.select_related("author").filter(uuid=uuid).first()


def _post(
    request: HttpRequest, found: queries.Discussion, form: MessageForm, answers: Message | None
) -> HttpResponse:
    message = services.post(
        request.user,
        found.kind,
        found.key,
        form.cleaned_data["text"],
        submission=form.cleaned_data["submission"],
        answers=answers,
        moment=form.cleaned_data.get("moment"),
        is_question=form.cleaned_data.get("is_question", False),
    )
    if message.state == Message.State.HELD:
        said = _(
            "Your message is kept: a moderator reads it before the others do. You will be told."
        )
        messages.info(request, said)
    if request.POST.get("retour") == "page":
        # Written on the page of what is discussed: one goes on there.
        return redirect(f"{found.target.url}#discussion")
    return redirect(message)


@login_required
@never_cache
@require_safe
def message(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The permalink of a message: the page of the discussion on which it stands."""
    row = _seen(request, uuid)
    number = queries.page_number(row, request.user)
    query = f"?page={number}" if number > 1 else ""
    return redirect(f"{row.thread.get_absolute_url()}{query}#message-{row.uuid}")


def _seen(request: HttpRequest, uuid: Any) -> Message:
    rows = Message.objects.visible_to(request.user).exclude(text="")
    row: Message = get_object_or_404(rows.select_related("thread", "author"), uuid=uuid)
    return row


@login_required
@never_cache
@require_http_methods(READ)
def correct(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Correct one's own message, within the hour."""
    row = _seen(request, uuid)
    if not services.may_correct(row, request.user):
        raise PermissionDenied(_("A message is corrected by its author, within the hour."))
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    return _with_text(
        request, row, form, "text", services.correct, _("Correct my message"), _("Save")
    )


@login_required
@never_cache
@require_http_methods(READ)
def hide(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A moderator hides a message and says why."""
    row = _seen(request, uuid)
    if not services.moderates(request.user, row.thread):
        raise PermissionDenied
    form = HideForm(request.POST if request.method == "POST" else None)
    title, label = _("Hide this message"), _("Hide")
    return _with_text(request, row, form, "reason", services.hide, title, label)


@login_required
@never_cache
@require_http_methods(READ)
def report(request: HttpRequest, uuid: Any) -> HttpResponse:
    """A reader reports a message."""
    row = _seen(request, uuid)
    form = ReportForm(request.POST if request.method == "POST" else None)
    title, label = _("Report this message"), _("Report")
    return _with_text(request, row, form, "reason", services.report, title, label)


def _with_text(
    request: HttpRequest,
    row: Message,
    form: Any,
    name: str,
    act: Any,
    title: str,
    label: str,
) -> HttpResponse:
    """A small page that asks for a text, then does something with the message."""
    status = 200
    if request.method == "POST" and form.is_valid():
        if not allowed(request, "thread-act", A_MINUTE * 2):
            form.add_error(None, _("That is much in a minute: wait a little."))
            status = 429
        else:
            try:
                act(row, request.user, form.cleaned_data[name])
            except services.CannotDo as error:
                form.add_error(None, error)
                status = 409
            else:
                messages.success(request, SAID[act.__name__]())
                return _back(request, row)
    thread = row.thread
    found = queries.discussion(thread.target_kind, thread.target_key, request.user)
    above = (found.target.title, thread.get_absolute_url()) if found else ("", "")
    context = {
        "page_meta": _meta(title, _list_trail(), above),
        "message": row,
        "form": form,
        "label": label,
        "back": "moderation" if request.GET.get("retour") == "moderation" else "",
    }
    return render(request, "accounts/threads/act.html", context, status=status)


SAID = {
    "correct": lambda: _("Your message is corrected."),
    "hide": lambda: _("The message is hidden; its author reads why. You can show it again."),
    "report": lambda: _("The moderators are told. Thank you."),
    "withdraw": lambda: _("Your message is withdrawn. You can put it back for 30 days."),
    "put_back": lambda: _("Your message is back."),
    "restore": lambda: _("The message is shown again."),
    "publish": lambda: _("The message is shown; its author is told."),
    "dismiss": lambda: _("The report is closed: the message stays."),
}
ACTS = {
    "retirer": services.withdraw,
    "remettre": services.put_back,
    "retablir": services.restore,
    "publier": services.publish,
    "sans-suite": services.dismiss,
}


@login_required
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """What one click does with a message."""
    if act not in ACTS:
        raise Http404
    row = _seen(request, uuid)
    try:
        ACTS[act](row, request.user)
    except services.CannotDo as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, SAID[ACTS[act].__name__]())
    return _back(request, row)


def _back(request: HttpRequest, row: Message) -> HttpResponse:
    """Where it was done: the list of moderators, or the message in its discussion."""
    if request.POST.get("retour") == "moderation":
        return redirect("threads:to_moderate")
    still = Message.objects.visible_to(request.user).filter(pk=row.pk).exists()
    return redirect(row if still else row.thread)


@login_required
@require_POST
def change(request: HttpRequest, kind: str, key: Any, act: str) -> HttpResponse:
    """Follow a discussion or not; for moderators, close it or open it again."""
    found = queries.discussion(kind, key, request.user)
    if found is None:
        raise Http404
    if act == "suivre":
        services.follow(request.user, kind, key)
        messages.success(request, _("You will be told of each new message."))
    elif act == "ne-plus-suivre":
        services.unfollow(request.user, kind, key)
        messages.success(request, _("You will be told of nothing more here."))
    elif act in ("fermer", "rouvrir") and found.thread is not None:
        if act == "fermer":
            services.close(found.thread, request.user)
        else:
            services.reopen(found.thread, request.user)
    else:
        raise Http404
    return redirect("threads:discussion", kind, key)


# -- Lists ----------------------------------------------------------------------------------------


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The discussions that one follows or wrote in."""
    listing = narrow(queries.mine(request.user), FilterForm(request.GET))
    threads = list(listing.page.object_list)
    targets = queries.targets_of(threads, request.user)
    context = {
        "page_meta": _meta(_("Discussions")),
        "listing": listing,
        "threads": [(row, targets[row.pk]) for row in threads if row.pk in targets],
        "to_moderate": queries.to_moderate(request.user).count(),
    }
    return render(request, "accounts/threads/mine.html", context)


@login_required
@never_cache
@require_safe
def to_moderate(request: HttpRequest) -> HttpResponse:
    """What waits for this moderator; with ?etat=, what was reported, or hidden lately."""
    if not moderates_something(request.user):
        raise PermissionDenied
    form = ModerationFilters(request.GET)
    state = form.value("etat") or ""
    rows = queries.with_judgment(queries.to_moderate(request.user, state))
    listing = narrow(rows, form)
    shown = list(listing.page.object_list)
    targets = queries.targets_of(
        {row.thread_id: row.thread for row in shown}.values(), request.user
    )
    context = {
        "page_meta": _meta(_("Messages to moderate"), _list_trail()),
        "listing": listing,
        "rows": [(row, targets.get(row.thread_id)) for row in shown],
        "tabs": _tabs(request, state),
        "state": state,
    }
    return render(request, "accounts/threads/to_moderate.html", context)


def _tabs(request: HttpRequest, state: str) -> list[dict[str, Any]]:
    address = reverse("threads:to_moderate")
    count = queries.to_moderate(request.user).count()
    waiting = ngettext("%(n)d waits", "%(n)d wait", count) % {"n": count}
    names = [("", waiting), *STATES]
    return [
        {
            "label": label,
            "url": f"{address}?etat={code}" if code else address,
            "current": code == state,
        }
        for code, label in names
    ]
