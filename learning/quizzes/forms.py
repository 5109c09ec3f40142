"""What the pages of a quiz send."""

import json
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.json_body import read_object

from .preview import MOST_SEED
from .services import Sent

MOST_FIELDS = 200


class AnswersForm(forms.Form):
    """The whole form of an attempt. Which answers it holds is read by `asking.read`."""

    act = forms.ChoiceField(choices=[("keep", ""), ("submit", ""), ("submit-anyway", "")])

    def sent(self, orders: list[int]) -> Sent:
        """The fields, with the revision of each question that the page saw."""
        seen = {}
        for order in orders:
            said = str(self.data.get(f"r{order}", ""))
            if said.isascii() and said.isdigit() and len(said) < 9:
                seen[order] = int(said)
        return Sent(self.data, seen)


class AnswerForm(forms.Form):
    """One answer, as the script sends it: {"order", "seen", "key", "fields": {name: value or values}}."""

    order = forms.IntegerField(min_value=1, max_value=1_000)
    seen = forms.IntegerField(min_value=0, max_value=1_000_000_000)
    key = forms.UUIDField()
    fields_ = forms.JSONField()

    @classmethod
    def of(cls, body: bytes) -> "AnswerForm":
        """Raises ValueError for what is not a JSON object."""
        sent = read_object(body)
        data = {name: sent.get(name) for name in ("order", "seen", "key")}
        return cls({**data, "fields_": json.dumps(sent.get("fields"))})

    def clean_fields_(self) -> dict[str, Any]:
        value = self.cleaned_data["fields_"]
        if not isinstance(value, dict) or len(value) > MOST_FIELDS:
            raise ValidationError(_("An answer is an object."))
        return value

    def sent(self) -> Sent:
        said = self.cleaned_data
        return Sent(said["fields_"], {said["order"]: said["seen"]}, uuid.UUID(str(said["key"])))


class TrialForm(forms.Form):
    seed = forms.IntegerField(min_value=0, max_value=MOST_SEED)


class ConfirmForm(forms.Form):
    digest = forms.RegexField(r"^[0-9a-f]{64}$")
