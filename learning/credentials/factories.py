"""Completed paths and their attestations, for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from ..models import Enrolment, LearningPath, PathCertificate
from ..paths.factories import make_enrolment, make_path
from ..paths.kinds import EnrolmentState
from .services import issue


def completed(user: Any = None, path: LearningPath | None = None, **fields: Any) -> Enrolment:
    """An enrolment completed an hour ago, without what a completion sets off."""
    row = make_enrolment(path or make_path(), user, **fields)
    row.state, row.done = EnrolmentState.COMPLETED, row.due
    row.completed_at = timezone.now() - dt.timedelta(hours=1)
    row.save()
    return row


def make_certificate(
    user: Any = None, path: LearningPath | None = None, **fields: Any
) -> PathCertificate:
    """The attestation of a path that somebody completed; its file is still to be made."""
    made = issue(completed(user, path, **fields))
    assert made is not None  # noqa: S101
    return made
