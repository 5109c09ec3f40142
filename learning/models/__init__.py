from .attendance import Attendance, AttendanceEvent, Countersignature
from .base import AppendOnly
from .catalogue import CataloguePage, TrainingModulePage
from .registrations import Registration, RegistrationEvent
from .sessions import HalfDay, Session, SessionDate

__all__ = [
    "AppendOnly",
    "Attendance",
    "AttendanceEvent",
    "CataloguePage",
    "Countersignature",
    "HalfDay",
    "Registration",
    "RegistrationEvent",
    "Session",
    "SessionDate",
    "TrainingModulePage",
]
