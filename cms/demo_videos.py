"""What the scenes of a demonstration video say: chapters, captions, transcript. The film itself is
drawn from the same scenes by `scripts/build_demo_videos.py`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile

from . import timecodes
from .models import SiteMedia


def timed(scenes: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(second at which it starts, scene)."""
    moment = 0
    for scene in scenes:
        yield moment, scene
        moment += scene["seconds"]


def length(scenes: list[dict[str, Any]]) -> int:
    return sum(scene["seconds"] for scene in scenes)


def captions(scenes: list[dict[str, Any]]) -> str:
    """What is said, as WebVTT: the lines of a scene share its time."""
    cues = []
    for start, scene in timed(scenes):
        share = scene["seconds"] / len(scene["say"])
        for number, line in enumerate(scene["say"]):
            begins, ends = start + number * share, start + (number + 1) * share - 0.1
            cues.append(f"{timecodes.webvtt(begins)} --> {timecodes.webvtt(ends)}\n{line}")
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def transcript(scenes: list[dict[str, Any]], seen: Callable[[str], str]) -> str:
    """What is seen and what is said, scene by scene. seen: what a picture shows, by its name."""
    parts = [
        f"{timecodes.write(start)} – {scene['title']}\n"
        f"[{seen(scene['picture'])}]\n{' '.join(scene['say'])}"
        for start, scene in timed(scenes)
    ]
    return "\n\n".join(
        ["Vidéo sans parole\N{NO-BREAK SPACE}: les sous-titres portent le texte.", *parts]
    )


def recording(row: dict[str, Any], seen: Callable[[str], str], folder: Path) -> SiteMedia:
    """The recording of a video, with its captions and its transcript. folder: where its film is."""
    title = row["recording"]
    found = SiteMedia.objects.filter(title=title).first()
    if found is not None:
        return found
    scenes, slug = row["scenes"], row["slug"]
    found = SiteMedia(
        title=title,
        type="video",
        duration=length(scenes),
        width=960,
        height=540,
        credit=row["credit"],
        transcript=transcript(scenes, seen),
    )
    text = captions(scenes).encode()
    found.captions.save(f"{slug}.vtt", ContentFile(text), save=False)
    for name, suffix in (("file", "mp4"), ("thumbnail", "jpg")):
        with (folder / f"{slug}.{suffix}").open("rb") as file:
            getattr(found, name).save(f"{slug}.{suffix}", File(file), save=False)
    found.save()
    return found
