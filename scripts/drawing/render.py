"""From SVG to light PNG files, through headless Chromium and Pillow."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def browser() -> str:
    """Return the path of a Chromium; raise SystemExit when there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        raise SystemExit("Chromium is needed to turn the drawings into PNG files.")
    return found


def document(body: str, width: int = 1600, height: int = 900) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{body}</svg>\n'
    )


def screenshots(drawings: list[tuple[str, int, int, Path]]) -> None:
    """Write each (svg, width, height, target) as a PNG; what is empty stays transparent.

    One browser draws them all, one under the other: starting it is what takes time.
    """
    width, height = max(w for _, w, _, _ in drawings), sum(h for _, _, h, _ in drawings)
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        body = ""
        for i, (svg, w, h, _) in enumerate(drawings):
            Path(folder, f"{i}.svg").write_text(svg)
            body += f'<img src="{i}.svg" width="{w}" height="{h}">'
        page.write_text(f"<!doctype html><style>*{{margin:0}}img{{display:block}}</style>{body}")
        subprocess.run(
            [
                browser(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--default-background-color=00000000",
                "--force-device-scale-factor=1",
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height + 200}",
                f"--screenshot={shot}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        with Image.open(shot) as image:
            top = 0
            for _, w, h, target in drawings:
                image.crop((0, top, w, top + h)).save(target)
                top += h


def quantise(path: Path, colours: int = 64) -> None:
    """Keep the most frequent colours exactly, so that flat areas stay flat."""
    with Image.open(path) as image:
        flat = image.convert("RGB")
    seen = sorted(flat.getcolors(1 << 24), reverse=True)
    kept = [colour for _, colour in seen[:colours]]
    # Pillow's own mapping rounds colours: it would shift the flat areas
    index = {
        colour: min(
            range(len(kept)),
            key=lambda i: sum((a - b) ** 2 for a, b in zip(kept[i], colour, strict=True)),
        )
        for _, colour in seen
    }
    light = Image.frombytes("P", flat.size, bytes(index[pixel] for pixel in flat.getdata()))
    light.putpalette([channel for colour in kept for channel in colour])
    light.save(path, optimize=True)
