"""Blocks of figures, tables, dates and maps."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .base import StructBlock
from .text import RichTextBlock

PRECISIONS = [("year", _("Year")), ("month", _("Month")), ("day", _("Day"))]


class KeyFigureBlock(StructBlock):
    """A figure is never shown without its source and its date, as precise as the source says it."""

    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=160)
    source = blocks.CharBlock(label=_("Source"), max_length=160)
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)
    date = blocks.DateBlock(label=_("Date of the figure"))
    precision = blocks.ChoiceBlock(
        label=_("Shown"),
        choices=PRECISIONS,
        default="day",
        required=False,
        help_text=_("As the source says it."),
    )

    class Meta:
        label = _("Figure")


class KeyFiguresBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=8)

    class Meta:
        label = _("Key figures")
        icon = "table"
        template = "blocks/key_figures.html"
        description = _("Figures set large, each with its source and its date.")
        preview_value = {
            "title": "En chiffres",
            "figures": [
                {
                    "value": "60",
                    "label": "inscrits, 1 500 km par mois",
                    "source": "Maison d’Ayen",
                    "date": dt.date(2016, 9, 1),
                }
            ],
        }


class TableBlock(StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), help_text=_("Says what the table shows."))
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.CharBlock(label=_("Number"), required=False)),
            ("rich_text", RichTextBlock(label=_("Formatted text"), required=False)),
        ],
        label=_("Table"),
    )
    row_headers = blocks.BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "blocks/table.html"
        description = _("Data in rows and columns, with a caption and header cells.")

    def get_preview_value(self):
        return self.to_python(
            {
                "caption": "Maisons par région, août 2016",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "Région"},
                        {"type": "number", "heading": "Maisons"},
                    ],
                    "rows": [
                        {"values": ["Auvergne-Rhône-Alpes", "73"]},
                        {"values": ["Nouvelle-Aquitaine", "68"]},
                    ],
                    "caption": "",
                },
                "row_headers": True,
            }
        )


class AgendaItemBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    start = blocks.DateBlock(label=_("First day"))
    end = blocks.DateBlock(label=_("Last day"), required=False)
    place = blocks.CharBlock(label=_("Place"), required=False)
    text = RichTextBlock(label=_("Text"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)

    def clean(self, value):
        result = super().clean(value)
        if result.get("end") and result["end"] < result["start"]:
            raise blocks.StructBlockValidationError(
                block_errors={"end": ValidationError(_("The last day cannot be before the first."))}
            )
        return result

    class Meta:
        label = _("Date of the agenda")
        icon = "date"
        template = "blocks/agenda_item.html"
        description = _("An event announced in the text: when, where, what.")
        preview_value = {
            "title": "Assises nationales de la médiation numérique",
            "start": dt.date(2016, 11, 23),
            "end": dt.date(2016, 11, 25),
            "place": "Mende (Lozère)",
            "text": "",
        }


class MomentBlock(StructBlock):
    """One date of a timeline: as precise as its source is."""

    date = blocks.DateBlock(label=_("Date"))
    precision = blocks.ChoiceBlock(
        label=_("Shown"), choices=PRECISIONS, default="day", help_text=_("As the source says it.")
    )
    title = blocks.CharBlock(label=_("What happened"), max_length=120)
    text = RichTextBlock(label=_("Text"), required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=200)

    class Meta:
        label = _("Moment")


class TimelineBlock(StructBlock):
    """Moments in the order of time, whatever the order in which they were written."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    moments = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=2)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        dated = [moment for moment in value["moments"] if moment and moment.get("date")]
        context["moments"] = sorted(dated, key=lambda moment: moment["date"])
        return context

    class Meta:
        label = _("Timeline")
        icon = "history"
        template = "blocks/timeline.html"
        description = _("Dates one after the other, each with its source.")
        preview_value = {
            "title": "D’hier à aujourd’hui",
            "moments": [
                {
                    "date": dt.date(2006, 1, 1),
                    "precision": "year",
                    "title": "Les Relais Services Publics",
                    "text": "",
                    "source": "Vertone, 2016",
                },
                {
                    "date": dt.date(2015, 8, 7),
                    "precision": "day",
                    "title": "La loi NOTRe",
                    "text": "",
                    "source": "Bulletin, édition spéciale, 2016",
                },
            ],
        }


class MapDepartmentBlock(StructBlock):
    code = blocks.CharBlock(label=_("Department code"), max_length=3)
    label = blocks.CharBlock(label=_("What is there"), required=False)

    class Meta:
        label = _("Department")


class DepartmentMapBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    departments = blocks.ListBlock(
        MapDepartmentBlock(), label=_("Departments highlighted"), min_num=1
    )
    description = blocks.TextBlock(
        label=_("What the map shows, in words"),
        rows=3,
        help_text=_("For readers who do not see it."),
    )
    source = blocks.CharBlock(label=_("Source"))
    date = blocks.DateBlock(label=_("Date"))

    class Meta:
        label = _("Map of departments")
        icon = "site"
        template = "blocks/department_map.html"
        description = _("Departments highlighted on the map, with the same information in words.")
        preview_value = {
            "title": "Où sont les projets",
            "departments": [{"code": "19", "label": "Ayen"}, {"code": "48", "label": "Mende"}],
            "description": "Deux projets, en Corrèze et en Lozère.",
            "source": "Réseau des Maisons",
            "date": dt.date(2016, 8, 1),
        }
