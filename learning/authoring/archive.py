"""The file of a path: a ZIP with `path.json` and what it shows under `files/`.

Reading it trusts nothing: no entry is ever written under its own name, and what would fill the memory or
the disk is refused before it is unpacked. `docs/paths-authoring.md` describes the format.
"""

import hashlib
import json
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

FORMAT, VERSION = "maisons-path", 1
MAIN = "path.json"
ENTRY = re.compile(r"files/[a-z0-9][a-z0-9_-]{0,99}\.[a-z0-9]{1,5}")
# What JSON can say, and a database, a feed or a PDF cannot hold.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MEGABYTE = 1024 * 1024
MOST_BYTES = 300 * MEGABYTE
MOST_UNPACKED = 600 * MEGABYTE
MOST_ENTRIES = 500
MOST_JSON = 8 * MEGABYTE
# A ZIP of text rarely shrinks it more; bombs do, a thousand times.
MOST_RATIO = 200
CHUNK = 256 * 1024
# What reading an entry raises, by how it was packed.
DAMAGED = (
    *(zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError),
    *(zlib.error, lzma.LZMAError),
)
IN_MEMORY = 4 * MEGABYTE


class Unreadable(ValidationError):
    """The file as a whole cannot be read; the messages say why."""


class Archive:
    """An archive whose table of contents was found harmless. Raises Unreadable."""

    def __init__(self, file: Any) -> None:
        if file.size > MOST_BYTES:
            text = _("This file is too big: the limit is %(limit)s.")
            raise Unreadable(text % {"limit": filesizeformat(MOST_BYTES)})
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
            self._entries = self._checked(self._zip.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(_("This is not a ZIP file, or it is damaged.")) from error

    def _checked(self, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(infos) > MOST_ENTRIES:
            raise Unreadable(_("The file holds more than %(n)d entries.") % {"n": MOST_ENTRIES})
        entries: dict[str, zipfile.ZipInfo] = {}
        faults = []
        for info in infos:
            if fault := _fault(info):
                name = info.filename[:80]
                faults.append(_("Entry “%(name)s”: %(why)s") % {"name": name, "why": fault})
            elif info.filename in entries:
                faults.append(_("Entry “%(name)s” is there twice.") % {"name": info.filename})
            entries[info.filename] = info
        if sum(info.file_size for info in infos) > MOST_UNPACKED:
            text = _("Unpacked, the file would be bigger than %(limit)s.")
            faults.append(text % {"limit": filesizeformat(MOST_UNPACKED)})
        if MAIN not in entries:
            faults.append(
                _("There is no %(name)s: this is not the file of a path.") % {"name": MAIN}
            )
        if faults:
            raise Unreadable(faults[:20])
        return entries

    @property
    def files(self) -> set[str]:
        return set(self._entries) - {MAIN}

    def data(self) -> dict[str, Any]:
        """What `path.json` says. Raises Unreadable with the line."""
        with self.unpacked(MAIN, MOST_JSON) as file:
            raw = file.read()
        try:
            data = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            raise Unreadable(_("%(name)s is not in UTF-8.") % {"name": MAIN}) from error
        except json.JSONDecodeError as error:
            text = _("%(name)s, line %(line)d, column %(column)d: this is not JSON.")
            where = {"name": MAIN, "line": error.lineno, "column": error.colno}
            raise Unreadable(text % where) from error
        except (RecursionError, ValueError) as error:
            raise Unreadable(_("%(name)s cannot be read.") % {"name": MAIN}) from error
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise Unreadable(_("%(name)s does not describe a path.") % {"name": MAIN})
        if any(FORBIDDEN.search(text) for text in _texts(data)):
            text = _("%(name)s holds signs that no text may hold (control signs, or half a sign).")
            raise Unreadable(text % {"name": MAIN})
        if data.get("version") != VERSION:
            text = _("The file is of version %(version)s; this site reads version %(known)d.")
            said = {"version": str(data.get("version"))[:20], "known": VERSION}
            raise Unreadable(text % said)
        return data

    def unpacked(self, name: str, limit: int) -> UploadedFile:
        """A copy of an entry, under no name of its own. Raises Unreadable."""
        target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by its reader)
        size = 0
        try:
            with self._zip.open(self._entries[name]) as source:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    if size > limit:
                        text = _("“%(name)s” is too big: the limit is %(limit)s.")
                        raise Unreadable(text % {"name": name, "limit": filesizeformat(limit)})
                    target.write(chunk)
        except DAMAGED as error:
            raise Unreadable(_("“%(name)s” is damaged.") % {"name": name}) from error
        target.seek(0)
        return UploadedFile(target, name.rpartition("/")[2], size=size)


def _fault(info: zipfile.ZipInfo) -> str:
    if info.filename != MAIN and not ENTRY.fullmatch(info.filename):
        return _("such a name is not accepted.")
    if info.flag_bits & 0x1:
        return _("it is encrypted.")
    if info.file_size > MEGABYTE and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return _("it would unpack to too much.")
    return ""


def _texts(data: Any) -> Iterator[str]:
    """Every text of what was read, names included."""
    waiting = [data]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def digest(file: Any) -> str:
    """The SHA-256 of a file, which is left at its beginning."""
    file.seek(0)
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
