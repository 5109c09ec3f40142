"""What learners and trainers send about a work."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.uploads import check_document

from .blocks import Criterion
from .kinds import Level, Outcome
from .marking import Mark

MOST_FEEDBACK = 10_000


class WorkFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("PDF, office document, picture… up to %(size)s.") % {
            "size": filesizeformat(settings.DOCUMENT_MAX_SIZE)
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_document(file)
        return file


class MarkForm(forms.Form):
    """What a trainer says of a work: each criterion, words, perhaps a file, then the outcome."""

    feedback = forms.CharField(
        label=gettext_lazy("Your feedback"),
        help_text=gettext_lazy("What works, what to change, how to go about it."),
        max_length=MOST_FEEDBACK,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )
    file = forms.FileField(
        label=gettext_lazy("A file with your remarks"), max_length=200, required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=Outcome.choices,
        error_messages={"required": gettext_lazy("Choose an outcome.")},
    )

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, each in enumerate(criteria):
            self.fields[f"criterion-{number}"] = forms.TypedChoiceField(
                label=each.label,
                help_text=each.hint,
                choices=Level.choices,
                coerce=lambda value: Level(int(value)),
                widget=forms.RadioSelect,
                error_messages={"required": _("Say how far it is met.")},
            )
        self.order_fields([*(f"criterion-{n}" for n in range(len(criteria))), "feedback"])

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file:
            check_document(file)
        return file

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        told = (asked.get("feedback") or "").strip() or asked.get("file")
        if asked.get("outcome") == Outcome.REWORK and not told and "feedback" not in self.errors:
            self.add_error("feedback", ValidationError(_("Say what is to be changed.")))
        return asked

    def criterion_fields(self) -> list[Any]:
        return [self[f"criterion-{number}"] for number in range(len(self.criteria))]

    def mark(self) -> Mark:
        asked = self.cleaned_data
        levels = {each: asked[f"criterion-{number}"] for number, each in enumerate(self.criteria)}
        return Mark(Outcome(asked["outcome"]), asked["feedback"], levels)
