"""Several files as one ZIP archive, written while it is sent: memory stays small whatever its size."""

import datetime as dt
import logging
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from cms.meta import absolute
from cms.models.files import safe_name
from cms.storages import private_storage
from cms.templatetags.theme_tags import day

if TYPE_CHECKING:
    from .models import ToolboxArticlePage
    from .queries import ShownFile

    Files = Iterable[tuple[ToolboxArticlePage, ShownFile]]

logger = logging.getLogger("toolbox")

CHUNK = 256 * 1024
# Compressed already.
STORED = {"pdf", "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"}


class _Sink:
    """A file that cannot go back, from which what was written is taken away."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.position = 0

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.position += len(data)
        return len(data)

    def tell(self) -> int:
        return self.position

    def flush(self) -> None:
        pass

    def seekable(self) -> bool:
        return False

    def take(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


@dataclass(frozen=True)
class Entry:
    """A file of the archive: its path there, where it is stored, and what the text says of it."""

    path: str
    stored: str
    size: int
    dated: dt.date
    about: list[str]


def respond(files: "Files", name: str, request: HttpRequest) -> StreamingHttpResponse:
    """The newest version of each file, and a text that says what they are.

    Who asks has been allowed to see the articles; nothing else is looked for.
    """
    response = StreamingHttpResponse(
        stream(entries(files, request), str(_("read-me.txt")), str(_("What this archive holds"))),
        content_type="application/zip",
    )
    filename = safe_name(f"{name}-{timezone.localdate():%Y-%m-%d}.zip")
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def entries(files: "Files", request: HttpRequest) -> list[Entry]:
    """What the archive will hold, decided before the first byte leaves."""
    files = list(files)
    several = len({article.pk for article, _file in files}) > 1
    used: set[str] = set()
    found = []
    for article, file in files:
        document = file.newest.document
        path = _free_name(article, file, used, several)
        about = [
            f"{path}: {file.title}",
            _("Article: %(title)s, %(url)s")
            % {"title": article.title, "url": absolute(article.get_url(request) or "/")},
            _("Version of %(date)s") % {"date": day(file.newest.dated)},
            "",
        ]
        found.append(
            Entry(path, document.file.name, document.file_size or 0, file.newest.dated, about)
        )
    return found


def stream(found: list[Entry], text_name: str, title: str) -> Iterator[bytes]:
    """The archive, chunk by chunk. A file that is gone from the storage is left out of it."""
    sink = _Sink()
    lines = [title, ""]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for entry in found:
            try:
                source = private_storage().open(entry.stored)
            except OSError:
                logger.error("missing from an archive: %s", entry.stored)
                continue
            with source:
                yield from _written(archive, sink, entry, source)
            lines += entry.about
        archive.writestr(text_name, "\r\n".join(lines).encode("utf-8-sig"))
    yield sink.take()


def _written(archive: zipfile.ZipFile, sink: _Sink, entry: Entry, source: Any) -> Iterator[bytes]:
    info = zipfile.ZipInfo(
        entry.path, (entry.dated.year, entry.dated.month, entry.dated.day, 0, 0, 0)
    )
    stored = entry.path.rpartition(".")[2] in STORED
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.file_size = entry.size
    info.external_attr = 0o644 << 16
    with archive.open(info, "w") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
            if data := sink.take():
                yield data


def _free_name(
    article: "ToolboxArticlePage", file: "ShownFile", used: set[str], several: bool
) -> str:
    """A name that every system takes, once in the archive, in the folder of its article."""
    title = file.title.replace(".", " ").replace("/", " ")
    name = safe_name(f"{title}.{file.newest.document.file_extension}")
    folder = f"{safe_name(article.slug)}/" if several else ""
    stem, dot, end = name.rpartition(".")
    path, number = f"{folder}{name}", 1
    while path in used:
        number += 1
        path = f"{folder}{stem}-{number}{dot}{end}"
    used.add(path)
    return path
