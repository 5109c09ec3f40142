"""The messages of training in the Wagtail admin, for the national team."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from ..models import MessageTemplate
from .fields import fields_of
from .originals import original
from .templates import as_kept


class WordsPolicy(ModelPermissionPolicy):
    """Messages are rewritten; the list of them is closed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)


register_permission_policy(MessageTemplate, WordsPolicy(MessageTemplate))


class WordsForm(WagtailAdminModelForm):
    """The original text is there to begin from; what says the same as it is not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        if held.pk and not held.subject:
            words = original(held.kind, held.language)
            self.initial.update(subject=words.subject, body=words.body)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        kept = as_kept(
            MessageTemplate(
                kind=self.instance.kind,
                language=self.instance.language,
                subject=cleaned.get("subject", ""),
                body=cleaned.get("body", ""),
            )
        )
        return {**cleaned, "subject": kept.subject, "body": kept.body}


class FieldsPanel(HelpPanel):
    """The fields that this message may hold."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "fields": fields_of(self.instance.kind)}


class WordsEditView(EditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.object.subject:
            buttons.append(
                HeaderButton(
                    _("Back to the original text"),
                    url=reverse("learning_original_text", args=[self.object.pk]),
                    icon_name="rotate",
                )
            )
        return buttons


class MessageViewSet(SnippetViewSet):
    model = MessageTemplate
    icon = "mail"
    menu_label = _("Messages")
    base_url_path = "formation/messages"
    list_display = [
        "__str__",
        Column("state", label=_("Words")),
    ]
    list_filter = ["language", "kind"]
    ordering = ["pk"]
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_view_class = WordsEditView
    edit_handler = ObjectList(
        [
            FieldPanel("subject"),
            FieldPanel("body"),
            FieldsPanel(template="learning/messages/admin/fields.html"),
        ],
        base_form_class=WordsForm,
    )


class TrainingGroup(SnippetViewSetGroup):
    menu_label = _("Training")
    menu_icon = "date"
    menu_order = 165
    items = (MessageViewSet,)
