"""The one door of uploaded files: decides at each request, then sends, or has it sent.

A person reads a file when a page that they may see uses it, when they uploaded it, or when they
may use it in the admin. To anybody else it does not exist.
"""

import mimetypes
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from . import registry
from .media_use import BY_KIND, pages_using
from .storages import private_storage
from .visibility import closed_paths

# Shown in the page or the browser; everything else is downloaded.
INLINE = ("image/", "video/", "audio/", "application/pdf", "text/vtt")
# A browser keeps what never changes. Shared caches ask again soon: a page may be withdrawn.
PUBLIC = "public, max-age=2592000, s-maxage=600, immutable"
PRIVATE = "private, no-store"
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 256 * 1024

mimetypes.add_type("text/vtt", ".vtt")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


class Access(Enum):
    NONE = "none"
    PERSONAL = "personal"
    PUBLIC = "public"


@require_safe
def serve(
    request: HttpRequest, kind: str, file_uuid: UUID, version: str, name: str
) -> HttpResponseBase:
    """Send a file to whoever may read it. Anybody else gets the answer of a file that is not there."""
    model = BY_KIND.get(kind) or registry.stored_files.get(kind)
    file = model.objects.filter(uuid=file_uuid).first() if model else None
    path = f"{kind}/{file_uuid}/{version}/{name}"
    access = access_to(file, path, request) if file else Access.NONE
    if access is Access.NONE:
        raise Http404
    response = _send(request, path)
    response["Cache-Control"] = PUBLIC if access is Access.PUBLIC else PRIVATE
    if access is not Access.PUBLIC:
        response["X-Robots-Tag"] = "noindex"
    return response


def access_to(file: Any, path: str, request: HttpRequest) -> Access:
    """What this request may do with one of the stored files of an object."""
    if file.kind not in BY_KIND:
        return _access_to_given(file, path, request)
    if path in file.editor_names():
        return Access.PERSONAL if is_editor(request.user, file) else Access.NONE
    if path not in file.stored_names():
        return Access.NONE
    pages = pages_using(file)
    closed = tuple(closed_paths(None)) if pages else ()
    kept = {page.pk: admit for page in pages if (admit := _admit_of(page))}
    if any(page.pk not in kept and not page.path.startswith(closed) for page in pages):
        return Access.PUBLIC
    opened = (page for page in pages if kept.get(page.pk, _anybody)(request.user))
    if any(_opens(page, request) for page in opened) or is_editor(request.user, file):
        return Access.PERSONAL
    return Access.PERSONAL if _reads(request.user, file) else Access.NONE


def _access_to_given(file: Any, path: str, request: HttpRequest) -> Access:
    """A file of another app (`cms.registry.stored_files`): neither pages nor editors open it."""
    if path in file.stored_names() and _reads(request.user, file):
        return Access.PERSONAL
    return Access.NONE


def _reads(user: Any, file: Any) -> bool:
    return user.is_authenticated and any(reads(user, file) for reads in registry.file_readers)


def _admit_of(page: Any) -> Any:
    """The predicate of a page that keeps its files for some people (`BasePage.files_admit`)."""
    return getattr(page.specific_class, "files_admit", None)


def _anybody(user: Any) -> bool:
    return True


def _opens(page: Any, request: HttpRequest) -> bool:
    """Whether every restriction on the way to a page lets this request through, passwords included."""
    return all(found.accept_request(request) for found in page.get_view_restrictions())


def is_editor(user: Any, file: Any) -> bool:
    """Whoever uploaded the file, or may choose or change it in the admin."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or file.uploaded_by_user_id == user.pk:
        return True
    policy = policy_registry.get_by_type(type(file))
    return user.has_perm("wagtailadmin.access_admin") and (
        policy.user_has_any_permission_for_instance(user, ["choose", "add", "change"], file)
    )


# -- Sending ------------------------------------------------------------------------------------


def send_private(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a stored file whose reader was checked by the caller; no cache keeps it."""
    response = _send(request, path)
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response


def _send(request: HttpRequest, path: str) -> HttpResponseBase:
    """By this process, by nginx (X-Accel-Redirect) or by the bucket, as FILES_SENT_BY says."""
    content_type, disposition = _presentation(path)
    storage = private_storage()
    if settings.FILES_SENT_BY == "bucket":
        url = storage.presigned(  # type: ignore[attr-defined]
            path, ResponseContentType=content_type, ResponseContentDisposition=disposition
        )
        return HttpResponseRedirect(url)
    if settings.FILES_SENT_BY == "nginx":
        response: HttpResponseBase = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = settings.FILES_NGINX_PREFIX + quote(path)
    else:
        try:
            size = storage.size(path)
            response = _content(request, path, size, content_type)
        except (FileNotFoundError, ValueError):
            raise Http404 from None
        response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = disposition
    return response


def _presentation(path: str) -> tuple[str, str]:
    name = PurePosixPath(path).name
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    inline = content_type.startswith(INLINE)
    return content_type, content_disposition_header(not inline, name) or "inline"


def _content(request: HttpRequest, path: str, size: int, content_type: str) -> HttpResponseBase:
    etag = f'"{PurePosixPath(path).parent.name}-{size:x}"'
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag})
    part = _asked_part(request, size, etag)
    if part == "unsatisfiable":
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if not isinstance(part, tuple):
        response: HttpResponseBase = FileResponse(
            private_storage().open(path), content_type=content_type
        )
        response["Content-Length"] = str(size)
    else:
        start, end = part
        response = StreamingHttpResponse(
            _slice(private_storage().open(path), start, end), status=206, content_type=content_type
        )
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = str(end - start + 1)
    response["ETag"] = etag
    return response


def _asked_part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | str | None:
    """(first, last byte) of a single range (RFC 9110, section 14), "unsatisfiable", or None for all."""
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or match[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match[1], match[2]
    if not first:
        start, end = max(0, size - int(last)), size - 1
        return (start, end) if int(last) and size else "unsatisfiable"
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    return (start, end) if start < size else "unsatisfiable"


def _slice(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
