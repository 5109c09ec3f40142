"""What the scenes of a demonstration video say: chapters, captions, transcript. The film itself is
drawn from the same scenes by `scripts/build_demo_videos.py`."""

from collections.abc import Callable, Iterator
from typing import Any

from . import timecodes


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
