from .catalogue import CataloguePage, TrainingModulePage
from .registrations import AppendOnly, Registration, RegistrationEvent
from .sessions import HalfDay, Session, SessionDate

__all__ = [
    "AppendOnly",
    "CataloguePage",
    "HalfDay",
    "Registration",
    "RegistrationEvent",
    "Session",
    "SessionDate",
    "TrainingModulePage",
]
