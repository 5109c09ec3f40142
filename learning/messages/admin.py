"""What messages add to the Wagtail admin. Imported by `learning.wagtail_hooks`."""

from typing import Any

from django.urls import path
from wagtail import hooks

from .admin_views import original_text
from .viewsets import TrainingGroup


@hooks.register("register_admin_viewset")
def training_group() -> TrainingGroup:
    return TrainingGroup()


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("formation/messages/<int:pk>/original/", original_text, name="learning_original_text")
    ]
