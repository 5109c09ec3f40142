"""Attestations as Open Badges 3.0 (1EdTech), on the W3C Verifiable Credentials Data Model 2.0.

The badge names nobody: no name, no address, no hash of one (whoever knows the address finds it from
the hash). Its holder is an identifier drawn for it alone, so that two badges of one person cannot be
joined. Sections are those of the Open Badges Specification 3.0.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from cms.meta import absolute

from ..models import PathCertificate
from ..models.sessions import PARIS
from . import keys, status

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
DESCRIPTION = (
    "Le réseau national des Maisons de services au public forme ses agents en présence et en ligne."
)


def issuer_address() -> str:
    return absolute(reverse("badges:issuer"))


def profile() -> dict[str, Any]:
    """Who issues (Profile, § B.1.20)."""
    return {
        "id": issuer_address(),
        "type": ["Profile"],
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "description": DESCRIPTION,
    }


def achievement(row: PathCertificate) -> dict[str, Any]:
    """What is achieved (Achievement, § B.1.1), as it was when the attestation was issued."""
    says = row.facts
    place = [says["path_uuid"], says["version"]]
    image = {"id": absolute(reverse("badges:image", args=place)), "type": "Image"}
    narrative = (
        f"Avoir terminé toutes les étapes obligatoires du parcours en ligne « {says['path']} »"
        f" (version {says['version']}, {says['units']} étapes)."
    )
    criteria = {"narrative": narrative}
    if says["address"]:
        criteria["id"] = says["address"]
    return {
        "id": absolute(reverse("badges:achievement", args=place)),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": says["path"],
        "description": says["summary"] or narrative,
        "criteria": criteria,
        "image": image,
        "inLanguage": settings.LANGUAGE_CODE,
        "version": str(says["version"]),
    }


def credential(row: PathCertificate) -> dict[str, Any]:
    """The OpenBadgeCredential of an attestation (§ B.1.2), before it is signed."""
    body: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{row.uuid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": row.facts["path"],
        "issuer": profile(),
        "validFrom": moment(row.issued_at),
        "credentialSubject": {
            "id": f"urn:uuid:{row.holder}",
            "type": ["AchievementSubject"],
            "licenseNumber": row.number,
            "achievement": achievement(row),
        },
        "credentialStatus": status.entry(row),
    }
    if row.valid_until is not None:
        body["validUntil"] = moment(end_of(row.valid_until))
    return body


def payload(row: PathCertificate) -> dict[str, Any]:
    """What is signed: the credential itself, with the claims of a JWT (§ 8.2.4.1)."""
    body = credential(row)
    claims = {
        "iss": body["issuer"]["id"],
        "jti": body["id"],
        "nbf": int(row.issued_at.timestamp()),
        "sub": body["credentialSubject"]["id"],
    }
    if row.valid_until is not None:
        claims["exp"] = int(end_of(row.valid_until).timestamp())
    return {**body, **claims}


def signed(row: PathCertificate) -> str:
    """The badge as a compact JWS (§ 8.2); signed once, then always the same."""
    if not row.badge:
        token = keys.sign(payload(row))
        PathCertificate.objects.filter(pk=row.pk, badge="").update(badge=token)
        row.refresh_from_db(fields=["badge"])
    return row.badge


def moment(when: dt.datetime) -> str:
    """DateTimeZ, to the second, as `nbf` says it."""
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day on the clock of Paris."""
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), PARIS)
    return after - dt.timedelta(seconds=1)
