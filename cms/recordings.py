"""Pages that show a recording: what is asked of it before they are published, and its transcript by moments."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import timecodes, webvtt
from .page_forms import PageForm
from .text import plain

# A caption file never changes under its name: a new one has another address.
KEPT = 30 * 24 * 3600


class RecordedPageForm(PageForm):
    """A page with a `recording` and, when it has some, `chapters` (`starts_at` in seconds, `title`).

    It is published with captions and transcript, and with chapters in their order; a draft may lack them.
    """

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


# -- The transcript, moment by moment -------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """What is said from `start` on, in seconds. `found`: a search of the transcript names it."""

    start: float
    text: str
    found: bool = False

    @property
    def seconds(self) -> int:
        return int(self.start)

    @property
    def time(self) -> str:
        return timecodes.write(self.seconds)


def moments_of(recording: Any, looked_for: str = "") -> list[Moment]:
    """The captions of a recording as moments, in the reader's language when it has them.

    The file is read once, then kept. What cannot be read gives no moment: the plain transcript stays.
    """
    file = _captions(recording)
    if not file:
        return []
    found: list[tuple[float, str]] | None = cache.get(f"moments:{file.name}")
    if found is None:
        found = _read(file)
        if found:
            cache.set(f"moments:{file.name}", found, KEPT)
    wanted = plain(looked_for)
    return [Moment(start, text, bool(wanted) and wanted in plain(text)) for start, text in found]


def _captions(recording: Any) -> Any:
    if recording is None:
        return None
    language = get_language() or settings.LANGUAGE_CODE
    if not language.startswith(settings.LANGUAGE_CODE) and recording.captions_en:
        return recording.captions_en
    return recording.captions or recording.captions_en


def _read(file: Any) -> list[tuple[float, str]]:
    try:
        with file.storage.open(file.name) as opened:
            return webvtt.cues(opened.read().decode("utf-8-sig", "replace"))
    except OSError:
        return []
