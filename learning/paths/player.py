"""What the player of a recording shows: chapters, and the transcript moment by moment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms import timecodes
from cms.recordings import moments_of

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2")


class TranscriptForm(forms.Form):
    """What one looks for in a transcript. A page that has a player reads it from its address."""

    dans = forms.CharField(
        label=_("Search the transcript"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def player_of(
    recording: Any,
    request: HttpRequest,
    title: str,
    caption: str = "",
    chapters: Iterable[tuple[int, str]] = (),
) -> dict[str, Any]:
    """The parameters of `components/player.html`. chapters: (second at which it starts, title)."""
    form = TranscriptForm(request.GET)
    looked_for = form.cleaned_data["dans"] if form.is_valid() else ""
    moments = moments_of(recording, looked_for)
    return {
        "recording": recording,
        "title": title,
        "caption": caption,
        "chapters": [
            {"seconds": second, "time": timecodes.write(second), "title": name}
            for second, name in chapters
        ],
        "form": form,
        "looked_for": looked_for,
        "moments": [each for each in moments if each.found] if looked_for else moments,
        "speeds": SPEEDS,
    }
