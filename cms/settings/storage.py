"""Three storages of files: local folders, or buckets of an S3 service when S3_BUCKET is set.

private    every uploaded file; `cms.files` decides who reads it
default    what Wagtail holds for a moment while a file is uploaded; published by nobody
packages   learning packages, served on CONTENT_ORIGIN alone
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

env = environ.Env()

S3_BUCKET = env("S3_BUCKET", default="")
S3_PACKAGES_BUCKET = env("S3_PACKAGES_BUCKET", default=S3_BUCKET)
S3_ENDPOINT_URL = env("S3_ENDPOINT_URL", default="")
S3_REGION = env("S3_REGION", default="")
S3_ADDRESSING = env("S3_ADDRESSING", default="path")
S3_ACCESS_KEY_ID = env("S3_ACCESS_KEY_ID", default="")
S3_SECRET_ACCESS_KEY = env("S3_SECRET_ACCESS_KEY", default="")


def storages(var_dir: Path) -> dict[str, dict[str, Any]]:
    return _buckets() if S3_BUCKET else _folders(var_dir)


def _folders(var_dir: Path) -> dict[str, dict[str, Any]]:
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "private": {
            "BACKEND": "cms.storages.PrivateFileStorage",
            "OPTIONS": {"location": var_dir / "private"},
        },
        "packages": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": var_dir / "packages"},
        },
    }


def _buckets() -> dict[str, dict[str, Any]]:
    plain, private = "storages.backends.s3.S3Storage", "cms.storages.PrivateS3Storage"
    return {
        "default": _bucket(plain, S3_BUCKET, "uploads"),
        "private": _bucket(private, S3_BUCKET, "private"),
        "packages": _bucket(plain, S3_PACKAGES_BUCKET, "packages"),
    }


def _bucket(backend: str, bucket: str, location: str) -> dict[str, Any]:
    options = {
        "bucket_name": bucket,
        "location": location,
        "endpoint_url": S3_ENDPOINT_URL or None,
        "region_name": S3_REGION or None,
        # Without keys the machine's own role is used.
        "access_key": S3_ACCESS_KEY_ID or None,
        "secret_key": S3_SECRET_ACCESS_KEY or None,
        "addressing_style": S3_ADDRESSING,
        "signature_version": "s3v4",
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
    }
    return {"BACKEND": backend, "OPTIONS": options}


def files_origins(sent_by: str) -> list[str]:
    """Origins from which browsers load uploaded files: none but the site, unless the bucket sends."""
    if sent_by != "bucket" or not S3_BUCKET:
        return []
    endpoint = S3_ENDPOINT_URL or f"https://s3.{S3_REGION}.amazonaws.com"
    parts = urlsplit(endpoint)
    host = parts.netloc if S3_ADDRESSING == "path" else f"{S3_BUCKET}.{parts.netloc}"
    return [f"{parts.scheme}://{host}"]
