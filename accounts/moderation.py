"""Moderation: what somebody without the right to publish has written is read before it is public.

One Wagtail workflow, one step: anybody of the editors, chief editors or national team approves (the
latest version is published) or sends back with a comment. See `docs/moderation.md`.

    class ProjectSheetPage(Moderated, BasePage): ...

    moderation.submit(page, user)      # after saving a revision
    moderation.withdraw(page, user)    # the author takes it back, to change it
    moderation.status(page)            # Status(state, comment, since) for the author's screen
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowState, WorkflowTask

from .groups import group_for
from .models import User
from .notify import notify
from .scopes import ADMINISTRATOR, CHIEF_EDITOR, EDITOR, NATIONAL_TEAM

NAME = "Modération"
MODERATORS = (EDITOR, CHIEF_EDITOR, NATIONAL_TEAM, ADMINISTRATOR)

DRAFT, SUBMITTED, REFUSED, PUBLISHED = "draft", "submitted", "refused", "published"


class Moderated:
    """Mixin of page types that go through moderation, before their page class.

    A page type may say where its authors follow it, `get_author_url()`, and who they are beside the
    owner and the one who submitted, `get_authors()`.
    """

    def get_workflow(self) -> Workflow | None:
        return workflow()

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None


@dataclass(frozen=True)
class Status:
    """Where a page stands for its author.

    state: "draft", "submitted", "refused" (sent back, `comment` says why) or "published".
    """

    state: str
    comment: str = ""
    since: datetime | None = None

    @cached_property
    def label(self) -> str:
        return {
            DRAFT: _("Draft"),
            SUBMITTED: _("Being reviewed"),
            REFUSED: _("To be changed"),
            PUBLISHED: _("Published"),
        }[self.state]


def workflow() -> Workflow | None:
    """The workflow, missing only if somebody of the national team switched it off."""
    return Workflow.objects.active().filter(name=NAME).first()


@transaction.atomic
def sync_moderation() -> None:
    """Make the workflow, its step and the groups of that step. Idempotent; runs after `migrate`."""
    task = GroupApprovalTask.objects.filter(name=NAME).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=NAME)
    task.groups.set(group_for(role) for role in MODERATORS)
    flow = Workflow.objects.get_or_create(name=NAME)[0]
    WorkflowTask.objects.get_or_create(workflow=flow, task=task)


@transaction.atomic
def submit(page: Any, user: Any) -> WorkflowState:
    """Ask the moderators to publish the latest version of this page; they are told.

    A page that was sent back takes up its review again; one that is being reviewed is left as it is.
    Raises PermissionDenied when moderation is switched off or nothing was written.
    """
    state = _locked_state(page)
    if state is None:
        flow = workflow()
        if flow is None or page.get_latest_revision() is None:
            raise PermissionDenied
        return flow.start(page, user)
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        WorkflowState.objects.filter(pk=state.pk).update(requested_by=user)
        state.requested_by = user
        state.resume(user)
    return state


@transaction.atomic
def withdraw(page: Any, user: Any) -> bool:
    """Take a page back from the moderators. False when it was with nobody."""
    state = _locked_state(page)
    if state is None:
        return False
    state.cancel(user=user)
    return True


def status(page: Any) -> Status:
    """Where this page stands; the comment is that of who sent it back."""
    return statuses([page])[page.pk]


def statuses(pages: Any) -> dict[int, Status]:
    """The status of each page, by primary key, in one query."""
    pages = list(pages)
    found = {}
    states = WorkflowState.objects.active().filter(
        object_id__in=[str(page.pk) for page in pages],
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
    )
    for state in states.select_related("current_task_state"):
        task = state.current_task_state
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            comment = task.comment if task else ""
            since = task.finished_at if task else state.created_at
            found[int(state.object_id)] = Status(REFUSED, comment, since)
        else:
            found[int(state.object_id)] = Status(
                SUBMITTED, since=task.started_at if task else state.created_at
            )
    return {page.pk: found.get(page.pk) or _at_rest(page) for page in pages}


def _at_rest(page: Any) -> Status:
    if page.live and not page.has_unpublished_changes:
        return Status(PUBLISHED, since=page.last_published_at)
    return Status(DRAFT, since=page.latest_revision_created_at)


def _locked_state(page: Any) -> WorkflowState | None:
    """The review under way, held until the end of the transaction: two clicks make one."""
    return page.workflow_states.active().select_for_update(of=("self",)).first()


# -- Telling people. These take the place of Wagtail's own mails (see `connect`). --------------
def tell_moderators(instance: TaskState, user: Any = None, **_kwargs: Any) -> None:
    """Something waits for them."""
    task = instance.task.specific
    if not isinstance(task, GroupApprovalTask):
        return
    page = _page(instance.workflow_state)
    people = User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct()
    if user is not None:
        people = people.exclude(pk=user.pk)
    context = {"title": _title(page), "by": str(user or ""), "url": _editor_url(page)}
    notify("moderation.submitted", people, context, key=f"moderation:submitted:{instance.pk}")


def tell_refused(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    _tell_authors("moderation.refused", instance, user)


def tell_approved(instance: WorkflowState, user: Any = None, **_kwargs: Any) -> None:
    _tell_authors("moderation.approved", instance, user)


def _tell_authors(kind: str, state: WorkflowState, user: Any) -> None:
    page = _page(state)
    task = state.current_task_state
    authors = [state.requested_by, getattr(page, "owner", None)]
    if hasattr(page, "get_authors"):
        authors += page.get_authors()
    people = {author.pk: author for author in authors if author and author != user}
    context = {
        "title": _title(page),
        "comment": task.comment if task else "",
        "url": page.get_author_url() if hasattr(page, "get_author_url") else _editor_url(page),
    }
    notify(kind, people.values(), context, key=f"{kind}:{task.pk if task else state.pk}")


def _page(state: WorkflowState) -> Any:
    content = state.content_object
    return getattr(content, "specific", content)


def _title(page: Any) -> str:
    return str(page.get_admin_display_title() if hasattr(page, "draft_title") else page)


def _editor_url(page: Any) -> str:
    try:
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    except NoReverseMatch:
        return ""


def connect() -> None:
    """Listen to Wagtail's signals under the names of its own notifiers, which then stay out.

    Ours are connected first, since our apps start before Wagtail's: a signal keeps the first
    receiver of a name. `tests/accounts/test_moderation.py` fails if that ever changes.
    """
    from wagtail import signals

    signals.task_submitted.connect(
        tell_moderators,
        sender=TaskState,
        dispatch_uid="group_approval_task_submitted_email_notification",
    )
    signals.workflow_submitted.connect(
        _say_nothing,
        sender=WorkflowState,
        dispatch_uid="workflow_state_submitted_email_notification",
    )
    signals.workflow_rejected.connect(
        tell_refused,
        sender=WorkflowState,
        dispatch_uid="workflow_state_rejected_email_notification",
    )
    signals.workflow_approved.connect(
        tell_approved,
        sender=WorkflowState,
        dispatch_uid="workflow_state_approved_email_notification",
    )


def _say_nothing(**_kwargs: Any) -> None:
    """The moderators are told by `tell_moderators`."""
