"""What changes the toolbox, each in one transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.notify import notify

from .models import ArticleChange, Follow, ToolboxArticlePage

CHANGED = "toolbox.changed"


def follow(user: Any, article: ToolboxArticlePage) -> None:
    Follow.objects.get_or_create(user=user, article_id=article.pk)


def unfollow(user: Any, article: ToolboxArticlePage) -> None:
    Follow.objects.filter(user=user, article_id=article.pk).delete()


@transaction.atomic
def mark_checked(article: ToolboxArticlePage, user: Any) -> None:
    """The article is right today: on its public page and in the draft that may wait behind it."""
    today = timezone.localdate()
    article = ToolboxArticlePage.objects.select_for_update(of=("self",)).get(pk=article.pk)
    draft = article.get_latest_revision_as_object()
    draft.checked_on = today
    if article.has_unpublished_changes:
        draft.save_revision(user=user, log_action=False, clean=False)
        article.checked_on = today
        article.save(update_fields=["checked_on"])
    else:
        revision = draft.save_revision(user=user, log_action=False, clean=False)
        # `may_check` decided: whoever is in charge may not have the right to publish.
        revision.publish(user=user, skip_permission_checks=True)
    log(instance=article, action="toolbox.check", user=user, data={"on": today.isoformat()})


@transaction.atomic
def tell_change(article: ToolboxArticlePage) -> ArticleChange | None:
    """Note what this publication changed and tell those who follow; None when nothing did.

    Worth telling: other files or versions, an archive, or words of the editors on what changed.
    """
    state = _state(article)
    last = article.changes.first()
    if last is not None and last.state == state:
        return None
    note = "" if last is None else _note(article, last.state, state)
    if last is not None and not note:
        last.state = state
        last.save(update_fields=["state"])
        return None
    change = ArticleChange.objects.create(article=article, state=state, note=note)
    if last is not None:
        _notify(article, change)
    return change


def _state(article: ToolboxArticlePage) -> dict[str, Any]:
    files = [
        [file.title, sorted(version.document_id for version in file.versions.all())]
        for file in article.files.all()
    ]
    return {"files": files, "archived": article.archived, "note": article.change_note}


def _note(article: ToolboxArticlePage, before: dict[str, Any], now: dict[str, Any]) -> str:
    """What changed, in words: the editors' own when they wrote some this time."""
    if now["note"] and now["note"] != before.get("note"):
        return str(now["note"])
    if now["archived"] and not before.get("archived"):
        return _("It is now an archive: what it says no longer applies.")
    held = {document for _title, versions in before.get("files", []) for document in versions}
    new = [title for title, versions in now["files"] if set(versions) - held]
    if new:
        return _("New version: %(files)s") % {"files": ", ".join(new)[:200]}
    return ""


def _notify(article: ToolboxArticlePage, change: ArticleChange) -> None:
    people = User.objects.filter(is_active=True, pk__in=article.follows.values("user_id"))
    url = article.get_url() or ""
    context = {"title": article.title, "note": change.note, "url": url}
    notify(CHANGED, people, context, key=f"toolbox:{article.pk}:{change.pk}")
