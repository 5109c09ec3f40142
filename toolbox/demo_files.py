"""Reads the YAML files of `toolbox/demo/` and makes the small files that their articles offer."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from cms import demo_content, pdf
from cms.demo_odt import odt, parts

FOLDER = Path(__file__).parent / "demo"
SHELVES = ("operateurs", "communication", "pilotage", "juridique", "veille")
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def read() -> Iterator[dict[str, Any]]:
    """Every article; its family is the name of its file unless it says another."""
    for name in SHELVES:
        for article in demo_content.read(FOLDER / f"{name}.yaml"):
            yield {"family": name, "section": "reseau", **article}


def typography(text: str) -> str:
    """French spaces: no-break before : and inside « », narrow before ; ! ? and in thousands."""
    text = re.sub(r" ([:»])", rf"{NBSP}\1", text)
    text = re.sub(r"« ", f"«{NBSP}", text)
    text = re.sub(r" ([;!?])", rf"{NARROW}\1", text)
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)
    return re.sub(r"(?<=\d) (?=[€%])", NBSP, text)


# -- Bodies -------------------------------------------------------------------------------------


def blocks(text: str) -> list[dict[str, Any]]:
    """The blocks of a body: paragraphs, "## headings", "- lists", "!tone title | call-outs", "? question | answer"."""
    found: list[dict[str, Any]] = []
    for chunk in re.split(r"\n\s*\n", typography(text.strip())):
        lines = chunk.split("\n")
        if chunk.startswith("## "):
            found.append({"type": "heading", "value": {"text": chunk[3:], "level": "h2"}})
        elif chunk.startswith("!"):
            head, body = chunk[1:].split(" | ", 1)
            tone, title = head.split(" ", 1)
            value = {"tone": tone, "title": title, "text": _paragraph(body)}
            found.append({"type": "callout", "value": value})
        elif chunk.startswith("? "):
            pairs = [line[2:].split(" | ", 1) for line in lines]
            items = [{"title": title, "text": _paragraph(answer)} for title, answer in pairs]
            found.append({"type": "accordion", "value": {"items": items}})
        elif chunk.startswith("- "):
            items_html = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
            found.append({"type": "rich_text", "value": f"<ul>{items_html}</ul>"})
        else:
            found.append({"type": "rich_text", "value": _paragraph(" ".join(lines))})
    return found


def _paragraph(text: str) -> str:
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> str:
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", escape(text, quote=False))


# -- Files --------------------------------------------------------------------------------------


def make(title: str, spec: dict[str, Any]) -> tuple[str, bytes]:
    """(extension, content) of one version of a file. A PDF becomes ODT where none can be made."""
    kind = spec["make"]
    if kind == "csv":
        return "csv", _csv(spec["rows"])
    if kind == "zip":
        return "zip", _zip(spec["static"])
    lines = typography(spec["content"]).strip().split("\n")
    if kind == "pdf":
        try:
            return "pdf", _pdf(title, lines)
        except pdf.PdfUnavailable:
            pass
    return "odt", odt(title, lines)


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _zip(names: list[str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            with pdf.static_file(name) as file:
                info = zipfile.ZipInfo(Path(name).name, (2016, 1, 15, 0, 0, 0))
                archive.writestr(info, file.read())
    return content.getvalue()


def _pdf(title: str, lines: list[str]) -> bytes:
    context = {"title": title, "parts": list(parts(lines))}
    return pdf.make("toolbox/pdf/handout.html", context, language="fr")
