"""Questionnaires in the administration: written, moved, copied, previewed there."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import EvaluationTemplate


class EvaluationTemplateViewSet(SnippetViewSet):
    model = EvaluationTemplate
    icon = "clipboard-list"
    menu_label = _("Evaluation templates")
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["title", "kind", "module", "is_active"]
    list_filter = ["kind", "module", "is_active"]
    search_fields = ["title"]
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("module")]),
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("is_active"), FieldPanel("anonymous")])],
            heading=_("In use"),
        ),
    ]
