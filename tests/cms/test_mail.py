"""All mail is an outbox row of the caller's transaction, sent once by the worker."""

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.template import engines

from cms import mail, tasks
from cms.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def template(monkeypatch):
    """A mail template of the test's own."""
    monkeypatch.setattr(
        mail,
        "render_to_string",
        lambda name, context: (
            engines["django"]
            .from_string("Subject: Bonjour {{ name }}\n\nVotre Maison vous attend.")
            .render(context)
            if name.endswith(".txt")
            else (_ for _ in ()).throw(mail.TemplateDoesNotExist(name))
        ),
    )


def queue(key="k1", name="Camille"):
    return mail.queue("camille@example.org", "hello", {"name": name}, key)


def test_a_mail_is_sent_by_the_worker_and_not_before():
    queue()
    assert django_mail.outbox == []
    tasks.run_all()
    [sent] = django_mail.outbox
    assert (sent.subject, sent.to) == ("Bonjour Camille", ["camille@example.org"])
    assert OutboxMessage.objects.get().state == "sent"


def test_the_same_key_sends_one_mail():
    queue()
    queue(name="Autre")
    tasks.run_all()
    assert len(django_mail.outbox) == 1


def test_a_rolled_back_transaction_sends_nothing():
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    tasks.run_all()
    assert django_mail.outbox == []


def test_sending_twice_sends_once():
    message = queue()
    tasks.run_all()
    mail.send_message.call(message.pk)
    assert len(django_mail.outbox) == 1


def test_a_subject_is_one_line_whatever_the_context_holds():
    message = queue(name="Camille\nBcc: everyone@example.org")
    assert "\n" not in message.subject


def test_a_failure_is_told_on_the_row_and_tried_again(monkeypatch):
    message = queue()
    monkeypatch.setattr(
        mail.EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(OSError("no route"))
    )
    tasks.run_all()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 1, "OSError: no route")
