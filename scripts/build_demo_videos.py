#!/usr/bin/env python3
"""Draw the films of the demonstration from their scenes: those of FILMS, each into a folder beside its file.

    .venv/bin/python scripts/build_demo_videos.py [SLUG…]

Each scene is one of the drawn pictures, on which the eye moves slowly, with its title on a band; the
films have no sound. Needs ffmpeg on the machine and, for the letters, fontTools with brotli. Writes
SLUG.mp4 (H.264, which old computers decode by themselves) and SLUG.jpg, shown before it plays.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
# File of scenes, width, frames a second, quality (lower is better): the longer a film, the less it weighs a second.
FILMS = (
    (ROOT / "newsroom" / "demo" / "videos.yaml", 960, 20, 36),
    (ROOT / "learning" / "demo" / "videos.yaml", 720, 8, 38),
    (ROOT / "learning" / "demo" / "webinars.yaml", 640, 5, 41),
)
PICTURES = ROOT / "bulletin" / "demo" / "pictures"
FONT = ROOT / (
    "static/vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-700-normal.woff2"
)
WIDTH, HEIGHT = 960, 540
FADE = 0.5
MARGIN = 40
PAPER, INK, WARM = "#fbf7ee", "#16242c", "#a93c19"
# Where the eye goes from and to, in turn: (share of the picture, x, y of its centre).
MOVES = [
    ((1.0, 0.5, 0.5), (0.88, 0.55, 0.55)),
    ((0.88, 0.42, 0.5), (0.9, 0.58, 0.5)),
    ((0.86, 0.5, 0.58), (1.0, 0.5, 0.5)),
]


def main() -> None:
    wanted = set(sys.argv[1:])
    for file, *how in FILMS:
        for video in yaml.safe_load(file.read_text(encoding="utf-8")):
            if "scenes" in video and (not wanted or video["slug"] in wanted):
                build(video, file.parent / "videos", *how)


def build(video: dict, folder: Path, width: int, rate: int, quality: int) -> None:
    folder.mkdir(exist_ok=True)
    target = folder / f"{video['slug']}.mp4"
    film = Path(tempfile.gettempdir()) / target.name  # moved once it is whole
    scenes = [Scene(scene, number) for number, scene in enumerate(video["scenes"])]
    scenes[0].frame(2.5).save(target.with_suffix(".jpg"), quality=80, optimize=True)
    command = [
        *("ffmpeg", "-y", "-loglevel", "error"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(rate)),
        *(
            "-i",
            "-",
            "-vf",
            f"scale={width}:-2",
            "-c:v",
            "libx264",
            "-profile:v",
            "main",
            "-pix_fmt",
            "yuv420p",
        ),
        *("-crf", str(quality), "-preset", "slow", "-tune", "animation", "-g", str(rate * 4)),
        *("-movflags", "+faststart", "-map_metadata", "-1", str(film)),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as ffmpeg:
        for frame in frames(scenes, rate):
            ffmpeg.stdin.write(frame.tobytes())
        ffmpeg.stdin.close()
    shutil.move(film, target)
    print(f"{target.name}: {target.stat().st_size // 1024} kB")


def frames(scenes: list["Scene"], rate: int):
    """Every frame of a film; a scene fades into the next one."""
    for number, scene in enumerate(scenes):
        for count in range(scene.seconds * rate):
            moment = count / rate
            frame = scene.frame(moment)
            if number and moment < FADE:
                before = scenes[number - 1]
                frame = Image.blend(before.frame(before.seconds + moment), frame, moment / FADE)
            yield frame


class Scene:
    def __init__(self, about: dict, number: int) -> None:
        self.seconds, self.title = about["seconds"], about["title"]
        self.start, self.end = MOVES[number % len(MOVES)]
        with Image.open(PICTURES / f"{about['picture']}.png") as picture:
            self.picture = picture.convert("RGB")
        self.band = band(number + 1, self.title)

    def frame(self, moment: float) -> Image.Image:
        progress = min(moment / (self.seconds + FADE), 1)
        share, x, y = (a + (b - a) * progress for a, b in zip(self.start, self.end, strict=True))
        width, height = self.picture.width * share, self.picture.height * share
        left = min(max(x * self.picture.width - width / 2, 0), self.picture.width - width)
        top = min(max(y * self.picture.height - height / 2, 0), self.picture.height - height)
        shot = self.picture.transform(
            (WIDTH, HEIGHT),
            Image.Transform.AFFINE,
            (width / WIDTH, 0, left, 0, height / HEIGHT, top),
            resample=Image.Resampling.BICUBIC,
        )
        # The band slides in from the left, and stays.
        arrived = 1 - (1 - min(max(moment - 0.3, 0) / 0.6, 1)) ** 3
        place = round(-self.band.width + arrived * (self.band.width + MARGIN))
        shot.paste(self.band, (place, MARGIN))
        return shot


def band(number: int, title: str) -> Image.Image:
    """The number and the title of a scene, on paper."""
    font, small = letters(34), letters(20)
    width = round(font.getlength(title)) + 100
    image = Image.new("RGB", (width, 70), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 8, 70), fill=WARM)
    draw.text((28, 35), str(number), font=small, fill=WARM, anchor="lm")
    draw.text((64, 35), title, font=font, fill=INK, anchor="lm")
    return image


def letters(size: int) -> ImageFont.FreeTypeFont:
    """The site's own letters, unpacked from the font that browsers get."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "font.ttf"
        font = TTFont(FONT)
        font.flavor = None
        font.save(path)
        return ImageFont.truetype(str(path), size)


if __name__ == "__main__":
    main()
