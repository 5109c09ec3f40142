"""Forms of the editors."""

from typing import Any

from django.utils.translation import gettext as _

from cms.page_forms import PageForm

from . import timecodes


class VideoForm(PageForm):
    """A video is published with its captions and its transcript; a draft may lack them."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        recording = data.get("recording")
        if recording and not self.is_deferred_validation:
            if not recording.captions:
                self.add_error(
                    "recording", _("This recording has no captions: add them to the recording.")
                )
            if not recording.transcript.strip():
                self.add_error(
                    "recording", _("This recording has no transcript: add it to the recording.")
                )
        self._check_chapters(recording)
        return data

    def _check_chapters(self, recording: Any) -> None:
        """Each chapter starts after the one before and before the end."""
        formset = self.formsets.get("chapters")
        if formset is None or not formset.is_valid():
            return
        before, length = -1, getattr(recording, "duration", 0) or 0
        for form in sorted(formset.forms, key=_position):
            moment = form.cleaned_data.get("starts_at")
            if form.cleaned_data.get("DELETE") or moment is None:
                continue
            if moment <= before:
                form.add_error(
                    "starts_at", _("This chapter starts no later than the one above it.")
                )
            elif length and moment >= length:
                form.add_error(
                    "starts_at",
                    _("The recording ends at %(end)s.") % {"end": timecodes.write(round(length))},
                )
            if form.errors:
                self.add_error(None, _("The chapters are not in order: see below."))
                return
            before = moment


def _position(form: Any) -> int:
    return form.cleaned_data.get("ORDER") or 0
