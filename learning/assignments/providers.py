"""What assignments give to the other apps."""

from cms import registry

from ..models import SubmissionFile
from . import cohort, demo, digest, jobs, notifications, panels, personal, rules, unit, url_cases  # noqa: F401

registry.stored_files.register(SubmissionFile.kind, SubmissionFile)
registry.file_readers.register("learning.assignments", rules.may_read)
