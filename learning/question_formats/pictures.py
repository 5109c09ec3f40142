"""The pictures that come within a file of questions: checked as any upload, written once their question is.

pictures = Pictures()                                # those of a whole file
pictures.take("@@PLUGINFILE@@/a.png", "Une carte", {"a.png": "<base64>"})   # Picture; raises Refused
pictures.held[picture.file]                          # its name and its bytes
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cms.incoming import Incoming, picture
from cms.models import SiteImage
from cms.models.files import safe_name

from ..quizzes.pictured import MOST_ALT, Picture
from .found import Losses, Refused

MOST = 200
WITHIN = "@@PLUGINFILE@@/"
DATA = re.compile(r"data:image/(png|jpe?g|gif|webp|avif);base64,(.*)", re.DOTALL | re.IGNORECASE)
IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """A picture of the file, found good."""

    name: str
    content: bytes
    alt: str = ""

    def incoming(self, by: Any) -> Incoming:
        """The row and the content to store, checked once more."""
        title = PurePosixPath(self.name).stem.replace("_", " ")[:255]
        row = SiteImage(title=title, description=self.alt[:255], uploaded_by_user=by)
        return Incoming(self.name, row, {"file": picture(_upload(self.name, self.content), row)})


@dataclass
class Pictures:
    """{SHA-256: picture} of what the texts of a file show, and why others were refused."""

    held: dict[str, Held] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)

    def take(self, source: str, alt: str | None, files: Mapping[str, str]) -> Picture:
        """The picture that an address of a text names. Raises Refused, with its name and the reason."""
        name, encoded = _found(source, files)
        try:
            content = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            raise _refused(name, [_("its content is not base64.")]) from None
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self.held:
            self._check(digest, name, content, alt or "")
        return Picture(file=digest, alt=alt)

    def _check(self, digest: str, name: str, content: bytes, alt: str) -> None:
        if len(self.held) + len(self.refused) >= MOST:
            raise _refused(name, [_("the file holds more than %(n)d pictures.") % {"n": MOST}])
        if digest not in self.refused:
            try:
                picture(_upload(name, content), SimpleNamespace())
            except ValidationError as error:
                self.refused[digest] = list(error.messages)
            else:
                self.held[digest] = Held(name, content, alt)
        if digest in self.refused:
            raise _refused(name, self.refused[digest])


def _upload(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(BytesIO(content), name, size=len(content))


def _refused(name: str, reasons: Iterable[str]) -> Refused:
    text = _("The picture “%(name)s” is left out: %(why)s")
    return Refused(text % {"name": name[:80], "why": " ".join(str(each) for each in reasons)})


def _found(source: str, files: Mapping[str, str]) -> tuple[str, str]:
    """Name and base64 of the picture at an address."""
    if inline := DATA.match(source.strip()):
        extension = inline[1].lower().replace("jpeg", "jpg")
        return f"image.{extension}", inline[2]
    name = unquote(source.partition("?")[0]).strip()
    key = name.removeprefix(WITHIN).strip("/")
    if not name.startswith(WITHIN) or key not in files:
        raise _refused(name or "img", [_("it is not in the file.")])
    return safe_name(key.rpartition("/")[2]), files[key]


def taken(html: str, files: Mapping[str, str], losses: Losses) -> tuple[str, set[str]]:
    """A text whose pictures are those of the bank, and the names of the files that it shows."""
    used: set[str] = set()

    def one(tag: re.Match[str]) -> str:
        found: Any = BeautifulSoup(tag[0], "html.parser").find("img")
        source = str(found.get("src", "")) if found is not None else ""
        used.add(unquote(source.partition("?")[0]).removeprefix(WITHIN).strip("/"))
        try:
            held = losses.pictures.take(source, _alt(found), files)
        except Refused as error:
            for text in error.messages:
                losses.add(text)
            return ""
        if held.alt is None:
            losses.add(
                _("A picture has no alternative text: it is noted in the bank, to be written.")
            )
        return str(held)

    return (IMG.sub(one, html), used) if "<img" in html.lower() else (html, used)


def _alt(found: Any) -> str | None:
    """None where nobody wrote any; "" where the picture is said to adorn."""
    if found is None:
        return None
    alt = " ".join(str(found.get("alt") or "").split())[:MOST_ALT]
    return alt or ("" if found.get("role") == "presentation" else None)
