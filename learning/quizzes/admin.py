"""What the bank adds to the Wagtail admin. Imported by `learning.wagtail_hooks`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from ..models import Question
from . import bank
from .viewsets import BankGroup, undo_question
from .wording_views import word_question


@hooks.register("register_admin_viewset")
def bank_group() -> BankGroup:
    return BankGroup()


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("questions/banque/<int:pk>/annuler/", undo_question, name="learning_question_undo"),
        path(
            "questions/banque/<int:pk>/langues/<slug:language>/",
            word_question,
            name="learning_question_wording",
        ),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "learning.word_question", _("Word a question"), _("Question worded in another language")
    )


@hooks.register("before_bulk_action")
def bulk_delete_goes_to_the_bin(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> Any:
    if action_type != "delete" or request.method != "POST":
        return None
    if not objects or not isinstance(objects[0], Question):
        return None
    try:
        bank.put_in_bin(objects, by=request.user)
    except bank.CannotBin as error:
        messages.error(request, " ".join(error.messages))
    return redirect("wagtailsnippets_learning_question:list")
