"""What follows from publishing an article."""

from typing import Any

from wagtail.signals import page_published


def connect() -> None:
    from .models import ToolboxArticlePage

    page_published.connect(
        on_published, sender=ToolboxArticlePage, dispatch_uid="toolbox.on_published"
    )


def on_published(instance: Any, **_kwargs: Any) -> None:
    from .services import tell_change

    # Its translations say the same: those who follow are told once, by the source.
    if instance.locale.language_code == "fr" and instance.alias_of_id is None:
        tell_change(instance)
