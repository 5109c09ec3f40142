"""The validator of documents that the project did not write (DOCUMENT_VALIDATOR)."""

import os
import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest


def assert_pdf_ua(content: bytes | Iterable[bytes], folder: Path) -> None:
    """Fail unless the outside validator finds PDF files to be PDF/UA-1; skip where there is none.

    Several are read in one run, which takes the time of one.

    DOCUMENT_VALIDATOR is the command (`python3 …/validate.py`); `pdf FILE…` is added to it.
    """
    if os.environ.get("TEST_DATABASE") == "postgresql":
        return  # validated in the other pass: a document does not depend on the database
    command = os.environ.get("DOCUMENT_VALIDATOR")
    if not command:
        pytest.skip("SHARED_DIR: DOCUMENT_VALIDATOR names no validator of documents")
    paths = []
    for number, one in enumerate([content] if isinstance(content, bytes) else content):
        path = folder / f"document-{number}.pdf"
        path.write_bytes(one)
        paths.append(str(path))
    done = subprocess.run(
        [*shlex.split(command), "pdf", *paths], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
