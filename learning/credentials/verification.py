"""Whether a document issued here holds: found by the code or number on it, by its hash, by its badge."""

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..closing import documents as session_documents
from ..closing.numbers import ALPHABET
from ..models import Certificate, PathCertificate, StoredPdf
from ..models.sessions import PARIS
from . import baking, documents, keys
from .services import CODE_GROUP, CODE_GROUPS

CODE = re.compile(rf"[{ALPHABET}]{{{CODE_GROUP * CODE_GROUPS}}}")
NUMBER = re.compile(r"\d{4}-(AP|CR)-\d{6}-[0-9A-Z]{5}")
PATH_NUMBER = re.compile(r"\d{4}-AR-\d{6}-[0-9A-Z]{5}")
VALID, REVOKED, REPLACED, EXPIRED = "valid", "revoked", "replaced", "expired"


@dataclass
class Verdict:
    """What the page says of one document.

    since: from when it is no longer valid. names: whether this page says whose it is; name is then
    empty once the account was erased. facts: [(label, text)].
    """

    row: StoredPdf
    address: str
    kind: str
    number: str
    state: str
    since: dt.date | None
    names: bool
    name: str
    fictitious: bool
    facts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        return self.state == VALID


def normal(typed: str) -> str:
    """A code or a number as it is kept: "k7qx m3pd 9rta hj4w" gives "K7QX-M3PD-9RTA-HJ4W"."""
    text = re.sub(r"[\s‐‑‒–—-]+", "-", typed.strip().upper())
    bare = text.replace("-", "")
    if CODE.fullmatch(bare):
        return "-".join(re.findall(f".{{{CODE_GROUP}}}", bare))
    return text


def is_number_of_path(typed: str) -> bool:
    """A number where the code is asked: the page says which of the two it wants."""
    return bool(PATH_NUMBER.fullmatch(normal(typed)))


def find(typed: str) -> Verdict | None:
    text = normal(typed)
    if CODE.fullmatch(text.replace("-", "")):
        return _first(_path_certificates().filter(code=text))
    if NUMBER.fullmatch(text):
        return _first(_session_certificates().filter(number=text))
    return None


def find_file(content: bytes) -> Verdict | None:
    """The document of which this is the very file, or the attestation of which this is the badge."""
    if token := baking.carried(content):
        return _find_badge(token)
    digest = hashlib.sha256(content).hexdigest()
    return _first(_path_certificates().filter(sha256=digest)) or _first(
        _session_certificates().filter(sha256=digest)
    )


def _find_badge(token: str) -> Verdict | None:
    claims = keys.read(token)
    try:
        identifier = uuid.UUID(str((claims or {}).get("jti", "")))
    except ValueError:
        return None
    return _first(_path_certificates().filter(uuid=identifier))


def _path_certificates() -> Any:
    return PathCertificate.objects.select_related("revocation", "replaced_by")


def _session_certificates() -> Any:
    return Certificate.objects.select_related("replaced_by")


def _first(rows: Any) -> Verdict | None:
    row = rows.first()
    if row is None:
        return None
    return _of_path(row) if isinstance(row, PathCertificate) else _of_session(row)


def _of_path(row: PathCertificate) -> Verdict:
    says = documents.read(row.facts)
    facts = [
        (_("Issued by"), says["issuer"]),
        (_("Issued on"), day(_paris(row.issued_at))),
        (_("Online path"), says["path"]),
        (_("Completed on"), day(says["completed_on"])),
    ]
    if row.valid_until is not None:
        facts.append((_("Valid until"), day(row.valid_until)))
    return Verdict(
        row,
        row.get_check_url(),
        _("Attestation of a completed path"),
        row.number,
        *_state_of_path(row),
        names=True,
        name=says["name"] if "@" not in says["name"] else "",
        fictitious=says["fictitious"],
        facts=facts,
    )


def _state_of_path(row: PathCertificate) -> tuple[str, dt.date | None]:
    if row.revoked is not None:
        state = REPLACED if hasattr(row, "replaced_by") else REVOKED
        return state, _paris(row.revoked.at)
    return (EXPIRED, row.valid_until) if row.has_run_out else (VALID, None)


def _of_session(row: Certificate) -> Verdict:
    says = session_documents.read(row.facts)
    state: str = VALID
    if row.revoked_at is not None:
        state = REPLACED if hasattr(row, "replaced_by") else REVOKED
    return Verdict(
        row,
        session_documents.checking_path(row),
        row.get_kind_display(),
        row.number,
        state,
        _paris(row.revoked_at) if row.revoked_at else None,
        names=False,
        name="",
        fictitious=says["fictitious"],
        facts=[
            (_("Issued by"), says["issuer"]),
            (_("Issued on"), day(_paris(row.issued_at))),
            (_("Training"), says["module"]),
            (_("Dates"), says["when"]),
        ],
    )


def _paris(when: dt.datetime) -> dt.date:
    return when.astimezone(PARIS).date()
