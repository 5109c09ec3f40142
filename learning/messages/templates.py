"""What changes the words of messages."""

from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from ..models import MessageKind, MessageTemplate
from .originals import original


def ensure() -> None:
    """A row for each message and language, after each `migrate`: what the admin lists."""
    held = set(MessageTemplate.objects.values_list("kind", "language"))
    MessageTemplate.objects.bulk_create(
        MessageTemplate(kind=kind, language=language)
        for language, _label in settings.LANGUAGES
        for kind in MessageKind.values
        if (kind, language) not in held
    )


def as_kept(template: MessageTemplate) -> MessageTemplate:
    """Empty when it says what the original says, so that a better original reaches it."""
    words = original(template.kind, template.language)
    body = template.body.replace("\r\n", "\n").strip()
    if (template.subject.strip(), body) in {(words.subject, words.body), ("", "")}:
        template.subject = template.body = ""
    else:
        template.body = body
    return template


@transaction.atomic
def back_to_original(template: MessageTemplate, *, by: Any) -> None:
    """Forget what was rewritten. The history keeps it, and gives it back."""
    if not template.subject:
        return
    if template.latest_revision is None:
        template.save_revision(user=by, log_action=False)
    template.subject = template.body = ""
    template.save()
    template.save_revision(user=by, log_action=False)
    log(instance=template, action="learning.original_text", user=by)
