"""Files of sessions, for tests."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ..models import Session, SessionFile
from . import services

TEXT = b"Lire avant la session."


def session_file(
    session: Session, title: str = "À lire", by: Any = None, content: bytes = TEXT
) -> SessionFile:
    file = SimpleUploadedFile("a-lire.txt", content)
    return services.add(session, file, title, by=by, submission=uuid.uuid4())
