"""What the addresses of closing answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only


@registry.url_cases.provide("learning.closing")
def cases() -> Iterator[Case]:
    from ..factories import SessionFactory
    from ..models import AttendanceImport, SessionReport
    from .factories import CertificateFactory

    session: Any = SessionFactory()
    certificate: Any = CertificateFactory()
    SessionReport.objects.create(session=session)
    source = AttendanceImport.objects.create(filename="anciens.csv")
    steering = ("national-team", "administrator")
    answering = ("manager", "host-manager", "prefecture-referent", *steering)
    run = f"/espace-pro/seances/{session.uuid}"
    yield Case(f"{run}/cloture/", only(*steering, others=404))
    yield Case(f"{run}/cloture/reprendre/", only(*steering, answer=302, others=404), method="post")
    yield Case(f"{run}/bilan/", only(*steering, answer=302, others=404))
    yield Case(certificate.get_absolute_url(), only(*steering, answer=302, others=404))
    yield Case(
        f"/espace-pro/inscriptions/{certificate.registration.uuid}/attestations/corriger/",
        only(*steering, answer=302, others=404),
        method="post",
    )
    yield Case("/espace-pro/agents-formes/", only(*answering, others=403))
    yield Case("/espace-pro/agents-formes/?annee=zz&page=abc", only(*answering, others=403))
    yield Case("/espace-pro/formations/importer/", only(*steering, others=403))
    yield Case(source.get_absolute_url(), only(*steering, others=403))
