"""What the import of questions adds to the Wagtail admin. Imported by `learning.wagtail_hooks`."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ..quizzes.viewsets import BankGroup
from . import admin_views


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    base = "questions/"
    return [
        path(f"{base}importer/", admin_views.import_questions, name="learning_questions_import"),
        path(
            f"{base}importer/<uuid:uuid>/",
            admin_views.import_report,
            name="learning_questions_imported",
        ),
        path(f"{base}exporter/", admin_views.export_questions, name="learning_questions_export"),
    ]


def menu_items() -> Iterator[MenuItem]:
    """Beside the bank and its themes."""
    import_url = reverse("learning_questions_import")
    export_url = reverse("learning_questions_export")
    yield MenuItem(_("Import questions"), import_url, icon_name="upload", order=800)
    yield MenuItem(_("Export questions"), export_url, icon_name="download", order=810)


BankGroup.more.append(menu_items)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "learning.import_questions", _("Import questions"), _("Questions taken from a file")
    )
