"""What one sends to import questions, and what one asks to export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import BankTheme


class QuestionsFileForm(forms.Form):
    file = forms.FileField(label=_("File (Moodle XML or GIFT)"))
    theme = forms.CharField(
        label=_("Theme"),
        max_length=100,
        help_text=_("For the questions to which the file gives no category."),
    )


class ExportForm(forms.Form):
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=BankTheme.objects.all(),
        to_field_name="uuid",
        required=False,
        empty_label=_("All themes"),
    )
