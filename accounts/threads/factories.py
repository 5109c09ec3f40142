"""Discussions for tests."""

import uuid
from typing import Any

import factory

from ..factories import UserFactory
from ..models import Message
from .services import thread_of


class MessageFactory(factory.django.DjangoModelFactory):
    """A shown message. `target=(kind, key)` says in which discussion."""

    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Message numéro {n}.")
    submission = factory.LazyFunction(uuid.uuid4)

    class Meta:
        model = Message

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Message:
        if target := kwargs.pop("target", None):
            kwargs["thread"] = thread_of(*target)
        message = model_class.objects.create(**kwargs)
        if message.is_shown:
            message.thread.last_message_at = message.created_at
            message.thread.save(update_fields=["last_message_at"])
        return message
