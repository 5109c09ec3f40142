"""What search gives to the other apps."""

from . import url_cases  # noqa: F401
