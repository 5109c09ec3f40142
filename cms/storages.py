"""Where uploaded files live. Their addresses are paths of the site, never of the storage.

`STORAGES["private"]` holds every uploaded file and every rendition, whoever may see them:
`cms.files` decides at each request, so nothing moves when a page is published.
"""

from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.urls import reverse
from storages.backends.s3 import S3Storage

# How long a presigned address is good for: long enough to start a download.
PRESIGNED_SECONDS = 300


def private_storage() -> Storage:
    """The storage of uploaded files. A function, so that migrations do not freeze it."""
    return storages["private"]


def site_url(name: str) -> str:
    """The address of a stored file: stable, and the same whatever the storage."""
    folder, file_uuid, version, filename = name.split("/", 3)
    return reverse("cms_file", args=[folder, file_uuid, version, filename])


class PrivateFileStorage(FileSystemStorage):
    """A folder that the web server does not publish."""

    def url(self, name: str | None) -> str:
        return site_url(name or "")


class PrivateS3Storage(S3Storage):
    """A bucket without public access."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return site_url(name)

    def presigned(self, name: str, **parameters: str) -> str:
        """An address of the bucket itself, good for a few minutes."""
        return super().url(name, parameters=parameters, expire=PRESIGNED_SECONDS)
