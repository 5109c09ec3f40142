"""The rules of recognition and funding in the Wagtail admin, for the national team."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Figure, RuleSet


class RuleSetViewSet(SnippetViewSet):
    model = RuleSet
    icon = "clipboard-list"
    menu_label = _("Recognition rules")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "valid_from", "valid_until", "source"]
    search_fields = ["name", "source"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("validity_note"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
                FieldPanel("source_url"),
            ],
            heading=_("Where this is known from"),
        ),
        InlinePanel(
            "criteria",
            heading=_("Criteria"),
            label=_("Criterion"),
            panels=[
                FieldPanel("label"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
                FieldPanel("question"),
                FieldPanel("hint"),
                FieldRowPanel([FieldPanel("threshold"), FieldPanel("unit")]),
                FieldRowPanel([FieldPanel("maximum"), FieldPanel("approximate")]),
                FieldPanel("none_label"),
                FieldPanel("advice"),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
            ],
        ),
        InlinePanel("operators", heading=_("Operators proposed"), label=_("Operator")),
        MultiFieldPanel(
            [
                InlinePanel("parts", heading=_("Funds"), label=_("Fund")),
                FieldPanel("funding_ceiling"),
                FieldRowPanel([FieldPanel("funding_source"), FieldPanel("funding_source_date")]),
            ],
            heading=_("Funding"),
        ),
    ]


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "table"
    menu_label = _("Figures")
    menu_order = 265
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["label", "value", "unit", "date", "source"]
    list_filter = ["subject"]
    search_fields = ["label", "source", "code"]
    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit"), FieldPanel("approximate")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("precision")]),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_url"), FieldPanel("note")],
            heading=_("Where this is known from"),
        ),
        FieldRowPanel([FieldPanel("subject"), FieldPanel("code"), FieldPanel("order")]),
    ]
