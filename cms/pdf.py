"""PDF files of the project: one base, accessible (PDF/UA-1), made without any network.

A document is a template that extends `pdf/base.html`:

    content = pdf.make("toolbox/pdf/poster.html", {"title": _("Opening hours"), …})
    return pdf.respond(content, "horaires.pdf")

See `docs/pdf.md`.
"""

import logging
import mimetypes
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from PIL import ImageFile

from .files import Access, access_to
from .media_use import BY_KIND
from .meta import absolute
from .storages import private_storage

logger = logging.getLogger("cms.pdf")

VARIANT = "pdf/ua-1"
FONT = "vendor/atkinson-hyperlegible-next/atkinson-hyperlegible-next-latin-400-normal.woff2"


class PdfUnavailable(RuntimeError):
    """This machine cannot make PDF files: a system library is missing. All the rest works."""


class MadeInTransaction(RuntimeError):
    """A PDF takes seconds: the database must not wait for it."""


class Refused(ValueError):
    """A document asked for something that is neither a static file nor one its reader may see."""


def make(
    template: str, context: dict[str, Any], *, reader: Any = None, language: str | None = None
) -> bytes:
    """The PDF of a template that extends `pdf/base.html`; `context` holds its `title`.

    reader: the person for whom it is made; pictures that they may not see are left out (nobody:
    what anybody may see). language: that of the reader unless told. Raises PdfUnavailable, and
    MadeInTransaction when called inside one.
    """
    _refuse_transactions()
    weasyprint = _weasyprint()
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        html = render_to_string(
            template,
            {"made_at": timezone.now(), "site_name": settings.SITE_NAME, **context},
        )
    document = weasyprint.HTML(
        string=html, base_url=absolute("/"), url_fetcher=_fetcher(weasyprint, Files(reader))
    )
    content: bytes = document.write_pdf(pdf_variant=VARIANT)
    return content


def respond(content: bytes, filename: str, *, download: bool = True) -> HttpResponse:
    """Send a PDF that was made for one person: nothing keeps it on the way."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, filename) or "inline"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page shown in the place of a PDF that this machine cannot make (PdfUnavailable)."""
    return render(request, "pdf/unavailable.html", status=503)


def unprintable(text: str) -> str:
    """The characters of a text for which our font has no drawing, each once.

    A document must not hold any: it would show an empty box, and could not be PDF/UA.
    """
    known = _characters()
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and ord(c) not in known))


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with static_file(FONT) as file:
        return frozenset(TTFont(file).getBestCmap())


def _refuse_transactions() -> None:
    """Raise MadeInTransaction inside a transaction (that of a test around it does not count)."""
    blocks = [block for c in connections.all(initialized_only=True) for block in c.atomic_blocks]
    if any(not getattr(block, "_from_testcase", False) for block in blocks):
        raise MadeInTransaction("Make the PDF before the transaction, or after it.")


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:  # how a missing system library is told
        message = "PDF files cannot be made: Pango is missing, run scripts/system-deps to see to it"
        logger.error(message)
        raise PdfUnavailable(message) from error
    # It makes every picture of the process readable though its end is missing; uploads must not be.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


# -- What a document may read ---------------------------------------------------------------------


def static_file(name: str) -> File:
    """A static file, by its plain name or by the name it is served under. Raises Refused, OSError."""
    try:
        found = finders.find(name)
        return File(Path(found).open("rb")) if found else staticfiles_storage.open(name)
    except SuspiciousFileOperation:  # outside of the folder
        raise Refused(f"No such static file: {name[:200]}") from None


class Files:
    """Opens what documents name: static files, and uploaded ones that the reader may see."""

    def __init__(self, reader: Any = None) -> None:
        self.request = HttpRequest()
        self.request.user = reader or AnonymousUser()
        self.request.session = {}  # type: ignore[assignment]

    def open(self, url: str) -> File:
        """Raises Refused for anything else, whatever the address: the network is never asked."""
        static = absolute(settings.STATIC_URL)
        if url.startswith(static):
            return static_file(unquote(urlsplit(url[len(static) :]).path))
        if url.startswith(absolute("/medias/")):
            return self._uploaded(urlsplit(url).path)
        raise Refused(f"A PDF may not read {url[:200]}")

    def _uploaded(self, path: str) -> File:
        try:
            asked = resolve(path).kwargs
        except Resolver404:
            raise Refused(f"No such file: {path[:200]}") from None
        model = BY_KIND.get(asked["kind"])
        file = model.objects.filter(uuid=asked["file_uuid"]).first() if model else None
        name = "{kind}/{file_uuid}/{version}/{name}".format(**asked)
        if file is None or access_to(file, name, self.request) is Access.NONE:
            raise Refused(f"Not for this reader: {path[:200]}")
        return private_storage().open(name)


def _fetcher(weasyprint: Any, files: Files) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        """The only way out of a document: `Files`, without any protocol."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                with files.open(url) as file:
                    content = file.read()
            except (OSError, ValueError) as error:
                logger.warning("left out of a PDF: %s", error)
                raise
            content_type = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            if content.startswith(b"wOF2"):
                content = _unpacked(content)
            return URLFetcherResponse(url, BytesIO(content), {"Content-Type": content_type})

    return Fetcher()


@lru_cache(maxsize=8)
def _unpacked(font: bytes) -> bytes:
    """A font as WeasyPrint wants it. It would unpack ours for each document: a third of its time."""
    from fontTools.ttLib import woff2

    plain = BytesIO()
    woff2.decompress(BytesIO(font), plain)
    return plain.getvalue()
