"""The validator of documents that the project did not write (DOCUMENT_VALIDATOR)."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest


def assert_pdf_ua(content: bytes, folder: Path, name: str = "document.pdf") -> None:
    """Fail unless the outside validator finds a PDF to be PDF/UA-1; skip where there is none.

    DOCUMENT_VALIDATOR is the command (`python3 …/validate.py`); `pdf FILE…` is added to it.
    """
    command = os.environ.get("DOCUMENT_VALIDATOR")
    if not command:
        pytest.skip("SHARED_DIR: DOCUMENT_VALIDATOR names no validator of documents")
    path = folder / name
    path.write_bytes(content)
    done = subprocess.run(
        [*shlex.split(command), "pdf", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
