"""The form by which trainers give a file."""

import uuid
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.uploads import check_document


class FileForm(forms.Form):
    """`submission` names the form: sent twice, it is one file."""

    file = forms.FileField(label=gettext_lazy("File"), max_length=200)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What those who come will read. Empty: the name of the file."),
        max_length=160,
        required=False,
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("PDF, office document, picture… up to %(size)s.") % {
            "size": filesizeformat(settings.DOCUMENT_MAX_SIZE)
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_document(file)
        return file

    def title_of(self) -> str:
        """What was given, or the name of the file without what comes after the dot."""
        given: str = self.cleaned_data["title"]
        return given or PurePosixPath(self.cleaned_data["file"].name).stem.replace("_", " ")[:160]
