"""Until when an attestation holds: the renewal of its path says it, when there is one."""

import datetime as dt

from ..models import Enrolment


def of(enrolment: Enrolment) -> dt.date | None:
    return None
