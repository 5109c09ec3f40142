from .attendance import Attendance, AttendanceEvent, Countersignature
from .base import AppendOnly
from .catalogue import CataloguePage, TrainingModulePage
from .closing import (
    AttendanceImport,
    AttendanceImportRow,
    Certificate,
    CertificateCounter,
    SessionReport,
    StoredPdf,
    TrainingEvidence,
)
from .registrations import Registration, RegistrationEvent
from .running import RegistrationImport, RegistrationImportRow, SessionMessage
from .sessions import HalfDay, Session, SessionDate

__all__ = [
    "AppendOnly",
    "Attendance",
    "AttendanceEvent",
    "AttendanceImport",
    "AttendanceImportRow",
    "CataloguePage",
    "Certificate",
    "CertificateCounter",
    "Countersignature",
    "HalfDay",
    "Registration",
    "RegistrationEvent",
    "RegistrationImport",
    "RegistrationImportRow",
    "Session",
    "SessionDate",
    "SessionMessage",
    "SessionReport",
    "StoredPdf",
    "TrainingEvidence",
    "TrainingModulePage",
]
