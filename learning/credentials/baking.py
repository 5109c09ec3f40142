"""The picture of a badge, in SVG; baked, it carries the signed badge (Open Badges 3.0, § 5.3.2)."""

import re
import textwrap

from django.template.loader import render_to_string

TEMPLATE = "learning/credentials/badge.svg"
A_LINE, LINES = 20, 4
CARRIED = re.compile(r"<openbadges:credential\s+verify=[\"']([\w.-]+)[\"']")
COMPACT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")


def picture(title: str, issuer: str, token: str = "") -> bytes:
    """The picture of what is achieved; token: the compact JWS that it carries."""
    lines = textwrap.wrap(title, A_LINE, break_long_words=False)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1]}…"]
    top = 268 - 17 * len(lines)
    placed = [(top + 40 * number, line) for number, line in enumerate(lines, start=1)]
    context = {"title": title, "issuer": issuer, "token": token, "lines": placed}
    return render_to_string(TEMPLATE, context).encode("utf-8")


def carried(content: bytes) -> str:
    """The compact JWS that a file holds, alone or baked into an SVG; empty when it holds none."""
    try:
        text = content.decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""
    if COMPACT.fullmatch(text):
        return text
    found = CARRIED.search(text)
    return found.group(1) if found else ""
